"""Relations inside a table's rows that are no plain totals: formulas in the head, remainders, changes,
rates, shares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations

from sijeong.reports.checks.constraints import Rate, Sum
from sijeong.reports.checks.matrix import Layer, Square
from sijeong.reports.facts.budget import role
from sijeong.reports.facts.staffing import is_total
from sijeong.reports.facts.sums import plausible

_LETTER = r"[A-Za-zⓐ-ⓩ㉠-㉭①-⑨]"
_NAME = re.compile(rf"\(\s*({_LETTER})\s*(?:[=＝](.+?))?\s*\)(?=[^)]*$)|^({_LETTER})\s*[=＝](.+)$")
_EXPRESSION = re.compile(rf"\(?\s*({_LETTER})\s*((?:[+\-–−]\s*{_LETTER}\s*)+)\)?")
_QUOTIENT = re.compile(rf"\(?\s*\(?\s*({_LETTER})\s*[/÷]\s*({_LETTER})\s*\)?\s*(?:[×x*]\s*100)?\s*\)?")
_MOST_COLUMNS = 14

At = Callable[[int, int], "tuple[Square, int] | None"]


@dataclass(slots=True)
class Linear:
    """column target = Σ sign × column, for every row."""

    target: int
    terms: tuple[tuple[int, int], ...]


def linear_sums(layer: Layer) -> list[Sum]:
    """What follows from formulas in the head, from the names of columns, and from what most rows show."""
    grid = layer.grid
    letters = _letters(layer)
    found = [rule for column in grid.figures if (rule := _written(layer, column, letters))]
    found += _named(layer)
    taken = {frozenset([rule.target, *(c for _, c in rule.terms)]) for rule in found}
    columns = [c for c in grid.figures if sum((r, c) in layer.numbers for r in grid.body) >= 3]
    if len(columns) <= _MOST_COLUMNS:
        found += [
            rule
            for rule in _seen(layer, columns)
            if frozenset([rule.target, *(c for _, c in rule.terms)]) not in taken
        ]
    instances = [list(linear_instances(layer, rule)) for rule in found]
    return [sum_ for group in instances if _believed(layer, group) for sum_ in group]


def _letters(layer: Layer) -> dict[str, int]:
    """A, B, a … of the head, each with the column it names."""
    letters: dict[str, int] = {}
    for column in layer.grid.figures:
        label = "".join(layer.grid.column_path(column)[-1:])
        match = _NAME.search(label)
        if match:
            letters.setdefault(match[1] or match[3], column)
        elif sole := re.search(rf"\(({_LETTER})\)", label):
            letters.setdefault(sole[1], column)
    return letters


def _written(layer: Layer, column: int, letters: dict[str, int]) -> Linear | None:
    label = "".join(layer.grid.column_path(column)[-1:])
    for part in re.findall(r"\(([^()]*[+\-–−][^()]*)\)|[=＝]\(?([^()]+)\)?", label):
        match = _EXPRESSION.fullmatch("".join(part).strip())
        if not match:
            continue
        terms = [(1, match[1])] + [
            (1 if s == "+" else -1, n) for s, n in re.findall(rf"([+\-–−])\s*({_LETTER})", match[2])
        ]
        if all(name in letters and letters[name] != column for _, name in terms):
            return Linear(column, tuple((sign, letters[name]) for sign, name in terms))
    return None


def _named(layer: Layer) -> Iterator[Linear]:
    """잔액 = 예산 − 집행, 예산현액 = 당초 + 추경, by the names of the columns."""
    roles: dict[str, int] = {}
    for column in layer.grid.figures:
        name = role("".join(layer.grid.column_path(column)))
        if name in roles:
            roles[name] = -1
        elif name:
            roles[name] = column
    known = {name: column for name, column in roles.items() if column >= 0}
    if {"budget", "spent", "left"} <= known.keys():
        yield Linear(known["left"], ((1, known["budget"]), (-1, known["spent"])))
    if {"budget", "original", "supplement"} <= known.keys():
        yield Linear(known["budget"], ((1, known["original"]), (1, known["supplement"])))


def _seen(layer: Layer, columns: list[int]) -> Iterator[Linear]:
    """a = b + c in most rows: as a change it is read as c = a − b where c stands last."""
    rows = list(layer.grid.body)
    vectors = {c: [found and found[1] for found in (layer.over(r, c) for r in rows)] for c in columns}
    step = layer.step
    for b, c in combinations(columns, 2):
        summed = [
            None if x is None or y is None else x + y for x, y in zip(vectors[b], vectors[c], strict=True)
        ]
        for a in columns:
            if a in (b, c):
                continue
            held = failed = digits = 0
            for x, y, total, whole in zip(vectors[b], vectors[c], summed, vectors[a], strict=True):
                if total is None or whole is None:
                    continue
                if 2 * abs(whole - total) <= 3 * step:
                    held += bool(x and y and whole)
                    digits += len(str(whole)) if x and y else 0
                else:
                    failed += 1
                    if failed > 2 and failed > held:
                        break
            if held >= (2 if failed else 3) and plausible(held, failed, digits):
                yield Linear(a, ((1, b), (1, c))) if a > c or a < b else Linear(c, ((1, a), (-1, b)))


def _believed(layer: Layer, instances: list[Sum]) -> bool:
    """At least one row bears the rule out, and no fewer rows than contradict it."""
    held = failed = 0
    for constraint in instances:
        if not constraint.holds(layer.numbers):
            failed += 1
        elif all(layer.numbers[square] for square in constraint.cells):
            held += 1
    return held >= 1 and failed <= held


def linear_instances(layer: Layer, rule: Linear) -> Iterator[Sum]:
    for row in layer.grid.body:
        target = layer.over(row, rule.target)
        terms = [(sign, layer.over(row, column)) for sign, column in rule.terms]
        if target is None or any(found is None for _, found in terms):
            continue
        squares = [target[0], *(found[0] for _, found in terms if found is not None)]
        if not layer.alike(squares):
            continue
        yield Sum(
            target[0],
            tuple((sign, found[0]) for sign, found in terms if found is not None),
            layer.slack(len(squares)),
        )


@dataclass(slots=True)
class RateRule:
    """How one column of rates comes about: top column over base column, a change, or a share of a total
    row.
    """

    column: int
    top: int
    base: int
    minus: int | None = None
    total_row: int | None = None
    named: bool = False


def rate_rules(layer: Layer) -> list[RateRule]:
    """The best believed rule for each column that holds rates."""
    columns = sorted({c for _, c in layer.rates})
    found = []
    for column in columns:
        best: tuple[int, int, RateRule] | None = None
        for rule in _possible(layer, column):
            held, failed = _rate_record(layer, rule)
            enough = (held >= 2 and failed * 3 <= held) or (rule.named and held >= 1 and failed <= held)
            score = (held - failed, int(rule.named))
            if enough and (best is None or score > best[:2]):
                best = (*score, rule)
        if best:
            found.append(best[2])
    return found


def _possible(layer: Layer, column: int) -> Iterator[RateRule]:
    grid = layer.grid
    aside = any(c == column for _, c in layer.numbers)
    columns = [c for c in range(grid.width) if any(k == c for _, k in layer.numbers)][:_MOST_COLUMNS]
    label = "".join(grid.column_path(column)[-1:])
    letters = _letters(layer)
    written = next((m for part in re.findall(r"\((.+)\)", label) if (m := _QUOTIENT.search(part))), None)
    if written and written[1] in letters and written[2] in letters:
        yield RateRule(column, letters[written[1]], letters[written[2]], named=True)
    roles = {role("".join(grid.column_path(c))): c for c in columns if c != column or aside}
    if role(label) in ("rate", "spent") and "budget" in roles and "spent" in roles:
        yield RateRule(column, roles["spent"], roles["budget"], named=True)
    changing = bool(re.search(r"증감|증가|대비|%$", label))
    tops = [column] if aside else columns
    for top, base in permutations(columns, 2):
        if top not in tops:
            continue
        yield RateRule(column, top, base)
        if changing or not aside:
            yield RateRule(column, top, base, minus=base)
    for row in grid.body:
        path = grid.row_path(row)
        if path and is_total(path[-1]):
            yield from (RateRule(column, top, top, total_row=row) for top in tops)
            break


def _rate_record(layer: Layer, rule: RateRule) -> tuple[int, int]:
    held = failed = 0
    for rate in rate_instances(layer, rule):
        if rate.interval(layer.numbers) is None:
            continue
        if rate.near(layer.numbers):
            held += rate.stated not in (0, 100)
        else:
            failed += 1
            if failed > 3 and failed > held:
                break
    return held, failed


def rate_instances(layer: Layer, rule: RateRule) -> Iterator[Rate]:
    for row in layer.grid.body:
        printed = layer.rates.get((row, rule.column))
        top = layer.over(row, rule.top)
        base = layer.over(row if rule.total_row is None else rule.total_row, rule.base)
        if printed is None or top is None or base is None or rule.total_row == row:
            continue
        minus = base[0] if rule.minus is not None else None
        blur = Decimal(layer.step) / 2
        yield Rate((row, rule.column), printed[0], printed[1], top[0], base[0], minus, blur)
