"""What a worker does by the clock, beside its tasks: remind people, send their mails, take up what the dead left.

It also has files read again that an older reader read, and lets go of sessions that ended.

Every worker does so: what is made twice is made once (see ``notices.actions.tell``), and a mail is claimed by one.
"""

from __future__ import annotations

import datetime as dt
import time
from contextlib import AbstractContextManager

import structlog
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from sijeong.beside import beside
from sijeong.cases import actions
from sijeong.cases.actions.reminding import is_time
from sijeong.cases.models import CaseTypeVersion
from sijeong.cases.sight import seen
from sijeong.documents.contents import read_again_soon
from sijeong.notices.sending import send_waiting
from sijeong.org.models import Government
from sijeong.org.signed_in import SessionStore

from .left_behind import Watch

log = structlog.get_logger("sijeong.clock")
EVERY = 3.0
REMIND_EVERY = dt.timedelta(minutes=10)


def remind_all(now: dt.datetime) -> int:
    """Make what is owed today in every government that takes cases; how many notices were new.

    What goes wrong in one is logged and does not keep the others waiting.
    """
    made, day = 0, timezone.localtime(now).date()
    using = CaseTypeVersion.objects.filter(current=True).values("government")
    for government in Government.objects.filter(pk__in=using).order_by("pk"):
        try:
            if actions.stragglers(government):
                actions.recalendar(government=government, by=None)
            if is_time(now):
                made += actions.remind(government=government, day=day)
        except (DatabaseError, ValueError) as error:
            log.exception("remind_failed", government=government.code, fault=type(error).__name__)
    return made


class Hand:
    """What goes round: it knows when people were last reminded, and which workers it has missed."""

    def __init__(self) -> None:
        self.reminded: dt.datetime | None = None
        self.watch = Watch()

    def __call__(self) -> None:
        now = timezone.now()
        try:
            # A clock that was set back is a new beginning, too.
            if self.reminded is None or not dt.timedelta() <= now - self.reminded < REMIND_EVERY:
                remind_all(now)
                SessionStore.clear_expired()
                self.reminded = now
            send_waiting(sight=seen)
            read_again_soon()
            self.watch.look(time.monotonic())
        except Exception:
            # The database away for a while, or a fault in one look: no reason to remind nobody ever after.
            log.exception("clock_failed")
            connection.close()


def kept() -> AbstractContextManager[None]:
    """Look at the clock beside whatever is done meanwhile."""
    return beside(Hand(), EVERY, at_end=connections.close_all, name="clock")
