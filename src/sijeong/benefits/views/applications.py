"""The office's pages of applications: the desk, the counter, one application and the acts on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.cases.errors import CaseError
from sijeong.cases.korean import settled
from sijeong.org.viewer import Request

from .. import access, actions
from ..actions.appealing import last_day
from ..books import book_of, in_force, rule_of
from ..desk import listed, standing
from ..errors import BenefitError
from ..forms import AppealForm, CounterForm, VerifyForm
from ..models import Application
from ..permissions import handles, may_read, may_receive, require
from ..showing import shown


@require_GET
def desk(request: Request) -> HttpResponse:
    """Applications by state, and how the places of each benefit stand."""
    require(may_read(request.viewer))
    viewer = request.viewer
    book = book_of(viewer.user.government)
    facts = {
        **listed(viewer, request.GET, book),
        "book": book, "standing": standing(viewer, book), "may_receive": may_receive(viewer),
        "offered": in_force(book, timezone.localdate()),
    }  # fmt: skip
    return render(request, "benefits/desk.html", facts)


@require_http_methods(["GET", "POST"])
def new(request: Request, benefit: str) -> HttpResponse:
    """Take an application down at the counter."""
    require(may_receive(request.viewer))
    government = request.viewer.user.government
    rule, inputs = rule_of(government, benefit), book_of(government).inputs
    form = CounterForm(rule, inputs, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            application = actions.apply(
                government=government,
                benefit=benefit,
                applicant=form.applicant(form.facts()),
                by=request.viewer,
            )
        except (BenefitError, CaseError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, settled(f"{application.case.number}(으)로 접수했습니다."))
            return redirect("benefit_application", application.case.number)
    facts = {"form": form, "rule": rule}
    return render(request, "benefits/new.html", facts, status=422 if form.errors else 200)


@require_GET
def application(request: Request, number: str) -> HttpResponse:
    """All of one application: what was said, what was verified, what the rule said of it."""
    return _page(request, access.application(request.viewer, number))


def _page(request: Request, found: Application, status: int = 200, **forms: Any) -> HttpResponse:
    rule, inputs = rule_of(found.government, found.benefit), book_of(found.government).inputs
    told = found.facts if found.facts is not None else found.claims
    decision = found.latest
    handled = handles(request.viewer, found)
    deciding = handled and found.case.state == "in_hand" and (decision is None or decision.may_be_followed)
    facts = {
        "application": found, "rule": rule, "inputs": inputs, "person": shown(request.viewer, found),
        "decisions": found.decisions.select_related("decided_by", "paid_by").order_by("-number"),
        "deciding": deciding, "appealable": handled and decision is not None and not decision.may_be_followed
        and not decision.paid_on and found.case.state in {"answered", "delivered"},
        "appeal_until": last_day(found),
        "verify": VerifyForm(
            rule, inputs, told=told, initial={"proof": found.proof, "bank": found.bank, "account": found.account}
        ),
        "appeal": AppealForm(),
    }  # fmt: skip
    return render(request, "benefits/application.html", facts | forms, status=status)


def _done(request: Request, found: Application, act: Callable[[], Any], said: str) -> HttpResponse | None:
    """Do the act and go back to the page; None where it was refused, with the reason in the messages."""
    try:
        act()
    except (BenefitError, CaseError) as error:
        messages.error(request, str(error))
        return None
    messages.success(request, said)
    return redirect("benefit_application", found.case.number)


@require_POST
def verify(request: Request, number: str) -> HttpResponse:
    """Keep what was verified, and by what."""
    found = access.application(request.viewer, number)
    require(handles(request.viewer, found))
    inputs = book_of(found.government).inputs
    form = VerifyForm(rule_of(found.government, found.benefit), inputs, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        done = _done(request, found, lambda: actions.verify(
            application=found, facts=form.facts(), proof=data["proof"], by=request.viewer, bank=data["bank"],
            account=data["account"],
        ), "확인한 사실을 남겼습니다.")  # fmt: skip
        if done:
            return done
    return _page(request, found, status=422, verify=form)


@require_POST
def decide(request: Request, number: str) -> HttpResponse:
    """Let the rule decide."""
    found = access.application(request.viewer, number)
    require(handles(request.viewer, found))
    act = lambda: actions.decide(application=found, by=request.viewer)  # noqa: E731
    done = _done(request, found, act, "규칙에 따라 결정했습니다. 사안 화면에서 결재를 올리십시오.")
    return done or _page(request, found, status=422)


@require_POST
def appeal(request: Request, number: str) -> HttpResponse:
    """Take a decision up again."""
    found = access.application(request.viewer, number)
    require(handles(request.viewer, found))
    form = AppealForm(request.POST)
    if form.is_valid():
        done = _done(request, found, lambda: actions.appeal(
            application=found, by=request.viewer, **form.cleaned_data
        ), "다시 심사합니다. 앞의 결정은 새 결정이 날 때까지 그대로입니다.")  # fmt: skip
        if done:
            return done
    return _page(request, found, status=422, appeal=form)
