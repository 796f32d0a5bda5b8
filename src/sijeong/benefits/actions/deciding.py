"""The decision: the rule's word on verified facts, within the places of the year, kept with all it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from sijeong.cases import actions as cases
from sijeong.cases.actions.answering import latest
from sijeong.org.models import Government
from sijeong.org.viewer import Viewer

from ..books import book_of
from ..errors import BenefitError
from ..facts import accepted, earlier_grants, with_history
from ..models import Application, Decision, Places
from ..permissions import handles, require
from ..rules.decision import Decision as Outcome
from ..rules.decision import Status
from ..rules.decision import decide as decide_by_rule
from ..rules.digests import rule_digest
from ..rules.rulebook import Rulebook
from ..wording import letter, reason
from .receiving import locked

LOTS = "{}. 자리는 배정으로 정하며 그때까지 대기합니다."
SAID = {Decision.Status.GRANTED: "done", Decision.Status.REFUSED: "not_adopted"}


@transaction.atomic
def decide(*, application: Application, by: Viewer) -> Decision:
    """Decide by the rule and the law of the day of receipt, and write the draft of the letter.

    Deciders of one benefit and year, and of those it excludes, take turns: places and yearly caps are never overrun.
    Raises BenefitError naming the facts that are missing, earlier applications whose turn it is, or an earlier
    grant that must be withdrawn first.
    """
    case, application = locked(application)
    require(handles(by, application))
    if case.state != "in_hand":
        raise BenefitError(f"‘{case.state_label}’ 상태에서는 결정할 수 없습니다.")
    before = application.latest
    if before and not before.may_be_followed:
        raise BenefitError("이미 결정했습니다. 결정을 바꾸려면 이의신청으로 다시 여십시오.")
    if application.facts is None:
        raise BenefitError("사실을 확인한 뒤에 결정하십시오.")
    book = book_of(application.government)
    take_turn(book, application.government, application.benefit, application.year)
    outcome, inputs = said(book, application)
    status, why = _within_places(book, application, outcome, before)
    decision = keep(book, application, outcome, inputs=inputs, status=status, why=why, before=before, by=by)
    if status in SAID:
        draft(book, decision, outcome, by)
    application.record(
        "decide", by=by, decision=decision.number, status=status, amount=decision.amount, rule=decision.rule
    )
    return decision


def take_turn(book: Rulebook, government: Government, benefit: str, year: int) -> None:
    """Hold the row of the benefit's year, and of those it excludes, in order of name."""
    names = {benefit}
    for this, other, _ in book.exclusions():
        names |= {this, other} if benefit in (this, other) else set()
    for name in sorted(names):
        Places.objects.get_or_create(government=government, benefit=name, year=year)
    held = Places.objects.select_for_update().filter(government=government, benefit__in=names, year=year)
    list(held.order_by("benefit"))


def said(book: Rulebook, application: Application) -> tuple[Outcome, dict[str, Any]]:
    rule = book[application.benefit]
    histories = {book.inputs[name].history for name in rule.inputs} - {""}
    earlier = earlier_grants(application, histories, book.inputs)
    facts = accepted(book, rule, application.facts or {}, application)
    inputs = with_history(book.inputs, rule, facts, earlier)
    outcome = decide_by_rule(rule, inputs, application.received_on, book.inputs)
    if outcome.status is Status.UNKNOWN:
        missing = ", ".join(book.inputs[name].question for name in outcome.missing)
        raise BenefitError(f"아직 확인하지 않은 사실이 있습니다: {missing}")
    return _beside_others(book, application, outcome), inputs


def _beside_others(book: Rulebook, application: Application, outcome: Outcome) -> Outcome:
    """What excludes what, against the person's standing grants of the year."""
    if outcome.status is not Status.YES:
        return outcome
    for this, other, stays in book.exclusions():
        if application.benefit not in (this, other):
            continue
        rival = other if application.benefit == this else this
        for grant in earlier_grants(application, [rival], book.inputs):
            if grant.application.year != application.year:
                continue
            wins = stays == ("this" if application.benefit == this else "other")
            if wins or (stays == "higher" and outcome.amount > grant.amount):
                raise BenefitError(
                    f"{grant.label}({grant.application.benefit_name})과 함께 받을 수 없고 이 지원이 앞섭니다."
                    " 앞의 결정을 먼저 거두십시오."
                )
            return replace(outcome, status=Status.EXCLUDED, amount=0, excluded_by=rival)
    return outcome


def _within_places(
    book: Rulebook, application: Application, outcome: Outcome, before: Decision | None
) -> tuple[str, str]:
    """Granted, refused, or waiting for a place: places go by order of receipt, or as an allocation says."""
    why, rule = reason(book, outcome), book[application.benefit]
    if outcome.status is not Status.YES:
        return Decision.Status.REFUSED, why
    if not rule.quota:
        return Decision.Status.GRANTED, why
    if rule.places_by:
        held = before is not None and before.status == Decision.Status.GRANTED
        return (Decision.Status.GRANTED, why) if held else (Decision.Status.WAITING, LOTS.format(why))
    law = rule.law_on(application.received_on)
    places, taken = int(getattr(law, rule.quota)), taken_places(application)
    if taken >= places:
        ahead = waiting_before(application)
        return (
            Decision.Status.WAITING,
            f"{application.year}년 {places:,}자리가 모두 찼습니다. 대기 {ahead + 1}번입니다.",
        )
    open_before = undecided_before(application)
    if taken + open_before >= places:
        raise BenefitError(
            f"앞서 접수한 {open_before:,}건을 먼저 결정해야 합니다. 자리는 접수한 차례로 돌아갑니다."
        )
    return Decision.Status.GRANTED, why


def _rivals(application: Application) -> Any:
    return Application.objects.filter(
        government=application.government, benefit=application.benefit, year=application.year
    ).exclude(pk=application.pk).exclude(case__state="withdrawn")  # fmt: skip


def taken_places(application: Application) -> int:
    """Places of the year that standing grants hold."""
    return int(_rivals(application).filter(decisions__current=True, decisions__status="granted").count())


def _earlier(application: Application) -> Any:
    """Those received before: numbers are given in the order of receipt."""
    return _rivals(application).filter(pk__lt=application.pk)


def waiting_before(application: Application) -> int:
    return int(_earlier(application).filter(decisions__current=True, decisions__status="waiting").count())


def undecided_before(application: Application) -> int:
    """Earlier applications that may still take a place: without a decision, or waiting."""
    decided = Decision.objects.filter(current=True).exclude(status="waiting").values("application")
    return int(_earlier(application).exclude(pk__in=decided).count())


def keep(
    book: Rulebook, application: Application, outcome: Outcome, *, inputs: dict[str, Any], status: str, why: str,
    before: Decision | None, by: Viewer, round_: int | None = None,
) -> Decision:  # fmt: skip
    rule = book[application.benefit]
    law = rule.law_on(application.received_on)
    application.decisions.filter(current=True).update(current=False)
    number = (before.number if before else 0) + 1
    return Decision.objects.create(
        application=application, number=number, label=f"{application.case.number}/{number}", status=status,
        amount=outcome.amount if status == Decision.Status.GRANTED else 0, in_kind=rule.about.get("in_kind", ""),
        law_on=application.received_on, inputs=inputs,
        trace=[[step.name, step.korean, step.holds] for step in outcome.trace],
        law=vars(law) if law else {}, rule=rule_digest(rule), reason=why,
        decided_by=by.user, decided_at=timezone.now(), round=round_ or (before.round if before else None),
    )  # fmt: skip


def draft(book: Rulebook, decision: Decision, outcome: Outcome, by: Viewer) -> None:
    """The letter as the draft of the case's answer; the head approves it there."""
    case = decision.application.case
    standing = latest(case)
    cases.save_draft(
        case=case, outcome=SAID[Decision.Status(decision.status)], by=by, edition=standing.edition if standing else 0,
        body={
            "decision": letter(book[decision.application.benefit], outcome, decision.reason),
            "decision_no": decision.label,
        },
    )  # fmt: skip
