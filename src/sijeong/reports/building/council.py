"""의회 관련: audit findings with what became of them, data requests in numbers, requests for improvement."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from sijeong.audit.models import Event
from sijeong.cases.models import Answer, Case, CaseQuerySet
from sijeong.cases.replay import replayed
from sijeong.reports.writing.model import Grid, Part, Source, Square, Statement

from .pieces import Frame, cell, head, short, statements

FINDING, REQUEST, IMPROVEMENT = "audit_finding", "data_request", "law_improvement"


def _of(frame: Frame, code: str) -> CaseQuerySet:
    """Cases of the type that the unit or those under it lead or led, received up to the base day."""
    return Case.objects.filter(
        government=frame.unit.government,
        type_code=code,
        lead_id__in=frame.units,
        received_at__lt=_end(frame.base),
    )


def _end(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _page(frame: Frame, code: str, **more: str) -> str:
    return f"{reverse('cases')}?{urlencode({'type': code, 'scope': 'all', 'unit': frame.unit.pk} | more)}"


def _outcomes(cases: list[Case], base: dt.date) -> dict[int, str]:
    """Each case's outcome as its events up to the base day tell it."""
    if base >= timezone.localdate():
        return {case.pk: case.outcome for case in cases}
    events = Event.objects.filter(
        subject=Case.SUBJECT, subject_id__in=[c.pk for c in cases], at__lt=_end(base)
    )
    told: dict[int, list[dict]] = {}
    for key, data in events.order_by("subject_id", "seq").values_list("subject_id", "data"):
        told.setdefault(key, []).append(data)
    return {case.pk: str(replayed(told.get(case.pk, [])).get("outcome", "")) for case in cases}


def findings(frame: Frame) -> Iterator[Part]:
    """The summary by kind and outcome, then every finding with what was asked, done and promised."""
    cases = list(_of(frame, FINDING).select_related("type").order_by("source_order", "received_at", "pk"))
    if not cases:
        yield Statement("○", ("처리요구사항 없음",))
        return
    outcomes = _outcomes(cases, frame.base)
    yield _summary(frame, cases, outcomes)
    answers = _answers(cases)
    for kind in cases[0].case_type.kinds:
        own = [case for case in cases if case.kind == kind.code]
        if own:
            # The words that offices put over findings, and by which a reader knows them.
            yield Statement("", (kind.name if kind.name.endswith(")") else f"{kind.name}사항",))
        for case in own:
            yield from _finding(frame, case, outcomes[case.pk], answers.get(case.pk))


def _summary(frame: Frame, cases: list[Case], outcomes: dict[int, str]) -> Grid:
    case_type = cases[0].case_type
    counted = Counter((case.kind, outcomes[case.pk]) for case in cases)
    columns = [*case_type.outcomes]
    waiting = any(not outcome for outcome in outcomes.values())
    top = (
        head("구분"),
        head("계"),
        *(head(o.name) for o in columns),
        *([head("처리 전")] if waiting else []),
    )

    def row(name: str, kind: str | None) -> tuple[Square, ...]:
        def number(outcome: str | None) -> Square:
            count = sum(n for (k, o), n in counted.items() if kind in {None, k} and outcome in {None, o})
            more = ({"kind": kind} if kind else {}) | (
                {"outcome": outcome or "-"} if outcome is not None else {}
            )
            label = f"처리요구사항: {name}"
            return cell(
                frame.figure(
                    count, f"cases:finding:{kind}:{outcome}", Source(label, _page(frame, FINDING, **more))
                )
            )

        codes: list[str | None] = [None, *(o.code for o in columns), *([""] if waiting else [])]
        return (head(name), *(number(code) for code in codes))

    rows = [row("계", None), *(row(kind.name, kind.code) for kind in case_type.kinds)]
    return Grid((top, *rows), "행정사무감사 처리요구사항 처리결과", short(frame.base), "건")


def _answers(cases: list[Case]) -> dict[int, Answer]:
    """The last answer of each that was approved or came with the case."""
    states = [Answer.State.APPROVED, Answer.State.SOURCE]
    found = Answer.objects.filter(case__in=cases, state__in=states).order_by("case", "number")
    return {answer.case_id: answer for answer in found}


def _finding(frame: Frame, case: Case, outcome: str, answer: Answer | None) -> Iterator[Part]:
    page = reverse("case", args=[case.number])
    source, key = Source(f"{case.number} {case.title}", page), f"case:{case.pk}"
    name = next((o.name for o in case.case_type.outcomes if o.code == outcome), "처리 전")
    yield Statement("○", (" ".join(case.question.split()),))
    yield Statement("□", (f"추진상황 : {name}",))
    body = answer.body if answer and outcome else {}
    for title, code in (("추진내용", "action"), ("향후계획", "plan")):
        if text := str(body.get(code, "")).strip():
            yield Statement("□", (title,))
            for part in statements(text, frame, key, source):
                if isinstance(part, Statement):
                    yield Statement("-", part.runs)


def requests(frame: Frame) -> Iterator[Part]:
    """Data requests of the years: received, delivered, on time, late, open as of the base day."""
    end = _end(frame.base)
    late = Q(delivered_at__lt=end, delivered_at__date__gt=F("due_on"))
    given = Q(delivered_at__lt=end)
    rows = (
        _of(frame, REQUEST).values("received_at__year")
        .annotate(n=Count("pk"), given=Count("pk", filter=given), tardy=Count("pk", filter=late))
        .order_by("received_at__year")
    )  # fmt: skip
    if not rows:
        yield Statement("○", ("의원요구자료 없음",))
        return
    names = ("접수", "전달", "기한 안", "기한 지나", "전달 전")
    body = [_year(frame, dict(row)) for row in rows]
    yield Grid(((head("연도"), *map(head, names)), *body), "의원요구자료 처리현황", short(frame.base), "건")


def _year(frame: Frame, row: dict) -> tuple[Square, ...]:
    year = row["received_at__year"]

    def number(count: int, fate: str) -> Square:
        page = _page(frame, REQUEST, year=str(year), **({"fate": fate} if fate else {}))
        source = Source(f"의원요구자료 {year}년", page)
        return cell(frame.figure(count, f"cases:request:{year}:{fate}", source))

    given = row["given"] - row["tardy"]
    return (
        head(f"{year}년"), number(row["n"], ""), number(row["given"], "delivered"), number(given, "on_time"),
        number(row["tardy"], "late"), number(row["n"] - row["given"], "open"),
    )  # fmt: skip


def improvements(frame: Frame) -> Iterator[Part]:
    """Requests to change a law or a system: present state, problem, request, provisions."""
    cases = _of(frame, IMPROVEMENT).select_related("type").order_by("received_at", "pk")
    names = ((f.code, f.name) for f in cases[0].case_type.fields) if cases else ()
    labels = dict(names)
    for case in cases:
        source, key = (
            Source(f"{case.number} {case.title}", reverse("case", args=[case.number])),
            f"case:{case.pk}",
        )
        yield Statement("□", (case.title,))
        for code, label in labels.items():
            if text := str(case.fields.get(code, "")).strip():
                yield Statement("○", (label,))
                for part in statements(text, frame, key, source):
                    if isinstance(part, Statement):
                        yield Statement("-", part.runs)
    if not labels:
        yield Statement("○", ("건의한 사항 없음",))
