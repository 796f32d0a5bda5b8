"""Columns that follow from other columns, row by row: formulas in the head, remainders, changes, running
totals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from sijeong.reports.checks.constraints import Sum
from sijeong.reports.checks.matrix import Layer, Square
from sijeong.reports.facts.budget import role
from sijeong.reports.facts.staffing import is_total
from sijeong.reports.facts.sums import plausible

LETTER = r"[A-Za-zⓐ-ⓩ㉠-㉭①-⑨]"
_NAME = re.compile(rf"\(\s*({LETTER})\s*(?:[=＝](.+?))?\s*\)(?=[^)]*$)|^({LETTER})\s*[=＝](.+)$")
_EXPRESSION = re.compile(rf"\(?\s*({LETTER})\s*((?:[+\-–−]\s*{LETTER}\s*)+)\)?")
DIFFERENCE = re.compile(r"증감(?![률율])|과부족|순증(?![률율])|차액|증△감|대비$|^차이$")
_RUNNING = re.compile(r"누계|누적|잔액|잔고|현재액|현재고|(?:연|년|월|분기)말|적립액")
_MOST_COLUMNS = 14


@dataclass(slots=True)
class Linear:
    """column target = Σ sign × column, for every row."""

    target: int
    terms: tuple[tuple[int, int], ...]

    @property
    def columns(self) -> frozenset[int]:
        return frozenset([self.target, *(column for _, column in self.terms)])


def linear_sums(layer: Layer) -> list[Sum]:
    """What follows from formulas in the head, from the names of columns, and from what most rows show."""
    grid = layer.grid
    letters = lettered(layer)
    found = [rule for column in grid.figures if (rule := _written(layer, column, letters))]
    found += _named(layer)
    taken = {rule.columns for rule in found}
    columns = [c for c in grid.figures if sum((r, c) in layer.numbers for r in grid.body) >= 3]
    if len(columns) <= _MOST_COLUMNS:
        found += [rule for rule in (*_covering(layer), *_seen(layer, columns)) if rule.columns not in taken]
    groups = [_believed(layer, list(linear_instances(layer, rule))) for rule in found]
    return [sum_ for group in groups for sum_ in group] + _running(layer)


def lettered(layer: Layer) -> dict[str, int]:
    """A, B, a … of the head, each with the column it names."""
    letters: dict[str, int] = {}
    for column in layer.grid.figures:
        label = "".join(layer.grid.column_path(column)[-1:])
        match = _NAME.search(label)
        if match:
            letters.setdefault(match[1] or match[3], column)
        elif sole := re.search(rf"\(({LETTER})\)", label):
            letters.setdefault(sole[1], column)
    return letters


def _written(layer: Layer, column: int, letters: dict[str, int]) -> Linear | None:
    label = "".join(layer.grid.column_path(column)[-1:])
    for part in re.findall(r"\(([^()]*[+\-–−][^()]*)\)|[=＝]\(?([^()]+)\)?", label):
        match = _EXPRESSION.fullmatch("".join(part).strip())
        if not match:
            continue
        terms = [(1, match[1])] + [
            (1 if s == "+" else -1, n) for s, n in re.findall(rf"([+\-–−])\s*({LETTER})", match[2])
        ]
        if all(name in letters and letters[name] != column for _, name in terms):
            return Linear(column, tuple((sign, letters[name]) for sign, name in terms))
    return None


def _named(layer: Layer) -> Iterator[Linear]:
    """잔액 = 예산 − 집행, 예산현액 = 당초 + 추경, 증감 = 올해 − 작년, by the names of the columns."""
    roles: dict[str, int] = {}
    labels = {c: "".join(layer.grid.column_path(c)) for c in layer.grid.figures}
    for column, label in labels.items():
        name = role(label)
        if name in roles:
            roles[name] = -1
        elif name:
            roles[name] = column
    known = {name: column for name, column in roles.items() if column >= 0}
    if {"budget", "spent", "left"} <= known.keys():
        yield Linear(known["left"], ((1, known["budget"]), (-1, known["spent"])))
    if {"budget", "original", "supplement"} <= known.keys():
        yield Linear(known["budget"], ((1, known["original"]), (1, known["supplement"])))
    for column, label in labels.items():
        if DIFFERENCE.search(label) and (rule := _difference(layer, column)):
            yield rule


def _difference(layer: Layer, column: int) -> Linear | None:
    """The two columns whose difference a column called 증감 or 과부족 shows, if most rows bear them out."""
    leads = [c for c in leading(layer) if c != column]
    beside = [c for c in (column - 2, column - 1, column + 1, column + 2) if c in layer.grid.figures]
    best: tuple[int, Linear] | None = None
    for first, second in {*pairwise(leads), *pairwise(beside)}:
        if column in (first, second):
            continue
        for terms in (((1, second), (-1, first)), ((1, first), (-1, second))):
            rule = Linear(column, terms)
            held, failed, digits = _record(layer, rule)
            if held > failed and digits > held and (best is None or held - failed > best[0]):
                best = (held - failed, rule)
    return best[1] if best else None


def leading(layer: Layer) -> list[int]:
    """The columns that speak for their group of the head: those alone, and the 계 or 소계 of the others."""
    paths = {c: layer.grid.column_path(c) for c in layer.grid.figures}
    return [c for c, path in paths.items() if path and (len(path) == 1 or is_total(path[-1]))]


def _covering(layer: Layer) -> Iterator[Linear]:
    """접수 = 처리 + 미처리: the first group of the head is the sum of all others."""
    leads = [c for c in leading(layer) if any((r, c) in layer.numbers for r in layer.grid.body)]
    if 3 <= len(leads) <= _MOST_COLUMNS:
        rule = Linear(leads[0], tuple((1, column) for column in leads[1:]))
        held, failed, digits = _record(layer, rule)
        if held >= 2 and failed <= 1 and digits >= 3 * held:
            yield rule


def _record(layer: Layer, rule: Linear) -> tuple[int, int, int]:
    """In how many rows a rule held with something to show, in how many it failed, and over how many
    digits.
    """
    held = failed = digits = 0
    for sum_ in linear_instances(layer, rule):
        if not sum_.holds(layer.numbers):
            failed += 1
        elif sum(layer.numbers[square] != 0 for square in sum_.cells) > 1:
            held += 1
            digits += len(str(abs(layer.numbers[sum_.target])))
    return held, failed, digits


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


def _believed(layer: Layer, instances: list[Sum]) -> list[Sum]:
    """The instances of a rule that at least one row bears out, and no fewer rows than contradict it."""
    held = failed = 0
    for constraint in instances:
        if not constraint.holds(layer.numbers):
            failed += 1
        elif sum(layer.numbers[square] != 0 for square in constraint.cells) > 1:
            held += 1
    if not held or failed > held:
        return []
    for constraint in instances:
        constraint.sure = held > failed
    return instances


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
            layer.slack(squares),
        )


def _running(layer: Layer) -> list[Sum]:
    """누계 = the 누계 of the row before + what this row adds (− what it takes away)."""
    grid = layer.grid
    rows = [r for r in grid.body if not is_total("".join(grid.row_path(r)[-1:]))]
    found: list[Sum] = []
    for column in grid.figures:
        if not _RUNNING.search("".join(grid.column_path(column))):
            continue
        others = [c for c in grid.figures if c != column][:_MOST_COLUMNS]
        shapes: list[tuple[tuple[int, int], ...]] = [((1, c),) for c in others]
        shapes += [((1, a), (-1, b)) for a, b in permutations(others, 2)]
        groups = [list(_steps(layer, rows, column, shape)) for shape in shapes]
        best = max(groups, key=lambda group: _held(layer, group), default=[])
        if _held(layer, best) >= 2 and 2 * _held(layer, best) >= len(best):
            found += best
    return found


def _held(layer: Layer, group: list[Sum]) -> int:
    return sum(sum_.holds(layer.numbers) for sum_ in group)


def _steps(layer: Layer, rows: list[int], column: int, shape: tuple[tuple[int, int], ...]) -> Iterator[Sum]:
    """One relation a row; for the first row, which may begin with what was there before, only if it holds."""
    for number, row in enumerate(rows):
        terms: list[tuple[int, Square]] = [(sign, (row, c)) for sign, c in shape]
        if number:
            terms.insert(0, (1, (rows[number - 1], column)))
        squares = [(row, column), *(square for _, square in terms)]
        if not all(square in layer.numbers for square in squares) or not layer.alike(squares):
            continue
        sum_ = Sum((row, column), tuple(terms), layer.slack(squares))
        if number or sum_.holds(layer.numbers):
            yield sum_
