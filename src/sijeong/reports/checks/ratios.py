"""Rates of a table: what each column of them is of what, whether a share, a change, or an amount a head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from sijeong.reports.checks.constraints import Rate
from sijeong.reports.checks.linear import DIFFERENCE, LETTER, leading, lettered
from sijeong.reports.checks.matrix import PER, Layer
from sijeong.reports.facts.budget import role
from sijeong.reports.facts.staffing import is_total

_QUOTIENT = re.compile(rf"\(?\s*\(?\s*({LETTER})\s*[/÷]\s*({LETTER})\s*\)?\s*(?:[×x*]\s*100)?\s*\)?")
_MOST_COLUMNS = 14
_TO_ONE = re.compile(r"경쟁[률율]|배율|배수")
_CHANGING = re.compile(r"증감|증가|감소|대비|신장|성장|%$")
# what a rate is of what, by the names of the columns: 달성률 is 실적 of 목표
_OF = (
    (
        re.compile(r"달성|이행|진도|추진[률율]|진척"),
        re.compile(r"실적|달성|완료|이행"),
        re.compile(r"목표|계획|전체|대상"),
    ),
    (re.compile(r"충족|충원|이용[률율]"), re.compile(r"현원|이용"), re.compile(r"정원")),
    (re.compile(r"처리|완료|이행"), re.compile(r"처리|완료|이행"), re.compile(r"접수|신청|대상|^계$")),
    (re.compile(r"징수|수납"), re.compile(r"징수액|수납액"), re.compile(r"예산|징수결정|부과")),
    (re.compile(r"부채비율"), re.compile(r"부채$"), re.compile(r"자본")),
    (re.compile(r"경쟁"), re.compile(r"접수|응시|지원|신청"), re.compile(r"선발|모집|공급")),
)

_ENOUGH_DIGITS = 5


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
    times: Decimal = Decimal(100)
    mark: str = "%"


def rate_rules(layer: Layer) -> list[RateRule]:
    """The best believed rule for each column that holds rates."""
    columns = sorted({c for _, c in layer.rates})
    found = []
    for column in columns:
        best: tuple[int, int, RateRule] | None = None
        for rule in _possible(layer, column):
            held, failed, digits = _rate_record(layer, rule)
            sure = failed * 3 <= held or (failed * 2 <= held and digits >= _ENOUGH_DIGITS)
            enough = (held >= 2 and sure) or (rule.named and held >= 1 and failed <= held)
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
    letters = lettered(layer)
    written = next((m for part in re.findall(r"\((.+)\)", label) if (m := _QUOTIENT.search(part))), None)
    if written and written[1] in letters and written[2] in letters:
        yield RateRule(column, letters[written[1]], letters[written[2]], named=True)
    roles = {role("".join(grid.column_path(c))): c for c in columns if c != column or aside}
    if role(label) in ("rate", "spent") and "budget" in roles and "spent" in roles:
        yield RateRule(column, roles["spent"], roles["budget"], named=True)
    labels = {c: "".join(grid.column_path(c)) for c in columns}
    changing = bool(_CHANGING.search(label))
    scaled = bool(PER.search(label))
    one = bool(_TO_ONE.search(label))
    tops = [column] if aside else columns
    last_two = _last_two(layer, column)
    for top, base in permutations(columns, 2):
        if top not in tops:
            continue
        named = not aside and _of(label, labels[top], labels[base])
        if scaled:
            times = _power(layer, column, top, base)
            if times is not None:
                yield RateRule(column, top, base, times=times, mark="")
            continue
        if one:
            yield RateRule(column, top, base, named=named, times=Decimal(1), mark=":1")
            continue
        yield RateRule(column, top, base, named=named)
        if changing or not aside:
            yield RateRule(column, top, base, minus=base, named=changing and {top, base} == last_two)
    for row in grid.body:
        path = grid.row_path(row)
        if path and is_total(path[-1]):
            yield from (RateRule(column, top, top, total_row=row) for top in tops)
            break


def _last_two(layer: Layer, column: int) -> set[int]:
    """The two columns before a rate of change that are no change themselves."""
    before = [c for c in leading(layer) if c < column and (layer.grid.body[0], c) in layer.numbers]
    return set([c for c in before if not DIFFERENCE.search("".join(layer.grid.column_path(c)))][-2:])


def _of(label: str, top: str, base: str) -> bool:
    """True where the names say that the rate is `top` of `base`."""
    return any(of.search(label) and a.search(top) and b.search(base) for of, a, b in _OF)


def _power(layer: Layer, column: int, top: int, base: int) -> Decimal | None:
    """The power of ten by which most rows' amounts a head are top over base: units differ, rows agree."""
    powers: Counter[int] = Counter()
    for row in layer.grid.body:
        printed, a, b = layer.rates.get((row, column)), layer.over(row, top), layer.over(row, base)
        if printed and a and b and printed[0] > 0 and a[1] > 0 and b[1] > 0:
            power = (printed[0] * b[1] / a[1]).log10()
            whole = power.to_integral_value()
            if abs(power - whole) < Decimal("0.02"):
                powers[int(whole)] += 1
    return Decimal(10) ** powers.most_common(1)[0][0] if powers else None


def _rate_record(layer: Layer, rule: RateRule) -> tuple[int, int, int]:
    """(held, failed, digits of the rates it held for): small rates agree by chance."""
    held = failed = digits = 0
    for rate in rate_instances(layer, rule):
        if rate.interval(layer.numbers) is None:
            continue
        if rate.near(layer.numbers):
            if rate.stated not in (0, 100):
                held += 1
                digits += len(str(abs(int(rate.stated / rate.step))))
        else:
            failed += 1
            if failed > 3 and failed > held:
                break
    return held, failed, digits


def rate_instances(layer: Layer, rule: RateRule) -> Iterator[Rate]:
    for row in layer.grid.body:
        printed = layer.rates.get((row, rule.column))
        top = layer.over(row, rule.top)
        base = layer.over(row if rule.total_row is None else rule.total_row, rule.base)
        if printed is None or top is None or base is None or rule.total_row == row:
            continue
        minus = base[0] if rule.minus is not None else None
        blur = Decimal(layer.step) / 2
        yield Rate(
            (row, rule.column), printed[0], printed[1], top[0], base[0], minus, blur, rule.times, rule.mark
        )
