"""What every address of the API shares, in one decorator: scope, conditions, repetition, and what its page says of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri
from ninja import Router

from sijeong.audit.models import Journalled

from .bearer import Asking, require_scope
from .idempotency import once
from .preconditions import expecting, tag
from .problems import Kind, Problem
from .shapes import ProblemShape

Handler = Callable[..., HttpResponseBase]
Writer = Callable[..., HttpResponse]
OCTETS = "application/octet-stream"
BYTES = {"type": "string", "format": "binary"}
READING = (400, 401, 403, 404, 422, 429, 500)
WRITING = (*READING, 409, 413, 415)
KEY_HEADER = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[\\x21-\\x7e]+$"},
    "description": "같은 요청을 다시 보내도 한 번만 일어나게 하는 열쇠. 7일 동안 첫 응답을 다시 줍니다.",
}  # fmt: skip
MATCH_HEADER = {
    "name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"},
    "description": "읽을 때 받은 ETag. 그 사이 바뀌었으면 412, 없으면 428입니다.",
}  # fmt: skip
NONE_MATCH_HEADER = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "이미 가진 ETag. 바뀌지 않았으면 304입니다.",
}  # fmt: skip


def answer(
    told: Any, *, status: int = 200, subject: Journalled | None = None, **headers: str
) -> HttpResponse:
    """JSON of what is told; of a subject with its ETag."""
    response = HttpResponse(
        orjson.dumps(told), status=status, content_type="application/json", headers={"Cache-Control": "private, no-cache"}
    )  # fmt: skip
    if subject is not None:
        response["ETag"] = tag(subject)
    for name, value in headers.items():
        response[name.replace("_", "-")] = iri_to_uri(value)
    return response


def not_modified(subject: Journalled) -> HttpResponse:
    """The asker has this version already."""
    return HttpResponse(status=304, headers={"ETag": tag(subject), "Cache-Control": "private, no-cache"})


def reads(
    router: Router, path: str, told: str, *, scope: str | None, gives: Any, tagged: bool = False,
    file: bool = False, others: tuple[int, ...] = (),
) -> Callable[[Handler], Handler]:  # fmt: skip
    """GET ``path``. ``tagged``: it answers with an ETag, and 304 to who has it. ``file``: with bytes.

    ``others`` are further statuses with which it may be refused.
    """
    statuses = {200: gives, **dict.fromkeys((*READING, *others), ProblemShape)}
    parameters = [NONE_MATCH_HEADER] if tagged else []
    if tagged:
        statuses[304] = None
    bytes_given = {"responses": {200: {"content": {"*/*": {"schema": BYTES}}}}} if file else {}

    def register(handler: Handler) -> Handler:
        def guarded(request: Asking, **kwargs: Any) -> HttpResponseBase:
            require_scope(request, scope)
            return handler(request, **kwargs)

        signature = inspect.signature(handler, eval_str=True)
        _add(
            router, "GET", path, told=told, view=_shaped(guarded, handler, signature), statuses=statuses,
            extra=_told(scope, parameters) | bytes_given,
        )  # fmt: skip
        return handler

    return register


def writes(
    router: Router,
    path: str,
    told: str,
    *,
    scope: str | None,
    gives: Any,
    status: int = 201,
    raw: bool = False,
    told_once: str = "",
) -> Callable[[Writer], Writer]:
    """POST ``path``: something new, once for a key, all in one transaction.

    ``raw``: the body is a file's bytes, which the handler streams and itself passes to ``once``. ``told_once`` names
    what the answer tells only the first time.
    """
    statuses = {status: gives, **dict.fromkeys(WRITING, ProblemShape)}
    sent = {"requestBody": {"required": True, "content": {OCTETS: {"schema": BYTES}}}} if raw else {}

    def register(handler: Writer) -> Writer:
        def guarded(request: Asking, **kwargs: Any) -> HttpResponse:
            require_scope(request, scope)
            if raw:
                _require_octets(request)
                return handler(request, **kwargs)
            return once(request, lambda: handler(request, **kwargs), told_once=told_once)

        signature = inspect.signature(handler, eval_str=True)
        _add(
            router, "POST", path, told=told, view=_shaped(guarded, handler, signature), statuses=statuses,
            extra=_told(scope, [KEY_HEADER]) | sent,
        )  # fmt: skip
        return handler

    return register


def changes(
    router: Router, path: str, told: str, *, scope: str, gives: Any, find: Callable[..., Journalled]
) -> Callable[[Writer], Writer]:
    """POST ``path``: a change of what stands there, which needs the version it begins from (If-Match).

    ``find(request, **keys)`` goes through the access door; the handler gets what it found in place of the keys.
    """
    statuses = {200: gives, **dict.fromkeys((*WRITING, 412, 428), ProblemShape)}
    keys = list(inspect.signature(find).parameters)[1:]

    def register(handler: Writer) -> Writer:
        def guarded(request: Asking, **kwargs: Any) -> HttpResponse:
            require_scope(request, scope)
            subject = find(request, **{key: kwargs.pop(key) for key in keys})

            def act() -> HttpResponse:
                with expecting(request, subject):
                    return handler(request, subject, **kwargs)

            return once(request, act)

        _add(
            router, "POST", path, told=told, view=_shaped(guarded, handler, _with_keys(handler, find)),
            statuses=statuses, extra=_told(scope, [KEY_HEADER, MATCH_HEADER]),
        )  # fmt: skip
        return handler

    return register


def _require_octets(request: Asking) -> None:
    if request.content_type != OCTETS:
        raise Problem(Kind.MEDIA, f"파일은 Content-Type: {OCTETS}로 보내십시오.")


def _with_keys(handler: Handler, find: Callable[..., Any]) -> inspect.Signature:
    """The handler's parameters with the keys that ``find`` takes in place of what it found."""
    request, _, *rest = inspect.signature(handler, eval_str=True).parameters.values()
    keys = list(inspect.signature(find, eval_str=True).parameters.values())[1:]
    loose = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*keys, *rest)]
    return inspect.Signature([request, *loose])


def _shaped(guarded: Handler, handler: Handler, signature: inspect.Signature) -> Handler:
    """``guarded`` under the handler's name and with the parameters that its address takes."""
    guarded.__name__, guarded.__doc__ = handler.__name__, handler.__doc__
    guarded.__signature__ = signature  # type: ignore[attr-defined]
    return guarded


def _told(scope: str | None, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"x-scope": scope or ""} | ({"parameters": parameters} if parameters else {})


def _add(
    router: Router, method: str, path: str, *, told: str, view: Handler, statuses: dict[int, Any],
    extra: dict[str, Any],
) -> None:  # fmt: skip
    router.add_api_operation(
        path, [method], view, response=statuses, summary=told, openapi_extra=extra, operation_id=view.__name__
    )


def told_of(kinds: type[Kind] = Kind) -> list[tuple[str, int, str, str]]:
    """Every problem as the documents list it: type, status, title, advice."""
    return [(kind.uri, kind.status, kind.title, kind.advice) for kind in kinds]
