"""What is paid, and what a year or a reform costs, for other systems: as the lists of payments and of simulations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sijeong.cases.api.forming import facts, refusals, sent
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, not_modified, reads, writes
from sijeong.links.listing import Paged, listed, page, understood
from sijeong.links.preconditions import tag, unchanged
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Day, Key, PathKey, line
from sijeong.org.address import Address

from .. import access, actions, payments
from ..books import book_of
from ..desk import known
from ..errors import BenefitError
from ..forms import PayForm
from ..models import Decision, Simulation
from ..permissions import may_read, require
from ..showing import shown

router = Router(tags=["지원사업"])
READ = Scope.BENEFITS_READ


class PaymentsAsked(Paged):
    """The two lists of the page ``/benefits/payments/``: what is to be paid, and what was."""

    paid: bool = Field(False, description="지급한 것")
    benefit: line(50) = ""  # type: ignore[valid-type]


class PaymentRow(Schema):
    """A standing grant whose letter was approved; the person masked unless the asker's division pays."""

    id: int
    decision: str
    number: str
    benefit: str
    name: str
    born_on: str
    bank: str
    account: str
    masked: bool
    amount: int
    lead: str
    decided_at: dt.datetime
    paid_on: dt.date | None


class Payments(Schema):
    """``won`` is the sum of all pages."""

    payments: list[PaymentRow]
    won: int
    next: str | None


class Pay(Body):
    """Grants by their ``id`` that were paid, and the day."""

    on: Day
    decisions: list[Key] = Field(min_length=1, max_length=500)


class Paid(Schema):
    paid: int
    won: int
    on: dt.date


class SimulationRow(Schema):
    """A run: ``done`` of ``people`` were counted. ``problem`` says why one failed."""

    id: int
    title: str
    state: str
    year: int
    benefits: list[str]
    people: int
    done: int
    problem: str
    created_at: dt.datetime
    finished_at: dt.datetime | None
    etag: str


class Simulations(Schema):
    simulations: list[SimulationRow]
    next: str | None


class SimulationWhole(SimulationRow):
    """A run whole: what ``sijeong simulate --reproduce`` runs again, and compares. Empty until it is done."""

    request: dict[str, Any]
    digests: dict[str, str]
    result: dict[str, Any]


@reads(router, "/benefits/payments", "지급 목록", scope=READ, gives=Payments)
def benefit_payments(request: Asking, asked: Query[PaymentsAsked]) -> HttpResponse:
    """What is to be paid, or was; the newest decision first."""
    require(may_read(request.viewer))
    address, book = Address(asked.query()), book_of(request.viewer.user.government)
    benefit = address.choice("benefit", "지원", known(request.viewer, book))
    understood(address.misread)
    found = payments.listed(request.viewer, paid=asked.paid)
    if benefit:
        found = found.filter(application__benefit=benefit)
    rows, key = page(found, "-id", asked)
    won = found.aggregate(won=Sum("amount", default=0))["won"]
    return listed(request, {"payments": [_payment(request, row) for row in rows], "won": won}, asked, key)


@writes(router, "/benefits/payments", "지급 남기기", scope=Scope.BENEFITS_PAY, gives=Paid)
def benefit_pay(request: Asking, told: Pay) -> HttpResponse:
    """Record that these were paid on that day: all of them, or none."""
    require(may_read(request.viewer))
    offered = payments.listed(request.viewer, paid=False).filter(pk__in=told.decisions)
    found = {decision.pk: decision for decision in offered}
    form = PayForm(
        [(pk, one.label) for pk, one in found.items()], sent({"on": told.on, "decision": told.decisions})
    )
    on, chosen = (facts(form)[name] for name in ("on", "decision"))
    with refusals(BenefitError):
        won = actions.pay(decisions=[found[pk] for pk in chosen], on=on, by=request.viewer)
    return answer({"paid": len(set(chosen)), "won": won, "on": on}, status=201)


@reads(router, "/benefits/simulations", "모의계산 목록", scope=READ, gives=Simulations)
def simulations(request: Asking, asked: Query[Paged]) -> HttpResponse:
    """What was run, the newest first."""
    require(may_read(request.viewer))
    rows, key = page(access.simulations(request.viewer).defer("result", "digests"), "-id", asked)
    return listed(request, {"simulations": [run_told(row) for row in rows]}, asked, key)


@reads(router, "/benefits/simulations/{key}", "모의계산 하나", scope=READ, gives=SimulationWhole, tagged=True)
def simulation(request: Asking, key: Path[PathKey]) -> HttpResponse:
    """The figures of a run, with what it is repeated by."""
    require(may_read(request.viewer))
    found = access.simulation(request.viewer, key)
    # How far a run is changes without an event.
    if not found.busy and unchanged(request, found):
        return not_modified(found)
    kept = {name: getattr(found, name) for name in ("request", "digests", "result")}
    return answer(run_told(found) | kept, subject=found)


def _payment(request: Asking, one: Decision) -> dict[str, Any]:
    application = one.application
    person = shown(request.viewer, application)
    return {
        "id": one.pk, "decision": one.label, "number": application.case.number, "benefit": application.benefit, "amount": one.amount,
        "lead": application.case.lead.name if application.case.lead else "", "decided_at": one.decided_at,
        "paid_on": one.paid_on,
    } | {name: getattr(person, name) for name in ("name", "born_on", "bank", "account", "masked")}  # fmt: skip


def run_told(one: Simulation) -> dict[str, Any]:
    told = ("title", "state", "year", "people", "done", "problem", "created_at", "finished_at")
    return {name: getattr(one, name) for name in told} | {
        "id": one.pk, "benefits": one.asked("benefits") or [], "etag": tag(one),
    }  # fmt: skip
