"""What `sijeong doctor` asks of cases: does every row say what its journal says, and is every number there?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import orjson
from django.core.files.storage import default_storage
from django.db.models import Count, F, Max

from sijeong.audit.journal import Fault, chain_faults, head_fault
from sijeong.audit.models import Event
from sijeong.catalog import City, plan
from sijeong.documents.models import File
from sijeong.org.models import Government

from .actions.catalogue import applied_types
from .models import Case, NumberSeries, Part
from .replay import replayed

Progress = Callable[[int, int], None]
# What a row has before any event sets it otherwise.
AT_FIRST = {name: getattr(Case(), name) for name in Case.TRACKED}


def journal_faults(progress: Progress = lambda done, total: None) -> Iterator[Fault]:
    """Every case against its chain of events: links, head, and state recomputed. Constant memory."""
    total = Case.objects.count()
    cases = Case.objects.order_by("pk").iterator(2000)
    events = Event.objects.filter(subject=Case.SUBJECT).order_by("subject_id", "seq").iterator(2000)
    chains = groupby(events, key=lambda event: event.subject_id)
    key, chain = next(chains, (None, iter(())))
    for done, case in enumerate(cases, 1):
        while key is not None and key < case.pk:
            yield Fault(Case.SUBJECT, key, None, "일지에는 있으나 사안이 없습니다")
            key, chain = next(chains, (None, iter(())))
        mine = list(chain) if key == case.pk else []
        if key == case.pk:
            key, chain = next(chains, (None, iter(())))
        yield from chain_faults(mine)
        if fault := head_fault(case, mine[-1] if mine else None):
            yield fault
        yield from _state_faults(case, mine)
        if done % 1000 == 0 or done == total:
            progress(done, total)


def _state_faults(case: Case, events: list[Event]) -> Iterator[Fault]:
    told = AT_FIRST | replayed(event.data for event in events)
    stored = orjson.loads(orjson.dumps({name: getattr(case, name) for name in Case.TRACKED}))
    for name, value in stored.items():
        if _plain(told.get(name)) != _plain(value):
            yield Fault(
                Case.SUBJECT,
                case.pk,
                None,
                f"{case.number}의 {name}: 행은 {value!r}, 일지는 {told.get(name)!r}",
            )


def _plain(value: object) -> object:
    """Times as both databases and JSON write them alike."""
    return value.replace("Z", "+00:00") if isinstance(value, str) else value


def number_faults() -> Iterator[str]:
    """Gaps and doubles in the number series."""
    for series in NumberSeries.objects.select_related("government").order_by("pk"):
        start = f"{series.prefix}-{series.year}-"
        found = Case.objects.filter(government=series.government, number__startswith=start).aggregate(
            how_many=Count("pk"), last=Max("number")
        )
        last = int((found["last"] or "0").rsplit("-", 1)[-1])
        if (found["how_many"], last) != (series.last, series.last):
            yield (
                f"{series.government} {start}: {series.last}번까지 주었으나 사안은 {found['how_many']}건, "
                f"마지막 번호는 {last}입니다"
            )


def unit_faults() -> Iterator[str]:
    """Open cases that lie with a unit that is no more."""
    left = Part.objects.filter(active=True, case__open=True, unit__valid_to__isnull=False)
    for part in left.select_related("case", "unit")[:100]:
        yield f"{part.case.number}: 폐지된 {part.unit.name}에 남아 있습니다"


def part_faults() -> Iterator[str]:
    """Parts that know another day of receipt than their case's: lists would have them in a wrong place."""
    wrong = Part.objects.exclude(received_at=F("case__received_at")).select_related("case", "unit")
    for part in wrong.order_by("pk")[:100]:
        yield f"{part.case.number}: {part.unit.name}의 몫에 적힌 접수 일시가 사안과 다릅니다"


def file_faults(progress: Progress = lambda done, total: None) -> Iterator[str]:
    """Files on record whose bytes are missing or of another length."""
    files = File.objects.order_by("pk")
    total = files.count()
    for done, file in enumerate(files.iterator(2000), 1):
        if not default_storage.exists(file.path):
            yield f"파일 {file.pk} {file.name}: 저장소에 없습니다"
        elif default_storage.size(file.path) != file.size:
            yield f"파일 {file.pk} {file.name}: 크기가 기록({file.size:,}바이트)과 다릅니다"
        if done % 500 == 0 or done == total:
            progress(done, total)


def catalog_faults(government: Government, city: City) -> list[str]:
    """Case types of the folder that are not applied."""
    changes = plan(applied_types(government), city.case_types)
    waiting = (*changes.created, *changes.changed)
    return [
        f"{government}: {change.code} 종류가 적용되지 않았습니다 (sijeong catalog apply)"
        for change in waiting
    ]
