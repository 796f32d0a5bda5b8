"""What doctor finds in what citizens see."""

from sijeong.cases.tests.filed import bring
from sijeong.portal.checks import faults
from sijeong.portal.models import PublicCase

from .told import published


def test_a_sound_publication_has_no_fault(applied, delivered):
    published(applied, delivered)
    assert list(faults()) == []


def test_another_text_than_the_journal_names_is_told(applied, delivered):
    published(applied, delivered)
    PublicCase.objects.update(digest="0" * 64)
    assert list(faults()) == [f"{delivered.number}: 시민이 보는 글이 일지에 적힌 판과 다릅니다"]


def test_a_publication_with_nothing_to_see_is_told(applied, case):
    bring(applied, case, "published")
    assert list(faults()) == [f"{case.number}: 공개했다고 하나 시민이 볼 글이 없습니다"]
