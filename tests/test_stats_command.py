"""``sijeong stats``: the sums against the journal at the command line."""

from click.testing import CliRunner

from sijeong.cases.models import Tally, TallyDelta
from sijeong.cases.tests.filed import applied, bring, case
from sijeong.org.tests.people import city
from sijeong.site import cli

__all__ = ["applied", "case", "city"]


def told(*words):
    return CliRunner().invoke(cli.main, ["stats", *words])


def test_sums_that_are_right_end_with_nought(applied, case):
    bring(applied, case, "delivered")
    result = told("verify")
    assert (result.exit_code, result.stdout) == (0, "합계, 일지, 사안이 모두 같습니다.\n")


def test_a_lost_change_is_named_by_its_place_and_mended(applied, case):
    bring(applied, case, "delivered")
    TallyDelta.objects.last().delete()
    result = told("verify", "--government", "seoul")
    assert result.exit_code == 1
    assert "총무과 data_request 기한 안: 요약 0, 일지 1, 사안 1" in result.stdout
    assert "sijeong stats rebuild" in result.stderr
    assert "사안 1건" in told("rebuild").stdout
    assert told("verify").exit_code == 0
    assert not TallyDelta.objects.exists()
    assert Tally.objects.filter(unit=Tally.ALL_UNITS).count() == 4


def test_a_government_that_is_not_there(applied):
    assert told("verify", "--government", "busan").exit_code == 2
