"""The reference in docs/ says what the code does: its examples are run."""

import doctest
import re

import pytest

EXAMPLE = re.compile(r"^\| (\w+) \| (\d[\d:T-]+) \| (\d+) (\w+) \| (\d{4}-\d\d-\d\d) \| .+ \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def page(pytestconfig):
    return pytestconfig.rootpath / "docs" / "reference" / "legaltime.md"


def test_the_worked_examples_come_out_as_written(page, last_day):
    rows = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    assert len(rows) == 16
    for rule, start, amount, unit, last in rows:
        assert last_day(rule, start, int(amount), unit) == last, (rule, start, amount, unit)


def test_the_python_on_the_page_runs(page):
    results = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert results.attempted >= 20
    assert results.failed == 0


def test_the_page_names_every_rule_and_its_statute(page):
    text = page.read_text(encoding="utf-8")
    for rule in (
        "`civil` | 민법 155-161",
        "민원 처리에 관한 법률 19",
        "정보공개법 29",
        "`burden` | 행정기본법 6 ②",
    ):
        assert rule in text
