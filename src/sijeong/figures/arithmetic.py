"""The arithmetic that ties the lines of a budget. Pure: amounts in, what does not tie out.

당초예산 + 추경 = 예산현액; 예산현액 - 집행액 = 잔액; a line is the sum of those under it. Amounts printed in a
rounded unit may miss by half a unit for each figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

COLUMNS = ("original", "supplement", "budget", "spent", "left")
NAMES = {
    "original": "당초예산",
    "supplement": "추경",
    "budget": "예산현액",
    "spent": "집행액",
    "left": "잔액",
}


@dataclass
class Row:
    """A line as read: amounts in won by column, the index of the line above it, and where each cell stood."""

    label: str
    amounts: dict[str, int] = field(default_factory=dict)
    parent: int | None = None
    depth: int = 0
    note: str = ""
    number: int = 0
    places: dict[str, str] = field(default_factory=dict)

    def place(self, column: str) -> str:
        return self.places.get(column, f"{self.number}행")


@dataclass(frozen=True)
class Mismatch:
    """A cell that its neighbours contradict."""

    place: str
    label: str
    stated: int
    computed: int
    formula: str

    def __str__(self) -> str:
        return f"{self.place} {self.label}: {self.stated:,}원이라고 적혀 있으나 {self.formula} = {self.computed:,}원입니다"


def complete(row: Row) -> None:
    """Fill what follows from the rest: a budget from its parts, what is left from what was spent."""
    known = row.amounts
    if "budget" not in known and "original" in known:
        known["budget"] = known["original"] + known.get("supplement", 0)
    if "left" not in known and {"budget", "spent"} <= known.keys():
        known["left"] = known["budget"] - known["spent"]
    if "spent" not in known and {"budget", "left"} <= known.keys():
        known["spent"] = known["budget"] - known["left"]


def mismatches(rows: Sequence[Row], unit: int = 1) -> list[Mismatch]:
    """Every cell that does not tie. ``unit``: won in one printed unit (1,000 for 천원)."""
    found = [miss for row in rows for miss in _within(row, unit)]
    for parent, row in enumerate(rows):
        under = [child for child in rows if child.parent == parent]
        for column in COLUMNS if under else ():
            found += _summed(row, under, column, unit)
    return found


def _within(row: Row, unit: int) -> list[Mismatch]:
    known = row.amounts
    found = []
    slack = unit if unit > 1 else 0
    if {"original", "supplement", "budget"} <= known.keys():
        computed = known["original"] + known["supplement"]
        if abs(computed - known["budget"]) > slack:
            found.append(
                _miss(
                    row, "budget", computed, f"당초예산 {known['original']:,} + 추경 {known['supplement']:,}"
                )
            )
    if {"budget", "spent", "left"} <= known.keys():
        computed = known["budget"] - known["spent"]
        if abs(computed - known["left"]) > slack:
            found.append(
                _miss(row, "left", computed, f"예산현액 {known['budget']:,} - 집행액 {known['spent']:,}")
            )
    return found


def _summed(row: Row, under: list[Row], column: str, unit: int) -> list[Mismatch]:
    parts = [child.amounts[column] for child in under if column in child.amounts]
    if column not in row.amounts or len(parts) < len(under):
        return []
    computed = sum(parts)
    slack = unit * (len(parts) + 1) / 2 if unit > 1 else 0
    if abs(computed - row.amounts[column]) <= slack:
        return []
    return [_miss(row, column, computed, f"아래 {len(parts)}줄의 {NAMES[column]} 합")]


def _miss(row: Row, column: str, computed: int, formula: str) -> Mismatch:
    return Mismatch(row.place(column), f"{row.label} {NAMES[column]}", row.amounts[column], computed, formula)
