"""A write that is sent again by a line that broke has its effect once: its answer is kept with the effect."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable

import orjson
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone

from .bearer import Asking
from .models import Answered
from .problems import Kind, Problem

KEPT = dt.timedelta(days=7)
KEY = re.compile(r"[\x21-\x7e]{1,80}")
KEPT_HEADERS = ("ETag", "Location")


def fingerprint(request: Asking, content: bytes) -> str:
    """Of what is asked: method, address and content."""
    told = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(told + hashlib.sha256(content).digest()).hexdigest()


def once(
    request: Asking,
    act: Callable[[], HttpResponse],
    content: Callable[[], bytes] | None = None,
    told_once: str = "",
) -> HttpResponse:
    """Do ``act`` in a transaction; with an Idempotency-Key, once: a second time its answer is given again.

    ``content`` is what is compared beside the address (default: the body); ``told_once`` the name in the answer of what
    is not kept: a second time it is null. A refusal is not kept: what could not
    be done may be tried again under the same key. Raises Problem (422) for a key that came with something else.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        with transaction.atomic():
            return act()
    if not KEY.fullmatch(key):
        where = {"where": "header.Idempotency-Key", "message": "눈에 보이는 ASCII 글자 1~80자여야 합니다."}
        raise Problem(Kind.INVALID, errors=[where])
    compared = fingerprint(request, content() if content else request.body)
    try:
        with transaction.atomic():
            return _first(request, key, compared, act, told_once)
    except _Known:
        return _again(request, key, compared)


class _Known(Exception):
    """The key stands already: what this transaction began is undone."""


def _first(
    request: Asking, key: str, compared: str, act: Callable[[], HttpResponse], told_once: str
) -> HttpResponse:
    now = timezone.now()
    # Another request with the key waits here until this one ends, and then finds it taken or free.
    try:
        with transaction.atomic():
            kept = Answered.objects.create(user_id=request.viewer.pk, key=key, digest=compared, at=now)
    except IntegrityError:
        raise _Known from None
    response = act()
    kept.status, kept.body = response.status_code, response.content
    if told_once:
        kept.body = orjson.dumps(orjson.loads(response.content) | {told_once: None})
    kept.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    kept.save(update_fields=["status", "body", "headers"])
    Answered.objects.filter(at__lt=now - KEPT).delete()
    return response


def _again(request: Asking, key: str, compared: str) -> HttpResponse:
    kept = Answered.objects.get(user_id=request.viewer.pk, key=key)
    if kept.digest != compared:
        raise Problem(Kind.KEY_REUSED)
    response = HttpResponse(bytes(kept.body), status=kept.status, content_type="application/json")
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response
