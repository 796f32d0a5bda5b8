"""What ``sijeong doctor`` asks of notices."""

from __future__ import annotations

import datetime as dt

from .models import Delivery

PATIENCE = dt.timedelta(hours=1)


def unsent(now: dt.datetime) -> int:
    """Mails that have waited for more than an hour."""
    waiting = Delivery.objects.filter(state__in=[Delivery.State.WAITING, Delivery.State.CLAIMED])
    return waiting.filter(notice__made_at__lt=now - PATIENCE).count()


def undelivered() -> int:
    """Mails that were given up and wait for an administrator."""
    return Delivery.objects.filter(state=Delivery.State.DEAD).count()
