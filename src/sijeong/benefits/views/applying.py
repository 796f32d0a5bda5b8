"""The public page to apply on, and to ask how an application stands. Nobody proves here who they are."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from sijeong.cases.errors import CaseError

from .. import access, actions
from ..books import book_of, rule_of
from ..errors import BenefitError
from ..forms import PublicForm, StatusForm
from ..models import Application
from ..rules.rulebook import Rulebook
from ..selfcheck import Check, StaleCheck

TOO_MANY = "잠시 동안 너무 많이 보냈습니다. 한 시간 뒤에 다시 하거나 창구에서 신청하십시오."


@csrf_exempt
@never_cache
@require_POST
def apply(request: HttpRequest, code: str, benefit: str) -> HttpResponse:
    """Apply with the answers of the self-check. They stay a claim until an officer has seen the papers."""
    government = access.government(code)
    rule = rule_of(government, benefit)
    check = _check(request, book_of(government))
    sent = "name" in request.POST
    form = PublicForm(request.POST if sent else None, initial={"state": request.POST.get("state", "")})
    facts: dict[str, Any] = {"government": government, "rule": rule, "form": form, "check": check}
    if sent and form.is_valid():
        if not ratelimit.consume(request, action="benefit_apply"):
            form.add_error(None, TOO_MANY)
        else:
            application = _received(form, check, government=government, benefit=benefit)
            if application is not None:
                return render(request, "benefits/received.html", facts | {"application": application})
    return render(request, "benefits/apply.html", facts, status=422 if form.errors else 200)


def _check(request: HttpRequest, book: Rulebook) -> Check | None:
    try:
        return Check.of(request.POST.get("state", ""), book)
    except StaleCheck:
        return None


def _received(form: PublicForm, check: Check | None, *, government: Any, benefit: str) -> Application | None:
    asked = {key for key, _ in check.answers} if check else set()
    wanted = set(book_of(government)[benefit].inputs)
    sources = {book_of(government).inputs[name].source or name for name in wanted} - {"age"}
    answers = dict(check.answers) if check else {}
    claims = {key: answers[key] for key in asked & sources if answers[key] is not None}
    try:
        return actions.apply(
            government=government, benefit=benefit, applicant=form.applicant(claims), by=None
        )
    except (BenefitError, CaseError) as error:
        form.add_error(None, str(error))
    return None


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, code: str) -> HttpResponse:
    """How an application stands, for who knows its number and the day of birth; no more than the state is told."""
    government = access.government(code)
    form = StatusForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="benefit_status"):
            form.add_error(None, TOO_MANY)
        else:
            number, born = form.cleaned_data["number"].strip(), form.cleaned_data["born_on"]
            applications = Application.objects.filter(
                government=government, case__number=number, born_on=born
            )
            found = applications.select_related("case__type").first()
            if found is None:
                form.add_error(None, "접수번호와 생년월일이 맞는 신청이 없습니다.")
    facts = {"government": government, "form": form, "found": found}
    return render(request, "benefits/status.html", facts, status=422 if form.errors else 200)
