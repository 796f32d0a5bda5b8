"""A grid as whole numbers: one layer of figures, rates apart, with what is known about rounding."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from sijeong.reports.facts.grids import Grid
from sijeong.reports.facts.values import Value

Square = tuple[int, int]

# 법률, 자율 and 규율 end like a rate and are none
RATE = re.compile(
    r"(?<![법자규조선음계])[률율](?:$|\()|비율|비중|구성비|^%$|\(%\)|%$|퍼센트|점유|백분율|대비$|지수$"
)
PER = re.compile(r"(?:\d|인|명|건|개소|가구|세대|학급|호|병상|대|회|㎡|교|시설|지점|면적)당(?![초기해])")
UNADDED = re.compile(
    r"비고|순위|연번|순번|번호|평균|단가|단위|(?<![\d.)])기준$|코드|연락처|전화|^년도$|^연도$|점수|등급|"
    + PER.pattern
)
_COUNTS = re.compile(
    r"(?:건|명|횟|회|시설|부서|가구|세대|업소)수$|(?:인원|개소|^건|^명)$|\((?:건|명|개소|회|개|호|대)\)$"
)
_DIFFERENCE = re.compile(r"대비$")
_POINTS = re.compile(r"증감(?![률율])|대비|차이|%p")
_COUNTED = re.compile(
    r"^(명|건|개|개소|곳|회|대|인|가구|세대|호|실|팀|원|개국|종|편|권|필지|개교|개사|동|병상|면|부|쌍)$"
)
_MONEY = re.compile(r"예산|집행|세입|세출|결산|재정|사업비|금액|징수|지출|잔액")


@dataclass(slots=True)
class Layer:
    """Figures of one table, scaled to whole numbers by 10**digits. `name` tells quota from actual in 31/33
    tables.

    `step` is the coarsest printed unit, 0 where figures are counted and not rounded; columns of `counted`
    are so in a table of rounded money.
    """

    grid: Grid
    name: str
    digits: int
    numbers: dict[Square, int]
    step: int = 0
    units: dict[Square, str] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    rates: dict[Square, tuple[Decimal, Decimal]] = field(default_factory=dict)
    rates_only: bool = False

    def over(self, row: int, column: int) -> tuple[Square, int] | None:
        """The figure over a square (that of a merged cell for each square under it) and where it stands."""
        cell = self.grid.owner.get((row, column))
        square = (cell.row, cell.column) if cell is not None else (row, column)
        number = self.numbers.get(square)
        return None if number is None else (square, number)

    def slack(self, squares: Collection[Square]) -> int:
        """By how much a relation of these printed figures may be off because each was rounded: half a unit
        each.
        """
        if self.counted and all(column in self.counted for _, column in squares):
            return 0
        return len(squares) * self.step // 2

    def alike(self, squares: Iterable[Square]) -> bool:
        """False for figures printed with different units (5명, 150백만원): they are never added."""
        return len({self.units[square] for square in squares if square in self.units}) < 2

    def shown(self, number: int) -> str:
        if not self.digits:
            return f"{number:,}" if number >= 0 else f"△{-number:,}"
        value = Decimal(number).scaleb(-self.digits)
        return f"{value:,}" if number >= 0 else f"△{-value:,}"


def layers(grid: Grid) -> list[Layer]:
    """The main layer, or two for a table of quota/actual pairs; none if the table has fewer than three
    figures.
    """
    values = {square: value for square, value in grid.values.items() if square[0] >= grid.head}
    pairs = sum(value.kind == "pair" for value in values.values())
    if pairs > 1:
        return [_pair_layer(grid, values, 0), _pair_layer(grid, values, 1)]
    figures, rates = _sorted(grid, values)
    points = _points(grid, values, rates)
    if sum(value.kind == "number" for value in figures.values()) < 3:
        return points
    digits = max((max(0, -int(v.step.adjusted())) for v in figures.values() if v.kind == "number"), default=0)
    numbers = {square: int(value.amount.scaleb(digits)) for square, value in figures.items()}
    step = 0 if _exact(grid, figures, digits) else _step(figures, digits)
    units = {square: v.unit for square, v in figures.items() if v.unit}
    counted = frozenset(_counted(grid, figures)) if step else frozenset()
    return [Layer(grid, "", digits, numbers, step, units, counted, rates), *points]


def _points(
    grid: Grid, values: dict[Square, Value], rates: dict[Square, tuple[Decimal, Decimal]]
) -> list[Layer]:
    """A layer of the rates alone where a column shows how two of them differ (증감 1.3%p)."""
    if len(rates) < 4 or not any(_POINTS.search("".join(grid.column_path(c))) for c in grid.figures):
        return []
    shown = {square: value for square, value in values.items() if square in rates or value.unit == "%p"}
    shown = {square: value for square, value in shown.items() if value.kind == "number"}
    digits = max(max(0, -int(value.step.adjusted())) for value in shown.values())
    numbers = {square: int(value.amount.scaleb(digits)) for square, value in shown.items()}
    return [Layer(grid, "", digits, numbers, _step(shown, digits), rates_only=True)]


def _counted(grid: Grid, figures: dict[Square, Value]) -> Iterator[int]:
    """Columns of people or cases beside columns of money: 건수 | 금액."""
    for column in grid.figures:
        if _COUNTS.search("".join(grid.column_path(column)[-1:])) and all(
            value.step == 1 for (_, c), value in figures.items() if c == column
        ):
            yield column


@lru_cache(maxsize=8192)
def is_rate(label: str) -> bool:
    return bool(RATE.search(label))


@lru_cache(maxsize=8192)
def _rated(label: str) -> bool:
    return bool(RATE.search(label) or PER.search(label))


def _sorted(
    grid: Grid, values: dict[Square, Value]
) -> tuple[dict[Square, Value], dict[Square, tuple[Decimal, Decimal]]]:
    """Figures that can be added, and rates (with their steps); a rate beside a figure stands in both."""
    rates: dict[Square, tuple[Decimal, Decimal]] = {}
    figures: dict[Square, Value] = {}
    tall = grid.stub > 1 and grid.spans_body(0)
    labels = ["".join(grid.column_path(c)[-1:]) for c in range(grid.width)]
    rated = {c for c, label in enumerate(labels) if _rated(label)}
    either = {c for c in rated if _DIFFERENCE.search(labels[c])}
    rated_rows = {r for r in grid.body if (path := grid.row_path(r)) and is_rate(path[-1])}
    for square, value in values.items():
        if square[1] < grid.stub and not (square[1] == 0 and tall):
            continue
        if value.kind == "number":
            if value.loose and value.loose != "bracketed":
                continue
            if value.unit == "%p":
                continue
            if value.unit in ("%", ":1") or square[1] in rated or square[0] in rated_rows:
                rates[square] = (value.amount, value.step)
                if square[1] in either and not value.unit:
                    figures[square] = value  # 전년 대비: a rate, or what is left after taking away
            else:
                figures[square] = value
                if (
                    value.aside is not None
                    and value.aside.kind == "number"
                    and value.aside.unit.startswith("%")
                ):
                    rates[square] = (value.aside.amount, value.aside.step)
        elif value.kind == "dash" and square[1] not in rated:
            figures[square] = value
    return figures, rates


def _step(figures: dict[Square, Value], digits: int) -> int:
    return int(max(v.step for v in figures.values() if v.kind == "number").scaleb(digits))


def _pair_layer(grid: Grid, values: dict[Square, Value], which: int) -> Layer:
    numbers: dict[Square, int] = {}
    for square, value in values.items():
        if value.kind == "pair":
            numbers[square] = int((value.amount, value.second or Decimal(0))[which])
        elif value.kind == "dash":
            numbers[square] = 0
    return Layer(grid, ("앞 숫자(정원)", "뒤 숫자(현원)")[which], 0, numbers)


def _exact(grid: Grid, figures: dict[Square, Value], digits: int) -> bool:
    """True where figures are counted, not rounded: 명, 건, 원; or small whole numbers that are no money."""
    if digits or any(value.step > 1 for value in figures.values()):
        return False
    unit = "".join(grid.unit.split())
    if unit:
        return all(_COUNTED.match(part) for part in re.split(r"[,/·]", unit) if part)
    heads = grid.title + "".join("".join(grid.column_path(c)) for c in range(grid.width))
    return not _MONEY.search(heads) and max((abs(v.amount) for v in figures.values()), default=0) < 1000
