"""The commands: check, ask, list, population, simulate."""

import shutil

import pytest
from click.testing import CliRunner

from sijeong.benefits.rules import rulebook
from sijeong.benefits.rules.tests.conftest import SEOUL, cache
from sijeong.site.cli_benefits import benefits, simulate

__all__ = ["cache"]

CITY = ["--city", str(SEOUL.parent)]


def run(command, *arguments, given=None):
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    file = tmp_path_factory.mktemp("cli") / "people.parquet"
    told = run(benefits, "population", *CITY, "--people", 20_000, file)
    assert told.output == f"{file}: 20,000명\n"
    return file


def test_check_says_that_all_is_well():
    told = run(benefits, "check", *CITY)
    assert (told.exit_code, told.output) == (0, "지원 15개: 문제가 없습니다\n")


def test_check_fails_with_file_and_line(tmp_path):
    folder = tmp_path / "benefits"
    folder.mkdir()
    (folder / "inputs.yaml").write_text("inputs:\n  age: {type: int}\n", encoding="utf-8")
    told = run(benefits, "check", "--city", tmp_path)
    assert told.exit_code == 1 and told.output.startswith(
        f"{folder}/inputs.yaml:2: 'question'이(가) 없습니다"
    )


def test_ask_leads_to_an_answer_and_asks_again_for_a_bad_one():
    told = run(
        benefits, "ask", *CITY, "--on", "2024-06-03", "officer_medical", given="예\n아마\n예\n1,300,000\n"
    )
    assert told.exit_code == 0, told.output
    assert "다시 적어 주세요" in told.output
    assert "악성 민원 피해 공무원 의료비 지원\n  받을 수 있습니다: 1,000,000원" in told.output
    assert "결정이 아닙니다" in told.output


def test_ask_says_what_would_change_a_no():
    told = run(benefits, "ask", *CITY, "--on", "2024-06-03", "tubal_reversal", given="아니오\n")
    assert "받을 수 없습니다: 복원 시술" in told.output and "이렇게 바뀌면" in told.output


def test_list_names_all_fifteen():
    assert len(run(benefits, "list", *CITY).output.splitlines()) == 15


def test_simulate_shows_costs_and_plans(people, tmp_path):
    xlsx = tmp_path / "year.xlsx"
    told = run(simulate, *CITY, "--population", people, "--year", 2024, "--xlsx", xlsx)
    assert told.exit_code == 0, told.output
    assert "산모 산후조리경비 지원: " in told.output and "계획 15,173명 / 표본에서 늘려 셈 " in told.output
    assert "실제 자료가 아닙니다" in told.output and xlsx.exists()


def test_simulate_compares_a_reform(people):
    told = run(
        simulate, *CITY, "--population", people, "--year", 2024, "--set", "postnatal_care.grant=2,000,000"
    )
    row = next(line for line in told.output.splitlines() if line.startswith("| 산모"))
    cells = [cell.strip() for cell in row.split("|")]
    assert int(cells[5].replace(",", "")) == 2 * int(cells[4].replace(",", "")) > 0


def test_simulate_compares_with_the_law_of_another_day(people):
    dental = [*CITY, "--population", people, "--year", 2024, "defector_dental"]
    told = run(simulate, *dental, "--against", "2023-12-31")
    assert told.exit_code == 0 and "북한이탈주민 치과 치료비 지원" in told.output
    early = run(simulate, *dental, "--against", "2022-12-31")
    assert early.exit_code == 2 and "시행하지 않은 지원: 북한이탈주민" in early.output


def test_simulate_compares_with_a_changed_rule_file(people, tmp_path):
    """Not only other values: another criterion, and another formula for the amount."""
    city = tmp_path / "seoul"
    shutil.copytree(SEOUL.parent, city, ignore=shutil.ignore_patterns("case_types", "reports"))
    rule = city / "benefits" / "postnatal_care.py"
    text = rule.read_text("utf-8")
    rule.write_text(
        text.replace("        return law.grant\n", "        return law.grant * p.newborns\n"), "utf-8"
    )
    told = run(simulate, *CITY, "--population", people, "--year", 2024, "--rules", city, "postnatal_care")
    assert told.exit_code == 0, told.output
    cells = next(line for line in told.output.splitlines() if line.startswith("| 산모")).split("|")
    more, less, before, after, cost = (int(cell.replace(",", "")) for cell in cells[2:7])
    assert less == 0 < more and after - before == cost == more * 1_000_000  # twins, once more for the second
    rule.write_text(text.replace("p.female and", "p.femal and"), "utf-8")
    rulebook.load.cache_clear()  # a process reads a city once
    told = run(simulate, *CITY, "--population", people, "--year", 2024, "--rules", city, "postnatal_care")
    assert told.exit_code == 1 and f"{rule}:" in told.output and "'femal'" in told.output


@pytest.mark.parametrize(
    "wrong", ["postnatal_care.grand=1", "postnatal_care.grant=much", "first_child_care.median_income=1"]
)
def test_simulate_refuses_a_parameter_that_is_none(people, wrong):
    told = run(simulate, *CITY, "--population", people, "--year", 2024, "--set", wrong)
    assert told.exit_code == 2 and "Traceback" not in told.output


def test_an_unknown_benefit_is_refused_with_the_known_ones():
    told = run(benefits, "ask", *CITY, "eggs")
    assert told.exit_code == 2 and "eggs" in told.output and "egg_freezing" in told.output
