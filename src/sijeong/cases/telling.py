"""What people are told when something happens to a case. Called where the event is written, in its transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sijeong.audit.models import Event
from sijeong.notices.actions import tell
from sijeong.notices.models import Subscription
from sijeong.notices.told import Told
from sijeong.org.models import User
from sijeong.org.viewer import viewer_for

from .korean import day, settled
from .roster import askers, roster

if TYPE_CHECKING:
    from .models import Case


def after(case: Case, event: Event) -> None:
    """Tell whom the event concerns, and who subscribed to the case or to all of its asker; never who did it."""
    told = list(TELLS[event.act](case, event)) if event.act in TELLS else []
    told = [one for one in told if one.person != event.actor_id]
    told += _subscribed(case, event, {one.person for one in told})
    if told:
        tell(government_id=case.government_id, told=told, at=event.at)


def _told(case: Case, event: Event, people: Iterable[int], kind: str, text: str, **more: Any) -> list[Told]:
    return [
        Told(
            person=person, kind=kind, key=f"{kind}:{case.pk}:{event.seq}", about=f"case:{case.pk}",
            subject=case.number, title=case.title, address=reverse("case", args=[case.number]),
            text=settled(text), **more,
        )
        for person in dict.fromkeys(people)
    ]  # fmt: skip


def _askers(case: Case) -> list[int]:
    return askers([(case.asker_id, case.asker_unit_id)], timezone.localdate())[0]


def _working(case: Case, *, heads: bool = False) -> list[int]:
    """Who answers for the case, with their deputies; or its heads, with theirs."""
    people = roster(case.government_id, {case.lead_id} if case.lead_id else set(), timezone.localdate())
    found = (
        people.heads.get(case.lead_id or 0, []) if heads else people.answers(case.lead_id, case.officer_id)
    )
    return [one for person in found for one in (person, *people.deputies.get(person, ()))]


def _assigned(case: Case, event: Event) -> list[Told]:
    parts = list(case.parts.filter(active=True).values_list("unit_id", "kind"))
    people = roster(case.government_id, {unit for unit, _ in parts}, timezone.localdate())
    until = f" 기한 {day(case.due_on)}." if case.due_on else ""
    told = []
    for unit, kind in parts:
        if event.act != "assign" and kind != "lead":
            continue
        text = "주관부서로 배정되었습니다." if kind == "lead" else "협조부서로 지정되었습니다."
        takers = [one for who in people.takers(unit) for one in (who, *people.deputies.get(who, ()))]
        told += _told(case, event, takers, "assigned", text + until)
    return told


def _started(case: Case, event: Event) -> list[Told]:
    until = f" 기한 {day(case.due_on)}." if case.due_on else ""
    officer = [case.officer_id] if case.officer_id else []
    return _told(case, event, officer, "assigned", f"담당자로 지정되었습니다.{until}")


def _submitted(case: Case, event: Event) -> list[Told]:
    return _told(case, event, _working(case, heads=True), "approval", "답변이 결재를 기다립니다.")


def _sent_back(case: Case, event: Event) -> list[Told]:
    return _told(case, event, _working(case), "approval", "답변이 반려되었습니다. 사유를 보고 고쳐 주십시오.")


def _extension_asked(case: Case, event: Event) -> list[Told]:
    """Whoever may decide it, in time."""
    people = roster(case.government_id, {case.lead_id} if case.lead_id else set(), timezone.localdate())
    until = f" 기한 {day(case.due_on)}까지 정해야 합니다." if case.due_on else ""
    text = f"{event.data['length']} 연장을 요청했습니다.{until}"
    deciding = people.deciding(case.lead_id)
    return _told(
        case,
        event,
        [one for who in deciding for one in (who, *people.deputies.get(who, ()))],
        "extension",
        text,
    )


def _extended(case: Case, event: Event) -> list[Told]:
    text = f"기한이 {day(case.due_on)}로 연장되었습니다." if case.due_on else "기한이 연장되었습니다."
    return _told(case, event, [*_askers(case), *_working(case), *_who_asked(event)], "extended", text)


def _extension_refused(case: Case, event: Event) -> list[Told]:
    until = f" 기한은 {day(case.due_on)} 그대로입니다." if case.due_on else ""
    text = f"연장 요청이 거절되었습니다.{until} 사유를 보십시오."
    return _told(case, event, [*_who_asked(event), *_working(case)], "extension", text)


def _who_asked(event: Event) -> list[int]:
    """Who asked for the extension that was decided."""
    return [event.data["asked_by"]] if event.data.get("asked_by") else []


def _delivered(case: Case, event: Event) -> list[Told]:
    text = "답변이 전달되었습니다. 읽고 수령을 확인해 주십시오."
    recipients = case.deliveries.exclude(recipient=None).values_list("recipient_id", flat=True)
    return _told(case, event, [*_askers(case), *(pk for pk in recipients if pk)], "delivered", text)


def _acknowledged(case: Case, event: Event) -> list[Told]:
    return _told(
        case, event, _working(case), "acknowledged", f"{event.data['recipient']} 님이 수령을 확인했습니다."
    )


def _judged(case: Case, event: Event) -> list[Told]:
    text = (
        "요구한 의원이 답변이 충분하다고 했습니다."
        if event.data.get("sufficient")
        else "요구한 의원이 답변이 부족하다고 했습니다."
    )
    return _told(case, event, _working(case), "acknowledged", text)


def _asked_again(case: Case, event: Event) -> list[Told]:
    return _told(case, event, _working(case), "acknowledged", "요구한 의원이 다시 요구했습니다.")


TELLS: dict[str, Callable[[Case, Event], list[Told]]] = {
    "assign": _assigned, "pass_on": _assigned, "start": _started, "submit": _submitted, "send_back": _sent_back,
    "ask_extension": _extension_asked, "extend": _extended, "refuse_extension": _extension_refused,
    "deliver": _delivered, "acknowledge": _acknowledged,
    "judge": _judged, "ask_again": _asked_again,
}  # fmt: skip


def subjects(case: Case) -> list[str]:
    """The subscriptions that the case belongs to."""
    found = [f"case:{case.pk}"]
    found += [f"asker:{case.asker_id}"] if case.asker_id else []
    return found + ([f"asker_unit:{case.asker_unit_id}"] if case.asker_unit_id else [])


def is_subscribed(person: User, case: Case) -> bool:
    """Whether the person, for whom the case was found, asked to hear of it."""
    if case.has.subscriber is not None:
        return case.has.subscriber
    return Subscription.objects.filter(person=person, subject=f"case:{case.pk}").exists()


def _subscribed(case: Case, event: Event, already: set[int]) -> list[Told]:
    """Subscribers hear of a state that looks different from outside, and of a term that moves.

    Each in the words of their own pages: the council's have other names for states than the city's.
    """
    texts = {asked: _news(case, event, asked=asked) for asked in (True, False)}
    if not texts[True]:
        return []
    held = Subscription.objects.filter(
        Q(subject__in=subjects(case)), ~Q(person_id__in={*already, event.actor_id or 0}),
        government_id=case.government_id, person__is_active=True,
    ).order_by("pk")  # fmt: skip
    told = []
    for one in User.objects.filter(pk__in=held.values("person_id")):
        viewer = viewer_for(one, timezone.localdate())
        if type(case).objects.visible_to(viewer).filter(pk=case.pk).exists():
            by = next(s.pk for s in held if s.person_id == one.pk)
            told += _told(case, event, [one.pk], "subscribed", texts[bool(viewer.members)], subscription=by)
    return told


def _news(case: Case, event: Event, *, asked: bool) -> str:
    changes = event.data.get("set", {})
    if "state" in changes:
        now = case.public_state
        before = case.case_type.state(case.state_before).public if case.state_before else ""
        name = now if asked else case.state_label
        return settled(f"상태가 ‘{name}’(으)로 바뀌었습니다.") if now != before else ""
    if "due_on" in changes and case.due_on and event.act != "recalendar":
        return f"기한이 {day(case.due_on)}로 바뀌었습니다."
    return ""
