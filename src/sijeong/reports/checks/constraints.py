"""Constraints between figures of one table, and the smallest repair that satisfies them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from sijeong.reports.checks.matrix import Square
from sijeong.reports.checks.verdicts import hint

Numbers = Mapping[Square, int]


@dataclass(slots=True)
class Sum:
    """target = Σ sign × term, within `slack` (whole numbers of the layer); `sure` if more rows or columns
    bear the rule out than contradict it.
    """

    target: Square
    terms: tuple[tuple[int, Square], ...]
    slack: int
    sure: bool = True

    @property
    def cells(self) -> set[Square]:
        return {self.target, *(square for _, square in self.terms)}

    def computed(self, numbers: Numbers) -> int:
        return sum(sign * numbers.get(square, 0) for sign, square in self.terms)

    def holds(self, numbers: Numbers) -> bool:
        return abs(numbers[self.target] - self.computed(numbers)) <= self.slack

    def solved(self, square: Square, numbers: Numbers) -> int | None:
        """The value of one cell that makes it hold exactly."""
        if square == self.target:
            return self.computed(numbers)
        signs = [sign for sign, other in self.terms if other == square]
        if len(signs) != 1:
            return None
        return numbers[square] + signs[0] * (numbers[self.target] - self.computed(numbers))


@dataclass(slots=True)
class Rate:
    """rate = times × (top − minus) / base, as printed to `step`; numbers may themselves be rounded by
    `blur` each. `times` is 100 for percent, 1 for 12.5:1, a power of ten for an amount a head.
    """

    square: Square
    stated: Decimal
    step: Decimal
    top: Square
    base: Square
    minus: Square | None
    blur: Decimal
    times: Decimal = Decimal(100)
    mark: str = "%"

    @property
    def cells(self) -> set[Square]:
        return {self.top, self.base} | ({self.minus} if self.minus else set())

    def interval(self, numbers: Numbers) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest value the figures allow; None for a base of zero."""
        base, top = Decimal(numbers[self.base]), Decimal(numbers[self.top])
        less = Decimal(numbers[self.minus]) if self.minus else Decimal(0)
        if base <= self.blur:
            return None
        spread = self.blur * (2 if self.minus else 1)
        bounds = [
            self.times * (top - less + a) / (base + b)
            for a in (-spread, spread)
            for b in (-self.blur, self.blur)
        ]
        return min(bounds), max(bounds)

    def near(self, numbers: Numbers) -> bool:
        """Within one printed step: some rounding explains it."""
        bounds = self.interval(numbers)
        return bounds is None or bounds[0] - self.step <= self.stated <= bounds[1] + self.step

    def rounded(self, numbers: Numbers) -> bool:
        bounds = self.interval(numbers)
        half = self.step / 2
        return bounds is None or bounds[0] - half <= self.stated <= bounds[1] + half

    def truncated(self, numbers: Numbers) -> bool:
        bounds = self.interval(numbers)
        if bounds is None:
            return True
        cut = [bound.quantize(self.step, rounding=ROUND_DOWN) for bound in bounds]
        return min(cut) <= self.stated <= max(cut)

    def computed(self, numbers: Numbers) -> str:
        bounds = self.interval(numbers)
        return (
            "" if bounds is None else f"{((bounds[0] + bounds[1]) / 2).quantize(self.step / 10)}{self.mark}"
        )


@dataclass(slots=True)
class Fix:
    square: Square
    value: int
    fixes: int


def components(failing: list[Sum], rates: list[Rate]) -> list[tuple[list[Sum], list[Rate]]]:
    """Failing constraints grouped by the cells they share."""
    groups: list[tuple[set[Square], list[Sum], list[Rate]]] = []
    everything: list[Sum | Rate] = [*failing, *rates]
    for constraint in everything:
        cells = set(constraint.cells)
        sums = [constraint] if isinstance(constraint, Sum) else []
        of_rates = [constraint] if isinstance(constraint, Rate) else []
        rest = []
        for group in groups:
            if group[0] & cells:
                cells |= group[0]
                sums, of_rates = group[1] + sums, group[2] + of_rates
            else:
                rest.append(group)
        groups = [*rest, (cells, sums, of_rates)]
    return [(sums, of_rates) for _, sums, of_rates in groups]


def _agrees(constraint: Sum | Rate, numbers: Numbers) -> bool:
    return constraint.holds(numbers) if isinstance(constraint, Sum) else constraint.near(numbers)


def repair(numbers: Numbers, failing: list[Sum], bad_rates: list[Rate], fine: list[Sum | Rate]) -> Fix | None:
    """The one cell whose change satisfies every failing constraint and breaks none; None if several would."""
    if not failing:
        return None
    broken: list[Sum | Rate] = [*failing, *bad_rates]
    options: list[Fix] = []
    for square in sorted(set.intersection(*(constraint.cells for constraint in broken))):
        value = failing[0].solved(square, numbers)
        if value is None:
            continue
        changed = {**numbers, square: value}
        touched = [constraint for constraint in fine if square in constraint.cells]
        if all(_agrees(constraint, changed) for constraint in broken + touched):
            options.append(Fix(square, value, len(broken)))
    if len(options) > 1:
        options = [fix for fix in options if hint(numbers[fix.square], fix.value)]
    return options[0] if len(options) == 1 else None
