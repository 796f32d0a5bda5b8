"""What waits for whom: the lists people begin their day with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from sijeong.org.models import Role
from sijeong.org.viewer import Viewer

from .load import coming, loads
from .models import Answer, Case, CaseQuerySet, Delivery, FollowUp

SOON = dt.timedelta(days=3)
PROMISES = 20  # shown of those still to be kept
UNREAD = 50  # deliveries to a member that are shown and counted at most


@dataclass(frozen=True)
class Pile:
    """Cases that wait for one thing of the viewer."""

    code: str
    title: str
    hint: str
    cases: CaseQuerySet
    urgent: bool = False
    todo: str = ""  # what is done with one of them, where they are the viewer's to do
    listed: bool = True  # else only counted, and opened as a list


def open_cases(viewer: Viewer) -> CaseQuerySet:
    """Open ones the viewer may see, the soonest due first."""
    seen = Case.objects.visible_to(viewer).standing()
    return seen.as_rows().soonest()


def requests(viewer: Viewer) -> CaseQuerySet:
    """Those for which more time is asked of the viewer: of planning for all, of heads for their divisions."""
    seen = Case.objects.visible_to(viewer).standing().filter(extension_asked_at__isnull=False)
    asked = seen.with_type("lead", "officer", "extension_asked_by").defer("question", "fields", "term_data")
    asked = asked.order_by("due_on", "pk")
    if viewer.has(Role.PLANNING_OFFICER):
        return asked
    return asked.filter(lead_id__in=viewer.headed | viewer.deputised.keys())


def piles(viewer: Viewer) -> list[Pile]:
    """The piles of the viewer's roles, in the order in which they are worked."""
    cases = open_cases(viewer)
    found = []
    if viewer.headed or viewer.deputised:
        heads = viewer.headed | viewer.deputised.keys()
        waiting = cases.filter(state="in_approval", lead_id__in=heads)
        found.append(
            Pile(
                "approval",
                "결재 대기",
                "상신된 답변입니다. 결재하거나 사유를 적어 반려합니다.",
                waiting,
                urgent=True,
                todo="결재",
            )
        )
    if viewer.headed or viewer.deputised or viewer.has(Role.PLANNING_OFFICER):
        hint = "기한이 지나면 늘릴 수 없습니다. 연장하거나 사유를 적어 거절합니다."
        found.append(Pile("extension", "연장 요청", hint, requests(viewer), urgent=True, todo="연장 정하기"))
    if viewer.has(Role.PLANNING_OFFICER):
        found.append(
            Pile(
                "unassigned",
                "배정 대기",
                "주관부서를 정해야 합니다.",
                cases.filter(state="received"),
                urgent=True,
                todo="배정",
            )
        )
    if viewer.units:
        found += _division_piles(viewer, cases)
    if viewer.members:
        mine = cases.filter(asker_id__in=viewer.members)
        found.append(Pile("asked", "요구한 사안", "답변을 기다리는 요구입니다.", mine))
    if viewer.has(Role.PLANNING_OFFICER, Role.AUDITOR, Role.MAYORS_OFFICE):
        late = cases.filter(due_on__lt=viewer.day, paused_on=None).exclude(outcome_basis="source")
        found.append(Pile("late", "기한 지남", "기한까지 전달되지 않은 사안입니다.", late, urgent=True))
        soon = cases.filter(due_on__gte=viewer.day, due_on__lte=viewer.day + SOON, paused_on=None)
        found.append(Pile("soon", "3일 안에 기한", "오늘부터 사흘 안에 전달해야 합니다.", soon))
        told = cases.filter(outcome_basis="source")
        found.append(
            Pile(
                "source",
                "출처의 진술만 있음",
                "가져온 자료에서 진행 중이라고 한 사안입니다. 기한 지남과 따로 셉니다.",
                told,
            )
        )
    return found


COMING = "coming"
COMING_TITLE = "이대로면 늦을 사안"


def pile_of(viewer: Viewer, code: str) -> Pile | None:
    """The pile that an address names, where the viewer has it."""
    if code == COMING and viewer.has(Role.PLANNING_OFFICER):
        keys = [one.case for one in coming(loads(viewer.user.government, viewer.day))]
        return Pile(COMING, COMING_TITLE, "", open_cases(viewer).filter(pk__in=keys))
    return next((pile for pile in piles(viewer) if pile.code == code), None)


def title_of(viewer: Viewer, code: str) -> str:
    """What a list of the pile says it is; empty for none."""
    if not code:
        return ""
    return COMING_TITLE if code == COMING else next((p.title for p in piles(viewer) if p.code == code), "")


def _division_piles(viewer: Viewer, cases: CaseQuerySet) -> list[Pile]:
    ours = cases.filter(lead_id__in=viewer.units)
    joint = cases.filter(
        parts__unit_id__in=viewer.units, parts__active=True, parts__kind="joint", parts__written_at=None,
        state__in=["assigned", "in_hand"],
    )  # fmt: skip
    last = Answer.objects.filter(case=OuterRef("pk")).exclude(state=Answer.State.DRAFT).order_by("-number")
    returned = ours.filter(state="in_hand", answers__state=Answer.State.RETURNED).annotate(
        last_state=Subquery(last.values("state")[:1])
    )
    returned = returned.filter(last_state=Answer.State.RETURNED).distinct()
    return [
        Pile("returned", "반려된 답변", "사유를 읽고 고쳐 다시 올립니다.", returned, urgent=True, todo="고쳐 다시 상신"),
        Pile(
            "deliver", "전달할 답변", "결재를 마쳤습니다. 전달해야 답변한 것이 됩니다.",
            ours.filter(state="answered"), urgent=True, todo="전달",
        ),
        Pile(
            "mine", "내가 맡은 사안", "담당자가 나인 사안입니다.",
            ours.filter(officer_id=viewer.pk).exclude(state__in=["in_approval", "answered"]), todo="답변 쓰기",
        ),
        Pile("joint", "협조 의견 요청", "협조부서로 의견을 써야 합니다.", joint, todo="협조 의견 쓰기"),
        Pile(
            "division", "부서에 온 사안", "아직 담당자가 없습니다.",
            ours.filter(officer=None).exclude(state="answered"), todo="담당자 정하기",
        ),
        Pile("ours", "우리 부서 사안", "주관부서가 우리 부서인 진행 중 사안입니다.", ours, listed=False),
    ]  # fmt: skip


@dataclass(frozen=True)
class Next:
    """One thing to do now."""

    case: Case
    todo: str


def agenda(found: list[tuple[Pile, int, list[Case]]], most: int = 5) -> list[Next]:
    """What comes next: of the piles' soonest cases, those due first, each case once under its most pressing pile."""
    seen: dict[int, Next] = {}
    for pile, _, cases in found:
        for case in cases if pile.todo else ():
            if not case.paused_on and case.outcome_basis != "source":
                seen.setdefault(case.pk, Next(case, pile.todo))
    return sorted(seen.values(), key=lambda one: (one.case.due_on or dt.date.max, one.case.pk))[:most]


WHEN = (("late", "기한 지남"), ("today", "오늘까지"), ("soon", "3일 안"), ("week", "7일 안"), ("", "모두"))


def load(viewer: Viewer) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """How much of one's own and of one's divisions' is due when: (pile, title, [(due filter, count)]); one query."""
    day, soon, week = viewer.day, viewer.day + SOON, viewer.day + dt.timedelta(days=7)
    running = Q(paused_on=None) & ~Q(outcome_basis="source")
    due = {
        "late": running & Q(due_on__lt=day),
        "today": Q(paused_on=None, due_on=day),
        "soon": Q(paused_on=None, due_on__range=(day, soon)),
        "week": Q(paused_on=None, due_on__range=(day, week)),
        "": Q(),
    }
    mine = Q(officer_id=viewer.pk) & ~Q(state__in=["in_approval", "answered"])
    whose = {"mine": mine, "ours": Q()}
    wanted = {
        f"{who}_{when}": Count("pk", filter=which & then)
        for who, which in whose.items()
        for when, then in due.items()
    }
    ours = Case.objects.visible_to(viewer).standing().filter(lead_id__in=viewer.units)
    told = ours.aggregate(**wanted)
    titles = {"mine": "내 사안", "ours": "우리 부서"}
    return [(who, titles[who], [(when, told[f"{who}_{when}"]) for when in due]) for who in whose]


def _unread_deliveries(members: tuple[int, ...], government: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        Q(recipient_id__in=members) | Q(recipient=None, case__asker_id__in=members),
        acknowledged_at=None, case__government_id=government,
    )  # fmt: skip


def waiting_deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    """Answers delivered to the members that the viewer is or acts for, and not yet acknowledged."""
    return _unread_deliveries(tuple(viewer.members), viewer.government_id)


def unread_deliveries(viewer: Viewer) -> list[Delivery]:
    """The newest of them, as the page shows them."""
    if not viewer.members:
        return []
    found = waiting_deliveries(viewer)
    return list(found.select_related("case").order_by("-delivered_at")[:UNREAD])


def open_promises(viewer: Viewer) -> list[FollowUp]:
    """Follow-ups still to be kept, of the viewer's units or in answers to the viewer, the soonest first."""
    reach = Q(unit_id__in=viewer.units) | Q(case__asker_id__in=viewer.members)
    if viewer.has(Role.PLANNING_OFFICER, Role.AUDITOR):
        reach |= Q(case__government_id=viewer.government_id)
    kept = FollowUp.objects.filter(reach, state=FollowUp.State.OPEN, case__government_id=viewer.government_id)
    return list(kept.select_related("case", "unit").order_by("due_on", "pk")[:PROMISES])


def waiting(
    person: int, government: int, decides_for: tuple[int, ...], members: tuple[int, ...], *, plans: bool
) -> QuerySet[Any]:
    """What waits for a person: an officer's, a head's and planning's cases, a council member's deliveries."""
    if members:
        return _unread_deliveries(members, government)[:UNREAD]
    reach = Q(officer_id=person)
    asked = Q(extension_asked_at__isnull=False)
    if decides_for:
        reach |= (Q(state="in_approval") | asked) & Q(lead_id__in=decides_for)
    if plans:
        reach |= Q(state="received") | asked
    return Case.objects.standing().filter(reach, government_id=government)
