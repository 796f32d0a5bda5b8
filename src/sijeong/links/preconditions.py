"""No update is lost: a write says which version it began from, and whoever takes the row's lock compares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest

from sijeong.audit.models import Journalled

from .problems import Kind, Problem

_expected: ContextVar[dict[tuple[str, int], tuple[str, ...]] | None] = ContextVar("expected", default=None)
TAG = re.compile(r'(?:W/)?("[^"]*")')


def tag(subject: Journalled) -> str:
    """The ETag of a subject with a journal: the number and the digest of its last event."""
    return f'"{subject.version}-{subject.head[:16]}"'


def listed(header: str) -> tuple[str, ...]:
    """The tags of an If-Match or If-None-Match; ``*`` stands for any."""
    return ("*",) if header.strip() == "*" else tuple(TAG.findall(header))


def unchanged(request: HttpRequest, subject: Journalled) -> bool:
    """Whether the asker already has this version (If-None-Match)."""
    known = listed(request.headers.get("If-None-Match", ""))
    return "*" in known or tag(subject) in known


@contextmanager
def expecting(request: HttpRequest, subject: Journalled) -> Iterator[None]:
    """Inside, the first lock on ``subject`` compares it with the request's If-Match.

    Raises Problem: 428 where there is none, 412 where another version stands.
    """
    header = request.headers.get("If-Match", "")
    if not header:
        raise Problem(Kind.CONDITION_MISSING)
    with read_as(subject, header):
        yield


@contextmanager
def read_as(subject: Journalled, tags: str) -> Iterator[None]:
    """Inside, the first lock on ``subject`` compares it with the version that one read; none told, none compared."""
    if not tags:
        yield
        return
    wanted = listed(tags)
    _compare(subject, wanted)
    reset = _expected.set({(subject.SUBJECT, subject.pk): wanted})
    try:
        yield
    finally:
        _expected.reset(reset)


def locked(subject: Journalled) -> None:
    """Called with the row's lock held: what was read before is still so. Raises Problem (412)."""
    waiting = _expected.get()
    if waiting and (wanted := waiting.pop((subject.SUBJECT, subject.pk), None)):
        _compare(subject, wanted)


def _compare(subject: Journalled, wanted: tuple[str, ...]) -> None:
    if "*" not in wanted and tag(subject) not in wanted:
        raise Problem(Kind.CHANGED, headers={"ETag": tag(subject)})
