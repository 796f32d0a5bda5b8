"""Applications for other systems: taken down at the counter, verified, decided by the rule, taken up again."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils.encoding import iri_to_uri
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sijeong.cases.api.finding import Number
from sijeong.cases.api.forming import facts, refusals, sent
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, changes, not_modified, reads, writes
from sijeong.links.listing import Paged, listed, page, understood
from sijeong.links.preconditions import tag, unchanged
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Day, line, text
from sijeong.org.address import Address

from .. import access, actions
from ..books import book_of
from ..desk import known, narrowed
from ..errors import BenefitError
from ..facts import questions
from ..forms import AppealForm, CounterForm, VerifyForm
from ..forms.facts import name_of
from ..models import Application, Decision
from ..permissions import handles, may_read, may_receive, require
from ..rules.rulebook import BenefitRule
from ..showing import shown

router = Router(tags=["지원사업"])
READ, WRITE, DECIDE = Scope.BENEFITS_READ, Scope.BENEFITS_WRITE, Scope.BENEFITS_DECIDE


class ApplicationsAsked(Paged):
    """The filters of the page ``/benefits/``."""

    state: Literal["open", "waiting", "granted", "refused", "all"] = "open"
    benefit: line(50) = ""  # type: ignore[valid-type]


class ApplicationRow(Schema):
    """An application; ``name`` is masked unless the asker's division decides. ``etag`` is for If-Match."""

    number: str
    benefit: str
    name: str
    received_on: dt.date
    channel: str
    state: str
    status: str | None
    amount: int | None
    etag: str


class Applications(Schema):
    applications: list[ApplicationRow]
    next: str | None


class DecisionShape(Schema):
    """What the rule said, with the facts as it saw them, each criterion, and the law of the day of receipt."""

    label: str
    current: bool
    status: str
    amount: int
    in_kind: str
    reason: str
    law_on: dt.date
    inputs: dict[str, Any]
    trace: list[list[Any]]
    law: dict[str, Any]
    rule: str
    decided_at: dt.datetime
    appealed_on: dt.date | None
    paid_on: dt.date | None


class ApplicationWhole(ApplicationRow):
    """An application whole; the person masked unless the asker's division decides."""

    born_on: str
    phone: str
    bank: str
    account: str
    masked: bool
    claims: dict[str, Any]
    facts: dict[str, Any] | None
    proof: str
    verified_at: dt.datetime | None
    decisions: list[DecisionShape]


class NewApplication(Body):
    """An application taken down at the counter."""

    benefit: line(50, 1) = Field(description="/benefits의 name")  # type: ignore[valid-type]
    name: line(40, 1)  # type: ignore[valid-type]
    born_on: Day
    phone: line(20, 1)  # type: ignore[valid-type]
    bank: line(20) = ""  # type: ignore[valid-type]
    account: line(40) = ""  # type: ignore[valid-type]
    facts: dict[str, bool | int | line(100)] = Field(  # type: ignore[valid-type]
        default={}, max_length=200, description="신청한 사람의 말. 열쇠는 /benefits의 questions"
    )


class Verify(Body):
    """What was verified, and by what; in place of what was verified before."""

    facts: dict[str, bool | int | line(100)] = Field(max_length=200)  # type: ignore[valid-type]
    proof: line(200, 1)  # type: ignore[valid-type]
    bank: line(20) = ""  # type: ignore[valid-type]
    account: line(40) = ""  # type: ignore[valid-type]


class Appeal(Body):
    reason: text(2000, 1)  # type: ignore[valid-type]
    filed_on: Day
    ex_officio: bool = Field(False, strict=True, description="부서가 직권으로 다시 심사")


def application_of(request: Asking, number: Path[Number]) -> Application:
    """The application of that number. Raises Http404 for one that the asker may not see."""
    return access.application(request.viewer, number)


@reads(router, "/benefits/applications", "지원사업 신청 목록", scope=READ, gives=Applications)
def applications(request: Asking, asked: Query[ApplicationsAsked]) -> HttpResponse:
    """Applications the asker may see, the newest first."""
    require(may_read(request.viewer))
    current = Prefetch("decisions", Decision.objects.filter(current=True), to_attr="standing")
    book = book_of(request.viewer.user.government)
    address = Address(asked.query())
    benefit = address.choice("benefit", "지원", known(request.viewer, book))
    understood(address.misread)
    found = narrowed(access.applications(request.viewer), asked.state, benefit)
    rows, key = page(found.prefetch_related(current, "case__parts"), "-id", asked)
    told = [_row(request, row, row.standing) for row in rows]  # type: ignore[attr-defined]  # prefetched
    return listed(request, {"applications": told}, asked, key)


@writes(router, "/benefits/applications", "창구에서 접수", scope=WRITE, gives=ApplicationWhole)
def application_receive(request: Asking, new: NewApplication) -> HttpResponse:
    """Take an application down; the officer's division takes it at once."""
    require(may_receive(request.viewer))
    government = request.viewer.user.government
    rule = book_of(government).benefits.get(new.benefit)
    if rule is None:
        wrong = {"where": "body.benefit", "message": "없는 지원입니다. /benefits에 있는 것을 보내십시오."}
        raise Problem(Kind.INVALID, errors=[wrong])
    form = CounterForm(rule, book_of(government).inputs, sent(_as_form(rule, request, new)))
    told = facts(form)
    with refusals(BenefitError):
        made = actions.apply(
            government=government, benefit=new.benefit, applicant=form.applicant(told), by=request.viewer
        )
    response = _done(request, made, status=201)
    response["Location"] = iri_to_uri(f"/api/v1/benefits/applications/{made.case.number}")
    return response


PATH = "/benefits/applications/{number}"


@reads(router, PATH, "지원사업 신청 하나", scope=READ, gives=ApplicationWhole, tagged=True)
def application(request: Asking, number: Path[Number]) -> HttpResponse:
    """What was said, what was verified, and every decision with what it came from."""
    found = access.application(request.viewer, number)
    return not_modified(found) if unchanged(request, found) else _done(request, found)


@changes(router, PATH + "/verify", "사실 확인", scope=WRITE, gives=ApplicationWhole, find=application_of)
def application_verify(request: Asking, application: Application, verify: Verify) -> HttpResponse:
    """Keep what was verified, and by what; the claims stay as they were said."""
    require(handles(request.viewer, application))
    book = book_of(application.government)
    rule = book[application.benefit]
    form = VerifyForm(rule, book.inputs, sent(_as_form(rule, request, verify)))
    told = facts(form)
    with refusals(BenefitError):
        actions.verify(
            application=application, facts=told, proof=verify.proof, bank=verify.bank, account=verify.account,
            by=request.viewer,
        )  # fmt: skip
    return _done(request, application)


@changes(router, PATH + "/decide", "결정", scope=DECIDE, gives=ApplicationWhole, find=application_of)
def application_decide(request: Asking, application: Application) -> HttpResponse:
    """Let the rule decide by the law of the day of receipt; the letter becomes the draft of the case's answer."""
    require(handles(request.viewer, application))
    with refusals(BenefitError):
        actions.decide(application=application, by=request.viewer)
    return _done(request, application)


@changes(router, PATH + "/appeal", "이의신청", scope=DECIDE, gives=ApplicationWhole, find=application_of)
def application_appeal(request: Asking, application: Application, appeal: Appeal) -> HttpResponse:
    """Take a decision up again; it stands until the next one."""
    require(handles(request.viewer, application))
    values = appeal.dict() | {"ex_officio": "on" if appeal.ex_officio else None}
    told = facts(AppealForm(sent(values)))
    with refusals(BenefitError):
        actions.appeal(application=application, by=request.viewer, **told)
    return _done(request, application)


def _as_form(rule: BenefitRule, request: Asking, body: NewApplication | Verify) -> dict[str, Any]:
    """The body as the page's form has it: yes and no in words, and what stands in place of a date as its own field."""
    asked = {one.key: one for one in questions(rule, book_of(request.viewer.user.government).inputs)}
    if unknown := [key for key in body.facts if key not in asked]:
        known = ", ".join(asked)
        wrong = [{"where": f"body.facts.{key}", "message": f"묻는 것: {known}"} for key in unknown]
        raise Problem(Kind.INVALID, errors=wrong)
    values = body.dict(exclude={"facts", "benefit"})
    for key, value in body.facts.items():
        field = name_of(key)
        if isinstance(value, bool):
            values[field] = "yes" if value else "no"
        elif asked[key].kind == "date" and isinstance(value, int):
            values[f"{field}_none"] = "on"
        else:
            values[field] = value
    return values


def _done(request: Asking, application: Application, status: int = 200) -> HttpResponse:
    found = access.application(request.viewer, application.case.number)
    decisions = list(found.decisions.order_by("number"))
    told = _row(request, found, [one for one in decisions if one.current])
    person = shown(request.viewer, found)
    told |= {name: getattr(person, name) for name in ("born_on", "phone", "bank", "account", "masked")}
    told |= {name: getattr(found, name) for name in ("claims", "facts", "proof", "verified_at")}
    return answer(told | {"decisions": [_decision(one) for one in decisions]}, status=status, subject=found)


def _row(request: Asking, application: Application, standing: list[Decision]) -> dict[str, Any]:
    decision = standing[0] if standing else None
    return {
        "number": application.case.number, "benefit": application.benefit,
        "name": shown(request.viewer, application).name, "received_on": application.received_on,
        "channel": application.channel, "state": application.case.state, "status": decision.status if decision else None,
        "amount": decision.amount if decision else None, "etag": tag(application),
    }  # fmt: skip


def _decision(one: Decision) -> dict[str, Any]:
    return {name: getattr(one, name) for name in DecisionShape.model_fields}
