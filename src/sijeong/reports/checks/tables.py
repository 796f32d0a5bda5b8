"""Checks every figure of a table that other figures of it determine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from sijeong.reports.checks import verdicts
from sijeong.reports.checks.constraints import Rate, Sum, components, repair
from sijeong.reports.checks.doubts import doubtful
from sijeong.reports.checks.linear import linear_sums
from sijeong.reports.checks.matrix import RATE, UNADDED, Layer, Square, layers
from sijeong.reports.checks.products import check_products
from sijeong.reports.checks.ratios import rate_instances, rate_rules
from sijeong.reports.checks.verdicts import Repair, Verdict, hint
from sijeong.reports.facts.grids import Grid, turned
from sijeong.reports.facts.sums import TOTAL, Lines, Rule, rules

ENOUGH_RATES = 3
_OVERLAPPING = re.compile(r"복수\s?응답|중복|실인원")
_ACROSS = re.compile(
    r"[률율](?:$|\()|비율|구성비|비중|%|증감|잔액|차액|과부족|결원|누계|누적|미처리|처리\s?중"
)


@dataclass
class TableCheck:
    """Verdicts on one table, and how many relations were tried."""

    verdicts: list[Verdict] = field(default_factory=list)
    tried: int = 0


def check_table(grid: Grid) -> TableCheck:
    """All verdicts on a table: malformed figures, sums both ways, remainders, changes, rates."""
    result = TableCheck()
    for (row, column), value in grid.values.items():
        if value.kind == "malformed":
            place = grid.where(row, column)
            result.verdicts.append(
                Verdict(
                    verdicts.MALFORMED, place, value.text, "", "쉼표나 단위가 숫자 꼴이 아님", cells=[place]
                )
            )
    heads = [label for path in grid.column_paths for label in path]
    if not _OVERLAPPING.search(" ".join([grid.title, *grid.notes, *heads])):
        for layer in layers(grid):
            _check_layer(layer, result)
            products, tried = check_products(layer)
            result.verdicts += products
            result.tried += tried
    return result


def _check_layer(layer: Layer, result: TableCheck) -> None:
    turned_sums, turned_rates = _across(layer)
    sums = _sums(layer)
    if turned_sums:
        sums = _distinct([*sums, *turned_sums])
    rates = [*(list(rate_instances(layer, rule)) for rule in rate_rules(layer)), *turned_rates]
    numbers = layer.numbers
    gaps = [numbers[sum_.target] - sum_.computed(numbers) for sum_ in sums]
    failing = [sum_ for sum_, gap in zip(sums, gaps, strict=True) if abs(gap) > sum_.slack]
    bad_rates = [rate for group in rates for rate in group if not rate.near(numbers)]
    result.tried += len(sums) + sum(map(len, rates))
    if failing or bad_rates:
        fine: list[Sum | Rate] = [s for s, gap in zip(sums, gaps, strict=True) if abs(gap) <= s.slack]
        fine += [rate for group in rates for rate in group if rate.near(numbers)]
        for some, some_rates in components(failing, bad_rates):
            result.verdicts += _verdicts(layer, some, some_rates, fine)
    for sum_, gap in zip(sums, gaps, strict=True):
        if gap and abs(gap) <= sum_.slack:
            result.verdicts.append(_sum_verdict(layer, sum_, verdicts.ROUNDING))
    for group in rates:
        result.verdicts += _rounding(layer, group)


def _distinct(sums: list[Sum]) -> list[Sum]:
    """Each relation once, however it was found: B = A − C says the same as A = B + C."""
    seen: set[frozenset[Square]] = set()
    kept = []
    for sum_ in sums:
        cells = frozenset(sum_.cells)
        if cells not in seen and len(cells) == len(sum_.terms) + 1:
            seen.add(cells)
            kept.append(sum_)
    return kept


def _sums(layer: Layer) -> list[Sum]:
    found: list[Sum] = []
    whole = False
    for upright in (True, False):
        lines, squares = _lines(layer, upright)
        for rule in rules(lines):
            found += _instances(layer, rule, squares)
            whole = whole or (not upright and rule.size + 1 == sum(lines.usable))
    return found if whole else _distinct(linear_sums(layer) + found)


def _across(layer: Layer) -> tuple[list[Sum], list[list[Rate]]]:
    """The same for rows (집행률, 잔액, 증감) that follow from other rows: the layer is turned, and back."""
    grid = layer.grid
    if layer.name or layer.rates_only or not any(_crosses(grid.row_path(r)[-1:]) for r in grid.body):
        return [], []
    other = next(iter(layers(turned(grid))), None)
    if other is None:
        return [], []
    sums = linear_sums(other)
    for sum_ in sums:
        sum_.target = sum_.target[::-1]
        sum_.terms = tuple((sign, square[::-1]) for sign, square in sum_.terms)
    groups = [list(rate_instances(other, rule)) for rule in rate_rules(other)]
    for rate in (rate for group in groups for rate in group):
        rate.square, rate.top, rate.base = rate.square[::-1], rate.top[::-1], rate.base[::-1]
        rate.minus = rate.minus[::-1] if rate.minus else None
    known = layer.numbers.keys()
    return [s for s in sums if s.cells <= known], [[r for r in group if r.cells <= known] for group in groups]


@lru_cache(maxsize=4096)
def _crosses(label: tuple[str, ...]) -> bool:
    return bool(_ACROSS.search("".join(label)))


def _lines(layer: Layer, upright: bool) -> tuple[Lines, list[list[Square]]]:
    """The rows (upright) or columns of a layer as lines, and the square behind each of their figures."""
    grid = layer.grid
    rows, columns = list(grid.body), list(grid.figures)
    added_rows = [r for r in rows if not _unadded(grid.row_path(r))]
    added_columns = [c for c in columns if not _unadded(grid.column_path(c))]
    if layer.rates_only:
        added_rows = added_columns = []
    main, cross = (rows, added_columns) if upright else (columns, added_rows)
    usable_set = set(added_rows if upright else added_columns)
    paths = _alone([grid.row_path(i) if upright else grid.column_path(i) for i in main])
    squares = [[(i, j) if upright else (j, i) for j in cross] for i in main]
    vectors = [[layer.numbers.get(square) for square in line] for line in squares]
    usable = [
        i in usable_set and any(v is not None for v in vector)
        for i, vector in zip(main, vectors, strict=True)
    ]
    slacks = [0 if upright and i in layer.counted else layer.step for i in cross]
    return Lines(paths, vectors, slacks, usable), squares


def _alone(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Paths without a running number before them, and without what stands behind a total that has no lines
    of its own (계 | 4개 사업).
    """
    paths = [path[1:] if len(path) > 1 and path[0].isdigit() else path for path in paths]
    firsts = Counter(path[0] for path in paths if path)
    return [
        path[:1] if path and firsts[path[0]] == 1 and TOTAL.fullmatch(path[0]) else path for path in paths
    ]


@lru_cache(maxsize=4096)
def _unadded(path: tuple[str, ...]) -> bool:
    label = path[-1] if path else ""
    return bool(RATE.search(label) or UNADDED.search(label) or any(UNADDED.search(part) for part in path[:1]))


def _instances(layer: Layer, rule: Rule, squares: list[list[Square]]) -> Iterator[Sum]:
    numbers = layer.numbers
    for measure, target in enumerate(squares[rule.target]):
        terms = [squares[t][measure] for t in rule.terms]
        known = [square for square in terms if square in numbers]
        if target not in numbers or not known:
            continue
        if layer.units and not layer.alike([target, *known]):
            continue
        sure = rule.held > len(rule.failed)
        sum_ = Sum(target, tuple((1, square) for square in known), layer.slack([target, *known]), sure)
        if len(known) < len(terms) and not sum_.holds(numbers):
            continue  # a blank is not a zero: what stands there is not known
        if not any(numbers[square] for square in [*known, target]):
            continue
        yield sum_


def _verdicts(layer: Layer, failing: list[Sum], bad: list[Rate], fine: list[Sum | Rate]) -> list[Verdict]:
    """One verdict for a group of failing relations that one repair explains, else one for each."""
    fix = repair(layer.numbers, failing, bad, fine)
    grid = layer.grid
    if fix is None:
        sums = [_failed(layer, sum_) for sum_ in failing]
        return sums + [_rate_verdict(layer, rate, verdicts.ERROR) for rate in bad]
    place = grid.where(*fix.square)
    old, new = layer.shown(layer.numbers[fix.square]), layer.shown(fix.value)
    formula = "; ".join([f"{layer.shown(layer.numbers[s.target])} = {_formula(layer, s)}" for s in failing])
    slip = hint(layer.numbers[fix.square], fix.value)
    verdict = Verdict(
        verdicts.SUSPICIOUS if not bad and doubtful(layer, failing) else verdicts.ERROR,
        place,
        _stated(layer, old),
        new,
        formula,
        slip,
        Repair(place, old, new, fix.fixes),
        [grid.where(*square) for s in failing for square in s.cells],
    )
    return [verdict]


def _failed(layer: Layer, sum_: Sum) -> Verdict:
    verdict = _sum_verdict(layer, sum_, verdicts.ERROR)
    if doubtful(layer, [sum_]):
        verdict.kind = verdicts.SUSPICIOUS
    return verdict


def _sum_verdict(layer: Layer, sum_: Sum, kind: str) -> Verdict:
    stated, computed = layer.numbers[sum_.target], sum_.computed(layer.numbers)
    where = layer.grid.where
    return Verdict(
        kind,
        where(*sum_.target),
        _stated(layer, layer.shown(stated)),
        layer.shown(computed),
        _formula(layer, sum_),
        hint(stated, computed) if kind == verdicts.ERROR else "",
        cells=[where(*square) for square in sum_.cells],
    )


def _formula(layer: Layer, sum_: Sum) -> str:
    return " ".join(
        f"{'+−'[sign < 0]} {layer.shown(layer.numbers[square])}" for sign, square in sum_.terms
    ).removeprefix("+ ")


def _quotient(layer: Layer, rate: Rate) -> str:
    top, base = (layer.shown(layer.numbers[square]) for square in (rate.top, rate.base))
    return f"({top} − {base}) ÷ {base}" if rate.minus else f"{top} ÷ {base}"


def _stated(layer: Layer, text: str) -> str:
    return f"{text} [{layer.name}]" if layer.name else text


def _rate_verdict(layer: Layer, rate: Rate, kind: str) -> Verdict:
    where = layer.grid.where
    cells = [where(*square) for square in (rate.square, *rate.cells)]
    return Verdict(
        kind,
        where(*rate.square),
        f"{rate.stated}{rate.mark}",
        rate.computed(layer.numbers),
        _quotient(layer, rate),
        cells=cells,
    )


def _rounding(layer: Layer, rates: list[Rate]) -> Iterator[Verdict]:
    """Rates one printed step off: truncated where the whole column is; neither rounded nor truncated among
    others that are all rounded, suspicious; else rounded some other way.
    """
    near = [rate for rate in rates if rate.near(layer.numbers)]
    off = [rate for rate in near if not rate.rounded(layer.numbers)]
    all_cut = all(rate.truncated(layer.numbers) for rate in near)
    for rate in off:
        lone = len(off) == 1 and len(near) > ENOUGH_RATES and not rate.truncated(layer.numbers)
        kind = verdicts.SUSPICIOUS if lone else verdicts.ROUNDING
        yield _rate_verdict(layer, rate, verdicts.TRUNCATED if all_cut else kind)
