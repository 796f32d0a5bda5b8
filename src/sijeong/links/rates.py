"""How often a token may ask: counted in the database, in blocks that each process takes ahead.

A write for every request would cost more than the request. So a process takes a block of the minute's allowance in
one statement, serves it from memory, and takes the next: together the processes never pass the limit, and a block
left over when the minute ends is lost. The same statement keeps ``last_used_at``.
"""

from __future__ import annotations

import threading
import time

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from .models import Token

BLOCK = 20
KEPT = 2000
_left: dict[str, tuple[int, int]] = {}
_lock = threading.Lock()


def seconds_to_wait(digest: str) -> int:
    """Of the token with this digest: 0 where the request may go on; otherwise the seconds until the next minute."""
    now = int(time.time())
    minute = now // 60
    with _lock:
        counted, left = _left.get(digest, (0, 0))
        if counted == minute and left:
            _left[digest] = (minute, left - 1)
            return 0
    if not _take(digest, minute):
        return 60 - now % 60
    with _lock:
        if len(_left) >= KEPT:
            _left.clear()
        counted, left = _left.get(digest, (0, 0))
        _left[digest] = (minute, (left if counted == minute else 0) + BLOCK - 1)
    return 0


def _take(digest: str, minute: int) -> bool:
    room = Q(taken__lte=settings.API_REQUESTS_A_MINUTE - BLOCK)
    taken = Case(When(minute=minute, then=F("taken") + BLOCK), default=Value(BLOCK))
    return bool(
        Token.objects.filter(~Q(minute=minute) | room, digest=digest).update(
            taken=taken, minute=minute, last_used_at=timezone.now()
        )
    )
