"""Places by allocation: the waiting are handed over, and what was released comes back as decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from sijeong.org.models import Government
from sijeong.org.viewer import Viewer

from ..books import book_of, rule_of
from ..errors import BenefitError
from ..models import Application, Decision, Handover
from ..permissions import handles, may_receive, require
from ..placing import Fate, Handed, Waiting, allocator
from ..rules.decision import Status
from ..rules.rulebook import BenefitRule
from ..wording import reason
from .deciding import draft, keep, said, take_turn
from .receiving import locked

AT_ONCE = 25  # applications decided in one transaction: others wait no longer than for these


def of_year(government: Government, benefit: str, year: int) -> QuerySet[Application]:
    """The year's applications that were not withdrawn."""
    found = Application.objects.filter(government=government, benefit=benefit, year=year)
    return found.exclude(case__state="withdrawn").select_related("case__government", "case__type")


def counted(government: Government, rule: BenefitRule, year: int) -> dict[str, int]:
    """How the year's places stand: places, granted, waiting, open (without a decision)."""
    applications = of_year(government, rule.name, year)
    standing = dict(
        Decision.objects.filter(application__in=applications, current=True)
        .order_by().values_list("status").annotate(Count("pk"))
    )  # fmt: skip
    law = rule.law_on(dt.date(year, 12, 31)) or rule.law_on(dt.date(year, 1, 1))
    return {
        "places": int(getattr(law, rule.quota, 0)), "granted": standing.get("granted", 0),
        "waiting": standing.get("waiting", 0), "open": applications.count() - sum(standing.values()),
    }  # fmt: skip


@transaction.atomic
def hand_over(*, benefit: str, year: int, until: dt.date, by: Viewer) -> Handover:
    """Hand those received until a day who wait for a place to the allocation the rule names.

    Raises BenefitError where one is out already, no place is left, nobody waits, or an application of that time
    is not decided yet or is another division's: the list would leave somebody out.
    """
    require(may_receive(by))
    government = by.user.government
    rule, book = rule_of(government, benefit), book_of(government)
    way = rule.places_by
    if way is None:
        raise BenefitError("이 지원의 자리는 접수한 차례로 돌아갑니다. 배정으로 넘기지 않습니다.")
    take_turn(book, government, benefit, year)
    earlier = Handover.objects.filter(government=government, benefit=benefit, year=year)
    if earlier.filter(state__in=[Handover.State.OUT, Handover.State.TAKING]).exists():
        raise BenefitError("앞서 넘긴 것의 결과를 받거나 거둔 뒤에 다시 넘기십시오.")
    here = counted(government, rule, year)
    if here["granted"] >= here["places"]:
        raise BenefitError(f"{year}년 {here['places']:,}자리가 모두 찼습니다.")
    waiting = _waiting(government, benefit, year, until=until, by=by)
    number = earlier.count() + 1
    handed = Handed(
        way.allocation, f"{benefit}-{year}-{number}", f"{rule.korean} {year}년 자리 {number}차", year,
        here["places"] - here["granted"],
        tuple(Waiting(a.case.number, a.case.received_at, way.class_of(a.facts or {})) for a in waiting),
    )  # fmt: skip
    made = Handover.objects.create(
        government=government, benefit=benefit, year=year, number=number, places=handed.places,
        handed=[one.number for one in handed.waiting], round=allocator().begin(handed, by), made_by=by.user,
    )  # fmt: skip
    made.record(
        "hand_over", by=by, round=made.round, places=made.places, applications=len(made.handed), until=until
    )
    return made


def _waiting(
    government: Government, benefit: str, year: int, *, until: dt.date, by: Viewer
) -> list[Application]:
    found = of_year(government, benefit, year).filter(received_on__lte=until).order_by("pk")
    decided = Decision.objects.filter(current=True)
    if undecided := found.exclude(pk__in=decided.values("application")).count():
        raise BenefitError(f"{until:%Y. %m. %d.}까지 접수한 {undecided:,}건을 먼저 규칙으로 결정하십시오.")
    waiting = list(
        found.filter(pk__in=decided.filter(status="waiting").values("application")).prefetch_related(
            "case__parts"
        )
    )
    if not waiting:
        raise BenefitError("자리를 기다리는 신청이 없습니다.")
    if others := sum(not handles(by, one) for one in waiting):
        raise BenefitError(f"다른 부서가 맡은 {others:,}건이 있습니다. 한 부서로 모은 뒤에 넘기십시오.")
    return waiting


@transaction.atomic
def begin_taking(*, handover: Handover, by: Viewer) -> Handover:
    """The allocation is released: let the worker take the result back.

    Raises BenefitError before that, or where other people were allocated than were handed over.
    """
    require(theirs(handover, by))
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    if not handover.out:
        raise BenefitError("이미 받았거나 거두었습니다.")
    fates = _fates(handover)
    if set(fates) != set(handover.handed):
        raise BenefitError("배정한 명단이 넘긴 명단과 다릅니다. 새 배정을 해야 합니다.")
    if (served := sum(fate.served for fate in fates.values())) > handover.places:
        raise BenefitError(
            f"남은 자리는 {handover.places:,}인데 {served:,}명에게 배정했습니다. 새 배정을 해야 합니다."
        )
    handover.state, handover.left = Handover.State.TAKING, []
    handover.save(update_fields=["state", "left"])
    handover.record("begin_taking", by=by)
    return handover


def _fates(handover: Handover) -> Mapping[str, Fate]:
    if not allocator().standing(handover.round).final:
        raise BenefitError("배정이 아직 확정되지 않았습니다.")
    return allocator().fates(handover.round)


def take_back(*, handover: Handover, by: Viewer) -> Handover:
    """Decide everyone handed over, some at a time: begun again after a dead worker, it goes on where it was.

    Who can't be decided now (the case is paused, or at another division) is told in ``left``; taken again later.
    """
    fates = _fates(handover)
    left: list[list[str]] = []
    for start in range(0, len(handover.handed), AT_ONCE):
        left += _some(handover, handover.handed[start : start + AT_ONCE], fates, by)
    return _end(handover, left, by)


@transaction.atomic
def _some(handover: Handover, numbers: list[str], fates: Mapping[str, Fate], by: Viewer) -> list[list[str]]:
    """The cases' locks in order, then the year's, as everyone who decides takes them."""
    found = Application.objects.filter(government_id=handover.government_id, case__number__in=numbers)
    held = [locked(one)[1] for one in found.order_by("case_id")]
    take_turn(book_of(handover.government), handover.government, handover.benefit, handover.year)
    left = []
    for application in held:
        before = application.latest
        if application.case.state == "withdrawn" or (before and before.round == handover.round):
            continue
        try:
            _settle(application, before, fates[application.case.number], handover.round, by)
        except BenefitError as why:
            left.append([application.case.number, str(why)])
    return left


def _settle(application: Application, before: Decision | None, fate: Fate, number: int, by: Viewer) -> None:
    case = application.case
    if not handles(by, application):
        raise BenefitError("다른 부서로 넘어가 받지 못했습니다. 되돌려 받은 뒤에 다시 받으십시오.")
    if case.state != "in_hand" or before is None or before.status != Decision.Status.WAITING:
        raise BenefitError(
            f"‘{case.state_label}’ 상태여서 받지 못했습니다. 심사 중으로 되돌린 뒤에 다시 받으십시오."
        )
    book = book_of(application.government)
    outcome, inputs = said(book, application)  # the facts may have been mended since it was handed over
    status, why = Decision.Status.REFUSED, reason(book, outcome)
    if outcome.status is Status.YES:
        status = Decision.Status.GRANTED if fate.served else Decision.Status.WAITING
        why = (
            f"자리를 배정받았습니다. {fate.why}"
            if fate.served
            else f"자리를 배정받지 못해 대기합니다. {fate.why}"
        )
    decision = keep(
        book, application, outcome, inputs=inputs, status=status, why=why, before=before, by=by, round_=number
    )
    if status != Decision.Status.WAITING:
        draft(book, decision, outcome, by)
    application.record("place", by=by, decision=decision.number, status=status, round=number)


@transaction.atomic
def _end(handover: Handover, left: list[list[str]], by: Viewer) -> Handover:
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    handover.state = Handover.State.OUT if left else Handover.State.TAKEN
    handover.left, handover.taken_at = left, None if left else timezone.now()
    handover.save(update_fields=["state", "left", "taken_at"])
    handover.record("taken", by=by, left=len(left))
    return handover


@transaction.atomic
def recall(*, handover: Handover, reason: str, by: Viewer) -> Handover:
    """Take the list back before anything was made public; everyone on it waits for the next allocation."""
    require(theirs(handover, by))
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    if handover.state != Handover.State.OUT or not allocator().standing(handover.round).free:
        raise BenefitError("배정이 자료 준비 중일 때만 거둘 수 있습니다. 공고한 명단은 먼저 동결을 푸십시오.")
    if not reason.strip():
        raise BenefitError("거두는 까닭을 적으십시오.")
    handover.state = Handover.State.RECALLED
    handover.save(update_fields=["state"])
    handover.record("recall", by=by, reason=reason.strip())
    return handover


def theirs(handover: Handover, by: Viewer) -> bool:
    """Whether the viewer's division leads what was handed over, all or some of it."""
    found = Application.objects.filter(government_id=handover.government_id, case__number__in=handover.handed)
    return any(handles(by, one) for one in found.select_related("case").prefetch_related("case__parts"))


def taken(handover: Handover) -> int:
    """How many of those handed over are decided."""
    found = Decision.objects.filter(application__case__number__in=handover.handed, round=handover.round)
    return found.values("application").distinct().count()
