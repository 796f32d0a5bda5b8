"""일반현황: what a unit is for, who works in it, and what it may spend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse

from sijeong.figures.access import current_lines
from sijeong.figures.models import Book, Line
from sijeong.org.models import Category, Unit
from sijeong.org.staffing import Staffing, staffing_on
from sijeong.org.tree import node_of, tree_on
from sijeong.reports.writing.model import Grid, Part, Source, Square, Statement

from .pieces import Frame, cell, head, label, short


def duties(frame: Frame) -> Iterator[Part]:
    """분장사무 of the unit and of the divisions under it."""
    below = (
        Unit.objects.on(frame.base).filter(pk__in=frame.units).exclude(level=Unit.Level.TEAM).order_by("path")
    )
    for unit in below:
        lines = [line.strip(" ○-·") for line in unit.duties.splitlines() if line.strip()]
        if not lines:
            continue
        yield Statement("□", (unit.name,))
        yield from (Statement("○", (line,)) for line in lines)


def organisation(frame: Frame) -> Iterator[Part]:
    """정원·현원 of each division under a bureau, of each team under a division."""
    node = node_of(tree_on(frame.unit.government_id, frame.base), frame.unit.pk)
    if not node or not node.below:
        yield Statement("○", ("아래 부서 없음",))
        return
    counted = staffing_on([node], frame.base)

    def row(name: str, told: Staffing, unit: Unit) -> tuple[Square, ...]:
        page = f"{reverse('staffing')}?unit={unit.pk}&on={frame.base.isoformat()}"
        source, key = Source(f"정원·현원 ({name})", page), f"org:unit:{name}:{unit.pk}"
        return (label(name), *(cell(frame.figure(number, key, source)) for number in told.of()))

    # Posts of the unit itself, where it has any: otherwise the parts do not make the whole.
    own = Staffing(Counter(counted[frame.unit.pk].quota), Counter(counted[frame.unit.pk].actual))
    for below in node.below:
        own.quota -= counted[below.unit.pk].quota
        own.actual -= counted[below.unit.pk].actual
    rows = [row("계", counted[frame.unit.pk], frame.unit)]
    if any(own.of()):
        rows.append(row(f"{frame.unit.name} 직속", own, frame.unit))
    rows += [row(below.unit.name, counted[below.unit.pk], below.unit) for below in node.below]
    yield Grid(
        ((head("부서"), head("정원"), head("현원")), *rows), "부서별 정원·현원", short(frame.base), "명"
    )


def staffing(frame: Frame) -> Iterator[Part]:
    """정원·현원 by category and grade, with everything under the unit."""
    node = node_of(tree_on(frame.unit.government_id, frame.base), frame.unit.pk)
    counted = staffing_on([node], frame.base)[frame.unit.pk] if node else Staffing()
    if not counted.cells:
        yield Statement("○", ("등록된 정원과 현원이 없음",))
        return
    page = f"{reverse('staffing')}?unit={frame.unit.pk}&on={frame.base.isoformat()}"
    top: list[Square] = [head("구분", 2), head("총계", 2)]
    grades: list[Square] = []
    for category, cells in _categories(counted):
        top.append(head(category, 1, len(cells) + 1))
        grades += [head("소계"), *(head(grade) for _, grade in cells)]
    rows = [
        (head(name), *_numbers(frame, values, counted, key, Source(f"{name} ({frame.unit.name})", page)))
        for name, values, key in (
            ("정원", counted.quota, "org:quota"),
            ("현원", counted.actual, "org:actual"),
        )
    ]
    yield Grid((tuple(top), tuple(grades), *rows), "인력 현황", short(frame.base), "명")


def _categories(counted: Staffing) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (_name(category), [cell for cell in counted.cells if cell[0] == category])
        for category in counted.categories
    ]


def _name(category: str) -> str:
    return str(Category(category).label)


def _numbers(frame: Frame, values: Counter, counted: Staffing, key: str, source: Source) -> list[Square]:
    """The total, then each category's sum before its grades."""
    counts = [sum(values.values())]
    for category in counted.categories:
        own = [values[each] for each in counted.cells if each[0] == category]
        counts += [sum(own), *own]
    return [cell(frame.figure(count, key, source)) for count in counts]


def money(frame: Frame, kind: str) -> Iterator[Part]:
    """Budget lines of the unit and those under it, in 천원."""
    lines = [
        line for line in current_lines(frame.units, frame.base.year, kind) if line.book.base_on <= frame.base
    ]
    if not lines:
        yield Statement("○", (f"확인된 {frame.base.year}년 {Book.Kind(kind).label} 예산이 없음",))
        return
    for book in dict.fromkeys(line.book for line in lines):
        own = [line for line in lines if line.book_id == book.pk]
        words = book.words
        title = (
            f"{book.unit.name} {book.get_kind_display()} 현황"
            if book.unit_id != frame.unit.pk
            else f"{book.get_kind_display()} 현황"
        )
        top = (head("구분"), *(head(words[name]) for name in ("budget", "spent", "left", "rate")))
        yield Grid((top, *(_line(frame, line) for line in own)), title, short(book.base_on), "천원")


def _line(frame: Frame, line: Line) -> tuple[Square, ...]:
    page = f"{reverse('budget_book', args=[line.book_id])}#line{line.order}"
    key = f"figures:{line.pk}"
    source = Source(f"{line.book} {line.label}", page)

    def thousand(won: int | None) -> Square:
        if won is None:
            return cell("-")
        value = Decimal(won) / 1000
        return cell(frame.figure(value, key, source, f"{value:,.0f}"))

    rate = cell(frame.figure(line.rate, key, source, f"{line.rate}%")) if line.rate is not None else cell("-")
    return (
        label(line.label, line.depth),
        thousand(line.budget),
        thousand(line.spent),
        thousand(line.left),
        rate,
    )
