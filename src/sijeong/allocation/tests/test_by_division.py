"""Where the definition lets the division decide the class, nobody names their own."""

import pytest

from sijeong.allocation import actions
from sijeong.allocation.forms import ApplicationForm
from sijeong.allocation.solving.definition import BadDefinition, parse
from sijeong.allocation.tables import from_applications, from_units
from sijeong.cases.tests.filed import applied, ask, bring

__all__ = ["applied"]
pytestmark = pytest.mark.django_db

STAY = {"구분": "개인", "객실": "18평", "첫밤": "2022-07-05", "박": "2", "다녀온횟수": "0", "등급": "방역"}


@pytest.fixture
def scheme(made):
    text = made.scheme("jeju_retreat").text
    text = text.replace("[감염병관리과, 보건의료정책과]", "[문화정책과]").replace("격무: 10", "격무: 2")
    return actions.adopt(government=made.city.seoul, text=text, by=None)


def test_the_application_does_not_ask_for_the_class(scheme):
    assert "등급" not in ApplicationForm(scheme).fields
    assert "객실" in ApplicationForm(scheme).fields


def test_named_divisions_go_first_then_those_with_most_open_cases(made, scheme, applied):
    for who in ("officer", "other_officer", "personnel_officer"):
        actions.file_application(scheme=scheme, values=STAY, by=made.viewer(who))
    for _ in range(2):
        bring(applied, ask(applied), "assigned")
    found = actions.found(
        scheme=scheme, unit=made.city.units["general_affairs"], title="제주", by=made.viewer("officer"),
        valid_from=scheme.definition.the_nights.first, valid_to=scheme.definition.the_nights.last,
    )  # fmt: skip
    rows = from_applications(found)
    assert [row[rows[0].index("등급")] for row in rows[1:]] == ["격무", "방역", "일반"]
    units = from_units(found, "applicants")
    told = {row[0]: row[units[0].index("등급")] for row in units[1:]}
    named = {key: unit.code for key, unit in made.city.units.items()}
    assert told[named["culture_policy"]] == "방역" and told[named["general_affairs"]] == "격무"
    assert told[named["personnel"]] == "일반"


def test_a_class_that_there_is_not_is_told(scheme):
    with pytest.raises(BadDefinition, match="by_division: unknown class 위험"):
        parse(scheme.text.replace("격무: 2", "위험: 2"), "jeju_retreat.yaml")
