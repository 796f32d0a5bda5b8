"""Health, and what a page says when something is wrong."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and knows every migration."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured):
        return JsonResponse({"status": "unready", "why": "database"}, status=503)
    if waiting:
        return JsonResponse({"status": "unready", "why": "migrations"}, status=503)
    return JsonResponse({"status": "ready"})


def _told(status: int, title: str, text: str) -> dict[str, Any]:
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return {"status": status, "title": title, "text": text, "request_id": request_id, "written_on": ""}


def _problem(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "problem.html", _told(status, title, text), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(
        request,
        400,
        "요청을 이해하지 못했습니다",
        "주소나 보낸 내용이 올바르지 않습니다. 앞 화면으로 돌아가 다시 시도하십시오.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(
        request,
        403,
        "이 일을 할 권한이 없습니다",
        "볼 수는 있지만 처리할 권한이 없습니다. 담당 부서나 총괄 부서에 문의하십시오.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/public/"):
        return render(request, "portal/missing.html", status=404)
    return _problem(
        request, 404, "찾을 수 없습니다", "주소가 바뀌었거나, 없는 자료이거나, 열람 권한이 없는 자료입니다."
    )


def no_page(request: HttpRequest, allow: str) -> HttpResponse:
    """An address that only takes what a form sends, opened by itself."""
    text = "보낸 것을 처리하기만 하는 주소입니다. 앞 화면으로 돌아가거나 내 업무에서 다시 찾아가십시오."
    response = _problem(request, 405, "열어 보는 화면이 아닙니다", text)
    response["Allow"] = allow
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed."""
    return bare_problem(
        500,
        "처리하지 못했습니다",
        "기록은 그대로 남아 있습니다. 잠시 뒤 다시 시도하고, 이어지면 요청 번호를 관리자에게 알리십시오.",
    )


def bare_problem(status: int, title: str, text: str) -> HttpResponse:
    """Asks neither the session nor the database for anything: either may be what is broken, or not yet asked."""
    bare: dict[str, Any] = {
        "viewer": None,
        "demo": settings.MODE == "demo",
        "path": "",
        "csrf_token": "",
        "messages": [],
    }
    told = _told(status, title, text)
    return HttpResponse(render_to_string("problem.html", told | bare), status=status)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """A page older than the sign-in: its browser still has what was typed, and puts it into the page made anew."""
    text = "안전을 위해 처리하지 않았습니다. 쓰던 화면으로 돌아가면 적은 내용이 되살아납니다. 확인하고 다시 보내십시오."
    told = _told(403, "화면이 오래되었습니다", text) | {"written_on": page_of(request)}
    return render(request, "problem.html", told, status=403)


def page_of(request: HttpRequest) -> str:
    """The page asked for; of what was sent, the page it was written on."""
    sender = request.headers.get("Referer", "")
    if request.method in {"GET", "HEAD"} or not url_has_allowed_host_and_scheme(sender, {request.get_host()}):
        return request.get_full_path()
    return urlunsplit(("", "", *urlsplit(sender)[2:4], ""))
