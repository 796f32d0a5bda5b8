"""The guide for those who write case types names what a case type may say."""

import pytest

from sijeong.catalog import CaseType
from sijeong.catalog.tests.small_city import SEOUL
from sijeong.catalog.vocabulary import Act, Asker, BasisKind, Clock, FieldType, Need, Rule, SetBy, Unit, Who

GUIDE = (SEOUL.parents[1] / "docs" / "case-types-guide.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [Act, Asker, BasisKind, Clock, FieldType, Need, Rule, SetBy, Unit, Who])
def test_the_guide_names_every_word(words):
    assert [word for word in words if f"`{word}`" not in GUIDE] == []


def test_the_guide_names_every_act_as_the_screen_does():
    assert [act for act in Act if f"`{act}` {act.label}" not in GUIDE] == []


def test_the_guide_names_every_key():
    keys = [field.alias or name for name, field in CaseType.model_fields.items()]
    assert [key for key in keys if f"`{key}`" not in GUIDE] == []
