"""Tables as bureaus draw them: right ones raise nothing, a slip of the hand in a determined figure is found.

`bureau_tables.txt` holds tables whose figures tie; those that begin with = follow from others. The figures of
`open_tables.txt` don't determine each other, or only seem to.
"""

import re
from functools import cache
from pathlib import Path
from random import Random

import pytest

from sijeong.reports.checks.tables import check_table
from sijeong.reports.checks.verdicts import SERIOUS, SUSPICIOUS, Verdict
from sijeong.reports.tests.test_check_tables import table

FOLDER = Path(__file__).parent


@cache
def tables(name: str) -> dict[str, tuple[str, str, list[list[str]]]]:
    """Unit, title and rows by the name of the table."""
    found = {}
    for part in (FOLDER / name).read_text(encoding="utf-8").split("## ")[1:]:
        head, _, body = part.partition("\n")
        label, unit, title = (word.strip() for word in head.split(";"))
        rows = [[cell.strip() for cell in line.split("|")] for line in body.strip().split("\n")]
        found[label] = unit, title, rows
    return found


def verdicts(unit: str, title: str, rows: list[list[str]]) -> list[Verdict]:
    lines = [" | ".join(cell.removeprefix("=") for cell in row) for row in rows]
    return check_table(table("\n".join(lines), unit, title)).verdicts


def slipped(text: str, random: Random) -> str:
    """One digit wrong; a rate is three points off, so that no rounding explains it."""
    if "%" in text or "." in text:
        return re.sub(r"\d+", lambda m: str(int(m[0]) + 3), text, count=1)
    digits = [i for i, ch in enumerate(text) if ch.isdigit()]
    at = random.choice(digits)
    other = random.choice([d for d in "0123456789" if d != text[at] and not (d == "0" and at == digits[0])])
    return text[:at] + other + text[at + 1 :]


def planted(name: str):
    """Each determined cell of a table with the serious verdicts after a slip in it."""
    unit, title, rows = tables("bureau_tables.txt")[name]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell.startswith("="):
                wrong = [list(line) for line in rows]
                wrong[r][c] = slipped(cell.removeprefix("="), Random(100 * r + c))
                found = [v for v in verdicts(unit, title, wrong) if v.kind in SERIOUS]
                yield (r + 1, c + 1), cell.removeprefix("="), found


def touches(verdict: Verdict, square: tuple[int, int]) -> bool:
    return any((place.row, place.column) == square for place in (verdict.place, *verdict.cells))


@pytest.mark.parametrize("name", tables("bureau_tables.txt"))
def test_a_table_that_ties_raises_nothing(name):
    assert [
        str(v) for v in verdicts(*tables("bureau_tables.txt")[name]) if v.kind in (*SERIOUS, SUSPICIOUS)
    ] == []


@pytest.mark.parametrize("name", tables("open_tables.txt"))
def test_a_table_that_only_seems_to_tie_is_no_error(name):
    assert [str(v) for v in verdicts(*tables("open_tables.txt")[name]) if v.kind in SERIOUS] == []


@pytest.mark.parametrize("name", tables("bureau_tables.txt"))
def test_a_slip_in_a_determined_figure_is_found_with_what_it_should_be(name):
    for square, right, found in planted(name):
        about = [v for v in found if touches(v, square)]
        assert about, f"{square}: {right}"
        assert all(v.stated and v.computed and v.formula for v in about)


def test_nine_slips_in_ten_are_laid_to_the_very_cell():
    known = [
        any((v.place.row, v.place.column) == square for v in found)
        for name in tables("bureau_tables.txt")
        for square, _, found in planted(name)
    ]
    assert sum(known) >= 0.95 * len(known)
