"""The public self-check: open to everyone, keeps nothing, sets no cookie."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from .. import access
from ..books import book_of, by_situation, in_force
from ..handout import pdf
from ..rules.inputs import BadAnswer
from ..rules.rulebook import Rulebook
from ..selfcheck import Check, StaleCheck, read


@never_cache
@require_GET
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Choose benefits, one by one or by the situation one is in."""
    return _choosing(request, code)


# A form of somebody who is not signed in changes nothing here, and a token against forgery needs a cookie.
@csrf_exempt
@never_cache
@require_POST
def step(request: HttpRequest, code: str) -> HttpResponse:
    """One step of the self-check: begin, answer, go back, or show where one was."""
    book = book_of(access.government(code))
    if request.POST.get("act") == "begin":
        return _begin(request, code, book)
    try:
        check = Check.of(request.POST.get("state", ""), book)
    except StaleCheck:
        return _choosing(request, code, problem="오래되어 이어 갈 수 없습니다. 처음부터 다시 하십시오.")
    return _onward(request, code, check)


def _onward(request: HttpRequest, code: str, check: Check) -> HttpResponse:
    act, problem = request.POST.get("act"), ""
    if act == "back":
        check = check.back(request.POST.get("key", ""))
    elif act == "answer" and check.question:
        try:
            check = check.told(read(check.question, check.book, request.POST, check.on))
        except BadAnswer as error:
            problem = str(error)
    facts: dict[str, Any] = {"government": access.government(code), "check": check, "problem": problem}
    page = "benefits/question.html" if check.question else "benefits/result.html"
    facts["typed"] = request.POST.get("answer", "") if problem else ""
    return render(request, page, facts, status=422 if problem else 200)


def _begin(request: HttpRequest, code: str, book: Rulebook) -> HttpResponse:
    today = timezone.localdate()
    rules, situations = in_force(book, today), set(request.POST.getlist("life"))
    names = set(request.POST.getlist("benefit"))
    chosen = [name for name, rule in rules.items() if name in names or situations & set(rule.life)]
    if not chosen:
        return _choosing(request, code, problem="알아볼 지원을 하나 이상 고르십시오.")
    return _onward(request, code, Check(book.only(chosen), today))


def _choosing(request: HttpRequest, code: str, problem: str = "") -> HttpResponse:
    government = access.government(code)
    book = book_of(government)
    open_now = in_force(book, timezone.localdate())
    ended = [rule.korean for name, rule in book.benefits.items() if name not in open_now]
    facts = {
        "government": government, "situations": by_situation(book, open_now), "rules": open_now, "ended": ended,
        "problem": problem,
    }  # fmt: skip
    return render(request, "benefits/choose.html", facts, status=422 if problem else 200)


@csrf_exempt
@never_cache
@require_POST
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The result as PDF; it is made for this answer and not kept."""
    government = access.government(code)
    try:
        check = Check.of(request.POST.get("state", ""), book_of(government))
    except StaleCheck:
        return _choosing(request, code, problem="오래되어 이어 갈 수 없습니다. 처음부터 다시 하십시오.")
    return HttpResponse(
        pdf(government.name, check), content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="benefits.pdf"'},
    )  # fmt: skip
