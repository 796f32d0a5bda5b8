"""A kept run made ready for a page: rows of tables, and the places of marks in charts and the schematic map. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .rules.population import Assumptions
from .rules.reference import signed
from .rules.results import group_label
from .rules.tally import GROUPS

ROW = 28  # pixels of a row in a chart
STEPS = 5  # shades of the map
Json = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """A won difference to the left (less) or right (more) of nought; ``x`` and ``width`` in per cent."""

    label: str
    y: float
    x: float
    width: float
    tone: str
    text: str


@dataclass(frozen=True)
class Tile:
    """A district in the schematic map."""

    name: str
    column: int
    row: int
    step: int
    text: str


@dataclass(frozen=True)
class Group:
    """A way to part the recipients: its name, and rows of (label, persons, won)."""

    key: str
    korean: str
    rows: list[tuple[str, int, int]]

    @property
    def persons(self) -> list[tuple[str, int]]:
        return [(label, count) for label, count, _ in self.rows]


def groups(benefit: Json, given: Assumptions) -> list[Group]:
    """Recipients and won by district, age, sex and hardship."""
    return [
        Group(key, korean, [
            (group_label(key, int(code), given.districts), count, won)
            for code, (count, won) in sorted(benefit["groups"][key].items(), key=lambda item: int(item[0]))
        ])
        for key, korean in GROUPS.items()
        if benefit["groups"].get(key)
    ]  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """The reform by one group: rows of (label, winners, losers, won difference), and bars of the difference."""

    key: str
    korean: str
    rows: list[tuple[str, int, int, str]]
    bars: list[Bar]
    nought: float
    height: int


def compared(difference: Json, given: Assumptions) -> list[Compared]:
    """Winners, losers and the cost difference by hardship, age, sex and district."""
    found = []
    for key in ("welfare", "age", "female", "district"):
        told = difference["groups"].get(key)
        if told:
            ordered = sorted(told.items(), key=lambda item: int(item[0]))
            rows = [(group_label(key, int(code), given.districts), *values) for code, values in ordered]
            costs = [(label, cost) for label, _, _, cost in rows]
            found.append(Compared(
                key, GROUPS[key], [(label, won, lost, signed(cost)) for label, won, lost, cost in rows],
                bars(costs), 100 * span(costs)[0], ROW * len(rows),
            ))  # fmt: skip
    return found


def span(rows: list[tuple[str, int]]) -> tuple[float, int]:
    """Where nought stands on an axis just wide enough for all values (a share of it), and its width in won."""
    low, high = min([0, *(value for _, value in rows)]), max([0, *(value for _, value in rows)])
    return (-low / (high - low), high - low) if high > low else (0.5, 1)


def bars(rows: list[tuple[str, int]]) -> list[Bar]:
    """Bars about a line of nought; what costs more stands to the right."""
    nought, wide = span(rows)
    return [
        Bar(
            label, ROW * place, 100 * (nought + min(value, 0) / wide), 100 * abs(value) / wide,
            "bad" if value < 0 else "good", signed(value),
        )
        for place, (label, value) in enumerate(rows)
    ]  # fmt: skip


def tiles(benefit: Json, given: Assumptions) -> list[Tile]:
    """Each district where the schematic map has it, shaded by won."""
    told = benefit["groups"].get("district", {})
    most = max((won for _, won in told.values()), default=0) or 1
    found = []
    for code, (column, row) in given.tiles.items():
        count, won = told.get(str(code), (0, 0))
        name, step = given.districts[code], min(STEPS - 1, STEPS * won // (most + 1)) if won else 0
        found.append(Tile(name, column, row, step, f"{name} {count:,}명 {won:,}원"))
    return found


def months(benefit: Json) -> tuple[list[str], list[float]]:
    """Labels and won (in millions) of the twelve months."""
    return [f"{n}월" for n in range(1, 13)], [won / 1_000_000 for _, won in benefit["months"]]
