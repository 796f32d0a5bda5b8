"""Mails on their way: claimed row by row, sent, recorded.

A mail is claimed in a transaction of its own before it is sent, so that two workers never hold one at once. SMTP has
no transaction that spans the server's word and our row: a worker that dies after the server took a mail and before
the row says so leaves a claim that runs out, and the mail is sent once more with the same Message-ID, by which
servers and readers know the double. Rather twice than never: what is reminded of is a legal date.
"""

from __future__ import annotations

import datetime as dt
import smtplib
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sijeong.org.models import User

from .kinds import Channel
from .mails import mail
from .models import Choice, Delivery, Notice

log = structlog.get_logger("sijeong.notices")
Sight = Callable[[User, Collection[str]], set[str]]
"""Which of these subjects the person may still see: handed in by the room that knows them."""

LEASE = dt.timedelta(minutes=5)
# Of a lease, how long new mails are begun: what is left is longer than one mail can take to time out.
BEGINS_WITHIN = dt.timedelta(minutes=2)
AT_ONCE = 20
AWAY = dt.timedelta(minutes=1)
WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
PERMANENT = range(500, 600)
State = Delivery.State


def is_anything_due(now: dt.datetime) -> bool:
    """A look without a lock: most of the time there is nothing to send."""
    return Delivery.objects.filter(state__in=[State.WAITING, State.CLAIMED], next_at__lte=now).exists()


@transaction.atomic
def claim(now: dt.datetime) -> tuple[uuid.UUID, list[Delivery]]:
    """Take the next mails, for ``LEASE``; also those whose worker let its lease run out."""
    due = Delivery.objects.filter(state__in=[State.WAITING, State.CLAIMED], next_at__lte=now)
    rows = list(due.order_by("next_at", "pk").select_for_update(skip_locked=True)[:AT_ONCE])
    token, keys = uuid.uuid4(), [row.pk for row in rows]
    Delivery.objects.filter(pk__in=keys, state=State.CLAIMED).update(unsure=True)
    Delivery.objects.filter(pk__in=keys).update(
        state=State.CLAIMED, claim=token, attempts=F("attempts") + 1, next_at=now + LEASE
    )
    mine = Delivery.objects.filter(claim=token).select_related("notice__person", "notice__subscription")
    return token, list(mine.order_by("pk"))


def send_waiting(*, sight: Sight) -> int:
    """Send what is due, batch by batch, until nothing is or the mail server is away; how many left the house."""
    sent = 0
    while is_anything_due(timezone.now()):
        token, batch = claim(timezone.now())
        if not batch:
            break
        done, away = _Round(token, sight).send(batch)
        sent += done
        if away:
            break
    return sent


class _Round:
    """One claimed batch over one connection."""

    def __init__(self, token: uuid.UUID, sight: Sight) -> None:
        self.token, self.sight = token, sight
        self.until = timezone.now() + BEGINS_WITHIN

    def send(self, batch: Sequence[Delivery]) -> tuple[int, bool]:
        """How many were sent, and whether the server is away."""
        batch = [delivery for delivery in batch if not self._dropped(delivery)]
        connection: BaseEmailBackend = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self._release(batch, error)
            return 0, True
        sent, left = 0, list(batch)
        try:
            while left and timezone.now() < self.until:
                sent += self._send(connection, left.pop(0))
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self._release(left, error)
            return sent, True
        finally:
            connection.close()
        self._release(left, None)
        return sent, False

    def _send(self, connection: BaseEmailBackend, delivery: Delivery) -> bool:
        notice = delivery.notice
        seen = self.sight(notice.person, {line.about for line in notice.told_lines if line.about})
        message = mail(notice, seen)
        message.connection = connection
        try:
            message.send()
        except smtplib.SMTPServerDisconnected as error:
            # Whether the server took it before it hung up nobody knows.
            self._failed(delivery, error, unsure=True)
            raise
        except smtplib.SMTPException as error:
            self._failed(delivery, error)
            return False
        except OSError as error:
            self._failed(delivery, error, unsure=True)
            raise
        self._set(delivery, state=State.SENT, sent_at=timezone.now(), fault="")
        return True

    def _set(self, delivery: Delivery, **values: object) -> None:
        """Only while the claim is ours: a lease that ran out belongs to whoever took it."""
        Delivery.objects.filter(pk=delivery.pk, claim=self.token).update(**values)

    def _dropped(self, delivery: Delivery) -> bool:
        if delivery.attempts > len(WAITS) + 1:  # each worker that took it has died of it
            self._set(delivery, state=State.DEAD, fault="보내던 일꾼이 거듭 죽었음")
            return True
        why = _why_not(delivery.notice, self.sight)
        if why:
            self._set(delivery, state=State.DROPPED, fault=why)
        return bool(why)

    def _failed(self, delivery: Delivery, error: Exception, *, unsure: bool = False) -> None:
        final = _is_final(error) or delivery.attempts > len(WAITS)
        fault = _told(error)
        log.warning("mail_failed", delivery=delivery.pk, final=final, fault=type(error).__name__)
        if final:
            self._set(delivery, state=State.DEAD, fault=fault, unsure=delivery.unsure or unsure)
        else:
            wait = WAITS[delivery.attempts - 1]
            self._set(
                delivery, state=State.WAITING, fault=fault, unsure=delivery.unsure or unsure,
                next_at=timezone.now() + wait,
            )  # fmt: skip

    def _release(self, left: Iterable[Delivery], error: Exception | None) -> None:
        """Give back what was not tried: an outage of the server costs no mail one of its attempts."""
        keys = [delivery.pk for delivery in left]
        told = {"fault": _told(error)} if error else {}
        if error:
            log.warning("mail_server_away", waiting=len(keys), fault=type(error).__name__)
        Delivery.objects.filter(pk__in=keys, claim=self.token).update(
            state=State.WAITING, attempts=F("attempts") - 1,
            next_at=timezone.now() + (AWAY if error else dt.timedelta()), **told,
        )  # fmt: skip


def _why_not(notice: Notice, sight: Sight) -> str:
    """Why a mail must not leave after all; "" if it may. Much can change between making and sending."""
    person = notice.person
    if not person.is_active:
        return "사용이 중지된 계정"
    if not person.email:
        return "전자우편 주소가 없음"
    chosen = Choice.objects.filter(person=person, kind=notice.kind, channel=Channel.EMAIL).first()
    if not notice.of_kind.is_on(Channel.EMAIL, chosen.on if chosen else None):
        return "그 사이 이 알림의 메일을 껐음"
    if notice.kind == "subscribed" and notice.subscription is None:
        return "그 사이 구독을 그만둠"
    if notice.about and not sight(person, {notice.about}):
        return "그 사이 볼 수 없게 됨"
    told = {line.about for line in notice.told_lines if line.about}
    return "그 사이 볼 수 없게 됨" if told and not sight(person, told) else ""


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_final(error: Exception) -> bool:
    """The server said for good that it will not take it; sign-in failures are ours to mend, not the mail's."""
    codes = _codes(error)
    return (
        bool(codes)
        and not isinstance(error, smtplib.SMTPAuthenticationError)
        and all(code in PERMANENT for code in codes)
    )


def _told(error: Exception) -> str:
    codes = " ".join(map(str, _codes(error)))
    return f"{codes} {type(error).__name__}: {error}".strip()[:300]
