"""Revenue and spending lines: every row of a budget table with its columns in won, as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from sijeong.reports.facts.grids import Grid
from sijeong.reports.facts.staffing import is_total
from sijeong.reports.facts.sums import Lines, rules
from sijeong.reports.facts.values import SCALES
from sijeong.reports.reading.documents import Place

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rate", re.compile(r"(집행|징수|수납|진도|진척|달성|이행|교부)[률율]|^%$|^[률율]$|^비율")),
    ("change_rate", re.compile(r"증감[률율]|증가[률율]")),
    ("change", re.compile(r"증감|증△?감")),
    ("left", re.compile(r"잔액|미집행|불용|집행잔")),
    ("spent", re.compile(r"집행|지출|징수|수납|교부액|세입액")),
    ("original", re.compile(r"당초|본예산|기정")),
    ("supplement", re.compile(r"추경|추가경정|증액|전년도?이월")),
    ("budget", re.compile(r"예산|현액|편성|사업비|세출|세입|조정")),
)
_MONEY = re.compile(r"(천|백|백만|억|십억|만)?\s?원$")
_NOT_MONEY = re.compile(r"비고|건수|인원|연번|순번")


@dataclass(slots=True)
class Line:
    """One budget line. `amounts` are in the table's unit by role or, where no role fits, by column label;
    `scale` turns them into won (None if the unit is not stated); rates are percent."""

    label: str
    path: tuple[str, ...]
    amounts: dict[str, Decimal]
    labels: dict[str, str]
    scale: int | None
    unit: str
    base: str
    note: str
    place: Place
    depth: int = 0
    parent: str = ""
    asides: dict[str, Decimal] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def role(label: str) -> str:
    """What a column of a budget table holds, '' if unknown."""
    if _NOT_MONEY.search(label):
        return ""
    return next((name for name, pattern in ROLES if pattern.search(label)), "")


def scale_of(unit: str) -> int | None:
    match = _MONEY.search(unit.replace(" ", "").removesuffix("정"))
    return None if not match else SCALES.get(match[1], 1) if match[1] else 1


def budget_lines(grid: Grid) -> list[Line]:
    """The lines of a budget table, or nothing if the table is about something else."""
    roles: dict[int, str] = {}
    for column in range(grid.width):
        path = grid.column_path(column)
        found = role("".join(path)) or role(path[-1] if path else "")
        if found and found not in roles.values():
            roles[column] = found
    money = scale_of(grid.unit) is not None or any(scale_of(grid.column_unit(c)) is not None for c in roles)
    titled = re.search(r"예산|세입|세출|집행|재정|결산", grid.title)
    if len({"budget", "spent", "original", "left"} & set(roles.values())) < (1 if money and titled else 2):
        return []
    lines = [
        _line(grid, row, roles)
        for row in grid.body
        if any(grid.at(row, c).kind in ("number", "dash") for c in roles)
    ]
    _hang(lines)
    return lines


def _line(grid: Grid, row: int, roles: dict[int, str]) -> Line:
    path = grid.row_path(row)
    amounts: dict[str, Decimal] = {}
    labels: dict[str, str] = {}
    asides: dict[str, Decimal] = {}
    notes: list[str] = []
    unit = next((grid.column_unit(c) for c in roles if grid.column_unit(c)), grid.unit)
    for column in grid.figures:
        value = grid.at(row, column)
        label = " ".join(grid.column_path(column))
        if value.kind in ("number", "dash"):
            name = roles.get(column) or label
            if name in amounts:
                name = label
            amounts[name], labels[name] = value.amount, label
            if value.aside is not None and value.aside.kind == "number":
                asides[name] = value.aside.amount
        elif value.kind == "text":
            notes.append(" ".join(value.text.split()))
    label = path[-1] if path else ""
    return Line(
        label,
        path,
        amounts,
        labels,
        scale_of(unit),
        unit,
        grid.base,
        " ".join(notes),
        grid.where(row, 0),
        asides=asides,
    )


def _hang(lines: list[Line]) -> None:
    """Each line's parent and depth: from the sums that the figures show, else from the labels before it."""
    names = [
        name
        for name in ("budget", "original", "spent", "left")
        if any(name in line.amounts for line in lines)
    ]
    vectors = [[int(line.amounts[n]) if n in line.amounts else None for n in names] for line in lines]
    parents: dict[int, int] = {}
    for rule in rules(
        Lines(
            [line.path for line in lines], vectors, [1] * len(names), [bool(line.amounts) for line in lines]
        )
    ):
        for term in rule.terms:
            if term not in parents or abs(rule.target - term) < abs(parents[term] - term):
                parents[term] = rule.target
    for number, line in enumerate(lines):
        chain = [number]
        while chain[-1] in parents and parents[chain[-1]] not in chain:
            chain.append(parents[chain[-1]])
        line.depth = len(chain) - 1
        line.parent = lines[chain[1]].label if len(chain) > 1 else ""
        if not parents and not is_total(line.label):
            line.depth = len(line.path)
