"""What was promised to the council, and what came of it by the base day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from sijeong.cases.models import CaseTypeVersion, FollowUp
from sijeong.reports.writing.model import Grid, Part, Square, Statement

from .pieces import Frame, cell, head, label, short, words

_STATES = {"kept": "이행", "running": "이행 중", "late": "기한 지남", "dropped": "중단"}
_LONGEST = 60


def promises(frame: Frame) -> Iterator[Part]:
    """By kind of case how many were kept; then those whose day has passed, one by one."""
    found = _promises(frame)
    if not found:
        yield Statement("○", ("날짜를 정해 한 약속 없음",))
        return
    types = CaseTypeVersion.objects.filter(government=frame.unit.government, current=True)
    names = dict(types.values_list("code", "name"))
    kinds: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for promise in found:
        kinds[promise.case.type_code][_state(promise, frame)].append(promise.pk)

    def row(name: str, code: str, told: dict[str, list[int]]) -> tuple[Square, ...]:
        every = [key for state in _STATES for key in told.get(state, [])]
        columns = {"": every} | {state: told.get(state, []) for state in _STATES}
        return (
            label(name),
            *(
                cell(frame.counted(rows, f"promises:{code}:{state}", f"{name}: {_STATES.get(state, '계')}"))
                for state, rows in columns.items()
            ),
        )

    whole = {state: [key for told in kinds.values() for key in told.get(state, [])] for state in _STATES}
    rows = [
        row("계", "", whole),
        *(row(names.get(code, code), code, told) for code, told in sorted(kinds.items())),
    ]
    top = (head("구분"), head("계"), *map(head, _STATES.values()))
    yield Grid((top, *rows), "의회에 한 약속의 이행", short(frame.base), "건")
    yield from _overdue(frame, found)


def _overdue(frame: Frame, found: list[FollowUp]) -> Iterator[Part]:
    late = [promise for promise in found if _state(promise, frame) == "late"]
    if late:
        top = (head("할 일"), head("부서"), head("기한"), head("사안"))
        rows = [
            (
                words(promise.text),
                cell(promise.unit.name),
                cell(short(promise.due_on)),
                cell(promise.case.number),
            )
            for promise in late[:_LONGEST]
        ]
        yield Grid((top, *rows), "기한이 지난 약속")
    if len(late) > _LONGEST:
        yield Statement("※", (f"기한이 이른 {_LONGEST}건만 적음. 나머지는 {reverse('follow_ups')}?due=late",))


def _promises(frame: Frame) -> list[FollowUp]:
    """Promises of the units in answers that had been handed over, or that a source had told of."""
    told = Q(case__delivered_at__lt=frame.end) | Q(case__outcome_basis="source")
    return list(
        FollowUp.objects.filter(told, unit_id__in=frame.units, case__received_at__lt=frame.end)
        .exclude(state=FollowUp.State.PLANNED)
        .select_related("case", "unit").order_by("due_on", "pk")
    )  # fmt: skip


def _state(promise: FollowUp, frame: Frame) -> str:
    if promise.closed_at and promise.closed_at < frame.end:
        return "dropped" if promise.state == FollowUp.State.DROPPED else "kept"
    return "late" if promise.due_on < frame.base else "running"
