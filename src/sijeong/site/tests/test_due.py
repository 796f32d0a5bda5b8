"""`sijeong due` as it is typed."""

import json
import re
import shlex

import pytest
from click.testing import CliRunner

from sijeong.legaltime import Term
from sijeong.site.cli_due import due

# The version of the calendar moves with every day the city proclaims; the example need not.
VERSION = re.compile(r"kr-[0-9a-f]{12}")
CONSOLE = re.compile(r"```console\n\$ sijeong due (.+)\n((?:.*\n)+?)```")


@pytest.fixture
def run(pytestconfig, monkeypatch):
    monkeypatch.chdir(pytestconfig.rootpath)
    return lambda line: CliRunner().invoke(due, shlex.split(line))


def test_the_reference_shows_what_is_printed(run, pytestconfig):
    page = (pytestconfig.rootpath / "docs" / "reference" / "legaltime.md").read_text(encoding="utf-8")
    examples = CONSOLE.findall(page)
    assert len(examples) == 2
    for line, output in examples:
        assert VERSION.sub("kr-", run(line).output) == VERSION.sub("kr-", output)


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("2024-09-12 --days 10", "2024.9.23.(월)"),
        ("2024-09-12 --days 10 --extend 10", "2024.10.4.(금)"),
        ("2024-09-12 --days 10 --rule petition", "2024.9.30.(월)"),
        ("2024-09-12 --at 14:30 --days 3 --rule petition", "2024.9.20.(금) 14:30"),
        ("2024-09-02 --at 00:00 --days 10", "2024.9.11.(수)"),
        ("2024-09-12 --weeks 2", "2024.9.26.(목)"),
        ("2023-01-30 --months 1", "2023.2.28.(화)"),
        ("2024-02-28 --years 1", "2025.2.28.(금)"),
        ("2024-09-13 --at 00:00 --hours 24", "2024.9.13.(금) 24:00"),
        ("2024-09-12 --days 3 --rule burden", "2024.9.14.(토)"),
        ("2024-09-12 --days 3 --rule burden --against", "2024.9.19.(목)"),
        ("2027-12-13 --days 21", "2028.1.3.(월) 잠정"),
    ],
)
def test_the_last_day_of(run, line, end):
    result = run(line)
    assert result.exit_code == 0
    assert f"\n말일  {end}\n" in result.output


def test_json_is_a_term(run):
    result = run("2024-09-12 --days 10 --rule disclosure --json")
    assert str(Term.from_json(json.loads(result.output)).last_day) == "2024-09-30"


def test_the_holidays_are_those_of_the_city_at_hand_or_asked_for_or_of_korea(run, tmp_path, monkeypatch):
    def steps(line):
        return run(line).output

    assert "임시공휴일(국군의 날) 10.1. 제외" in steps("2024-09-30 --days 2 --rule disclosure")
    (tmp_path / "holidays.yaml").write_text(
        "days:\n- add: 2024-10-01\n  name: 구민의 날\n  basis: 조례\n", "utf-8"
    )
    assert "구민의 날 10.1. 제외" in steps(f"2024-09-30 --days 2 --rule disclosure --city {tmp_path}")
    monkeypatch.chdir(tmp_path)
    assert "국군의 날 10.1. 제외" in steps("2024-09-30 --days 2 --rule disclosure")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2024-09-12 --days 10 --rule roman", "규칙 'roman': civil, petition, disclosure, burden 가운데"),
        ("2024-09-12 --days -3", "기간 -3: 1부터 99999까지"),
        ("2024-09-12 --days 0", "기간 0: 1부터"),
        ("2024-09-12 --days ten", "기간 'ten': 자연수"),
        ("2024-09-12 --days 10 --extend -1", "기간 -1: 1부터"),
        ("2024-02-30 --days 10", "날짜 '2024-02-30': 달력에 있는 날짜를"),
        ("어제 --days 10", "날짜 '어제': 달력에"),
        ("2024-09-12 --at 25:00 --days 10", "시각 '25:00': 00:00부터 23:59까지"),
        ("2024-09-12 --at noon --days 10", "시각 'noon': 00:00부터"),
        ("2024-09-12", "기간 없음: --hours, --days, --weeks, --months, --years 가운데 하나"),
        ("2024-09-12 --days 1 --weeks 2", "기간 --days 1 --weeks 2: --hours"),
        ("2024-09-12 --days 3 --rule petition", "접수한 시각까지"),
        ("2024-09-12 --days 3 --against", "against"),
        ("1999-09-12 --days 3", "1999-09-12: 달력은 2008-01-01부터"),
        ("2024-09-12 --days 3 --city 부산", "부산: 도시 폴더가 없습니다"),
    ],
)
def test_what_cannot_be_counted_is_told_in_one_line(run, line, said):
    result = run(line)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("오류: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
