"""의회 관련: audit findings with what became of them, data requests in numbers, requests for improvement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone

from sijeong.audit.models import Event
from sijeong.cases.models import Answer, Case, CaseQuerySet
from sijeong.cases.models import Part as Share
from sijeong.cases.replay import replayed
from sijeong.reports.writing.model import Grid, Part, Run, Source, Square, Statement

from .pieces import Frame, bound, cell, head, label, short, statements

FINDING, REQUEST, IMPROVEMENT = "audit_finding", "data_request", "law_improvement"
_FATES = {
    "on_time": "기한 안 제출", "late": "기한 지나 제출", "open": "처리 중", "told": "출처에 적힌 것", "ended": "취하·병합",
}  # fmt: skip
_ALWAYS = ("on_time", "late", "open")


def _of(frame: Frame, code: str) -> CaseQuerySet:
    """Cases of the type that the unit or those under it lead or led, received up to the base day."""
    return Case.objects.filter(
        government=frame.unit.government,
        type_code=code,
        lead_id__in=frame.units,
        received_at__lt=frame.end,
    )


def _then(cases: Iterable[int], frame: Frame) -> dict[int, dict]:
    """What each case's events up to the base day tell of it."""
    events = Event.objects.filter(subject=Case.SUBJECT, subject_id__in=list(cases), at__lt=frame.end)
    told: dict[int, list[dict]] = {}
    for key, data in events.order_by("subject_id", "seq").values_list("subject_id", "data"):
        told.setdefault(key, []).append(data)
    return {key: replayed(events) for key, events in told.items()}


def _outcomes(cases: list[Case], frame: Frame) -> dict[int, str]:
    """Each case's outcome on the base day."""
    if frame.base >= timezone.localdate():
        return {case.pk: case.outcome for case in cases}
    then = _then((case.pk for case in cases), frame)
    return {case.pk: str(then.get(case.pk, {}).get("outcome", "")) for case in cases}


def findings(frame: Frame) -> Iterator[Part]:
    """The summary by kind and outcome, then each kind's findings beside what was done and promised."""
    known = _of(frame, FINDING).select_related("type")
    cases = list(known.order_by("source_order", "received_at", "pk"))
    if not cases:
        yield Statement("○", ("처리요구사항 없음",))
        return
    outcomes = _outcomes(cases, frame)
    yield _summary(frame, cases, outcomes)
    answers, divisions = _answers(cases), _divisions(cases)
    for kind in cases[0].case_type.kinds:
        own = [case for case in cases if case.kind == kind.code]
        if not own:
            continue
        # The words that offices put over findings, and by which a reader knows them.
        name = kind.name if kind.name.endswith(")") else f"{kind.name}사항"
        top = (head(name), head("조치결과 및 향후계획"))
        rows = [
            (_asked(case, divisions[case.pk]), _told(frame, case, outcomes[case.pk], answers.get(case.pk)))
            for case in own
        ]
        yield Grid((top, *rows), name)


def _summary(frame: Frame, cases: list[Case], outcomes: dict[int, str]) -> Grid:
    case_type = cases[0].case_type
    columns: dict[str | None, str] = {None: "계"} | {o.code: o.name for o in case_type.outcomes}
    if not all(outcomes.values()):
        columns[""] = "처리 전"

    def number(name: str, kind: str | None, outcome: str | None) -> Square:
        counted = [
            case.pk for case in cases if kind in {None, case.kind} and outcome in {None, outcomes[case.pk]}
        ]
        told = f"처리요구사항: {name}, {columns[outcome]}"
        return cell(
            frame.counted(counted, f"cases:finding:{kind or '*'}:{'*' if outcome is None else outcome}", told)
        )

    kinds: dict[str | None, str] = {None: "계"} | {kind.code: kind.name for kind in case_type.kinds}
    rows = [
        (label(name), *(number(name, kind, outcome) for outcome in columns)) for kind, name in kinds.items()
    ]
    top = (head("구분"), *map(head, columns.values()))
    return Grid((top, *rows), "행정사무감사 처리요구사항 처리결과", short(frame.base), "건")


def _answers(cases: list[Case]) -> dict[int, Answer]:
    """The last answer of each that was approved or came with the case."""
    states = [Answer.State.APPROVED, Answer.State.SOURCE]
    found = Answer.objects.filter(case__in=cases, state__in=states).order_by("case", "number")
    return {answer.case_id: answer for answer in found}


def _divisions(cases: list[Case]) -> dict[int, list[str]]:
    """The divisions of each, the lead one first."""
    found: dict[int, list[str]] = defaultdict(list)
    shares = Share.objects.filter(case__in=cases, active=True).select_related("unit")
    for share in sorted(shares, key=lambda share: (share.kind != Share.Kind.LEAD, share.unit.name)):
        found[share.case_id].append(share.unit.name)
    return found


def _asked(case: Case, divisions: list[str]) -> Square:
    lines = ["○ " + " ".join(case.question.split()), *([f"({', '.join(divisions)})"] if divisions else [])]
    return Square(tuple((line,) for line in lines), align="left")


def _told(frame: Frame, case: Case, outcome: str, answer: Answer | None) -> Square:
    """What stands, what was done, what will be done."""
    page = reverse("case", args=[case.number])
    source, key = Source(f"{case.number} {case.title}", page), f"case:{case.pk}"
    name = next((o.name for o in case.case_type.outcomes if o.code == outcome), "처리 전")
    lines: list[tuple[Run, ...]] = [(f"□ 추진상황 : {name}",)]
    body = answer.body if answer and outcome else {}
    for title, code in (("추진내용", "action"), ("향후계획", "plan")):
        said = [line.strip(" ○◦-·□\t") for line in str(body.get(code, "")).splitlines()]
        if any(said):
            lines.append((f"□ {title}",))
            lines += [("◦ ", *bound(line, frame, key, source)) for line in said if line]
    return Square(tuple(lines), align="left")


def requests(frame: Frame) -> Iterator[Part]:
    """Data requests of the years by what had become of them on the base day; the columns add up to what came in."""
    years = _fates(frame)
    if not years:
        yield Statement("○", ("의원요구자료 없음",))
        return
    shown = [fate for fate in _FATES if fate in _ALWAYS or any(fate in told for told in years.values())]

    def number(year: int, fate: str, rows: list[int]) -> Square:
        return cell(
            frame.counted(
                rows, f"cases:request:{year}:{fate}", f"의원요구자료 {year}년 {_FATES.get(fate, '접수')}"
            )
        )

    body = [
        (
            head(f"{year}년"), number(year, "", [key for rows in told.values() for key in rows]),
            *(number(year, fate, told[fate]) for fate in shown),
        )
        for year, told in sorted(years.items())
    ]  # fmt: skip
    top = (head("연도"), head("접수"), *(head(_FATES[fate]) for fate in shown))
    yield Grid((top, *body), "의원요구자료 처리현황", short(frame.base), "건")


def _fates(frame: Frame) -> dict[int, dict[str, list[int]]]:
    """Year of receipt → fate (of ``cases.counts``, as of the base day) → the cases."""
    years: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    closed: list[tuple[int, int, str]] = []
    fields = ("pk", "received_at", "delivered_at", "due_on", "open", "outcome_basis")
    for key, received, delivered, due, still, basis in _of(frame, REQUEST).values_list(*fields):
        year = timezone.localtime(received).year
        if delivered and delivered < frame.end:
            late = due is not None and timezone.localtime(delivered).date() > due
            years[year]["late" if late else "on_time"].append(key)
        elif still or delivered:
            years[year]["open"].append(key)
        else:
            closed.append((key, year, "told" if basis == "source" else "ended"))
    then = _then((key for key, *_ in closed), frame) if closed else {}
    for key, year, fate in closed:
        years[year]["open" if then.get(key, {}).get("open", True) else fate].append(key)
    return years


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
        for code, name in labels.items():
            if text := str(case.fields.get(code, "")).strip():
                yield Statement("○", (name,))
                for part in statements(text, frame, key, source):
                    if isinstance(part, Statement):
                        yield Statement("-", part.runs)
    if not labels:
        yield Statement("○", ("건의한 사항 없음",))
