"""Are the sums what the journal says? Counted from events alone, and once more from the rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sijeong.audit.models import Event
from sijeong.cases.counts import Counts, Facts, Place, total
from sijeong.cases.models import Case, Tally, TallyDelta
from sijeong.cases.replay import replayed
from sijeong.org.models import Government, Unit

from .reading import ALL_TYPES, ALL_UNITS, Line, Wanted, lines_of, read

Progress = Callable[[int, int], None]
NAMES = {
    "received": "접수", "on_time": "기한 안", "late": "기한 지나 전달", "open": "처리 중", "told": "출처의 진술",
    "ended": "취하·병합", "extended": "연장",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """A sum that is not what it should be; ``rows`` None where they were not looked at."""

    where: str
    what: str
    sums: int
    journal: int
    rows: int | None = None

    def __str__(self) -> str:
        rows = "" if self.rows is None else f", 사안 {self.rows:,}"
        return f"{self.where} {self.what}: 요약 {self.sums:,}, 일지 {self.journal:,}{rows}"


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see one moment, and nobody waits for them. Inside a transaction it is that one's."""
    if connection.in_atomic_block:
        yield
        return
    begin = (
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN"
    )
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def from_journal(government: Government, progress: Progress = lambda done, total: None) -> Counts:
    """Counts from the events of cases and nothing else."""
    events = Event.objects.filter(government_id=government.pk, subject=Case.SUBJECT).order_by(
        "subject_id", "seq"
    )
    how_many = events.count()

    def told() -> Iterator[Facts]:
        done = 0
        rows = events.values_list("subject_id", "data").iterator(2000)
        for _, chain in groupby(rows, key=lambda row: row[0]):
            data = [event for _, event in chain]
            done += len(data)
            progress(done, how_many)
            yield _facts(data)

    return total(told())


def _facts(data: list[dict[str, object]]) -> Facts:
    """The facts that a case's events add up to."""
    values = replayed(data)
    due_on, delivered, received = values.get("due_on"), values.get("delivered_at"), values.get("received_at")
    return Facts(
        lead=values.get("lead_id"), type_code=str(data[0].get("type", "")).partition("@")[0],
        kind=values.get("kind", ""), received_on=_day(received) or dt.date.min, open=values.get("open", True),
        due_on=dt.date.fromisoformat(due_on) if due_on else None, paused=bool(values.get("paused_on")),
        delivered_on=_day(delivered), outcome=values.get("outcome", ""), basis=values.get("outcome_basis", ""),
        extensions=values.get("extensions", 0),
    )  # fmt: skip


def _day(moment: str | None) -> dt.date | None:
    parsed = parse_datetime(moment) if moment else None
    return timezone.localtime(parsed).date() if parsed else None


def from_rows(government: Government) -> Counts:
    """Counts from the cases as they stand."""
    cases = Case.objects.filter(government=government).defer("term_data", "question", "fields")
    return total(case.facts for case in cases.iterator(2000))


def kept() -> list[Government]:
    """The governments that have cases, or sums of cases."""
    having = {*Case.objects.values_list("government", flat=True).order_by().distinct()}
    having |= {*Tally.objects.values_list("government", flat=True).order_by().distinct()}
    having |= {*TallyDelta.objects.values_list("government", flat=True).order_by().distinct()}
    return list(Government.objects.filter(pk__in=having).order_by("pk"))


def differences(
    government: Government, progress: Progress = lambda done, total: None, *, rows: bool = True
) -> Iterator[Difference]:
    """Every sum, folded or not, that differs from the journal, or from the ``rows``.

    Sums of years and of all divisions are named only where each month's of each division are right.
    """
    with snapshot():
        everything = [
            Wanted(span, each_unit=each, each_type=kinds)
            for span in Tally.Span
            for each in (True, False)
            for kinds in (True, False)
        ]
        sums = read(government.pk, *everything).lines
        journal = _lines(from_journal(government, progress))
        counted = [sums, journal, *([_lines(from_rows(government))] if rows else [])]
        names = dict(Unit.objects.filter(government=government).values_list("pk", "name"))
    every = sorted(set().union(*counted))
    for lines in ([line for line in every if line.single], [line for line in every if not line.single]):
        found = [each for line in lines for each in _at(line, counted, names)]
        yield from found
        if found:
            return


def _at(line: Line, counted: list[dict[Line, Counter[str]]], names: dict[int, str]) -> Iterator[Difference]:
    counts = [found.get(line, Counter()) for found in counted]
    for name in sorted({name for one in counts for name in one}):
        values = [one[name] for one in counts]
        if len(set(values)) > 1:
            yield Difference(_where(line, names), NAMES.get(name, name), *values)


def _lines(counts: Counts) -> dict[Line, Counter[str]]:
    found: dict[Line, Counter[str]] = {}
    for place, told in counts.items():
        for line in lines_of(*Place(*place)):
            found.setdefault(line, Counter()).update(told)
    return found


def _where(line: Line, names: dict[int, str]) -> str:
    when = f"{line.start.year}년" + (f" {line.start.month}월" if line.span == Tally.Span.MONTH else "")
    unit = {ALL_UNITS: "전체 부서", 0: "배정 전"}.get(line.unit) or names.get(line.unit, f"부서 {line.unit}")
    return f"{when} {unit} {'모든 종류' if line.type_code == ALL_TYPES else line.type_code}"
