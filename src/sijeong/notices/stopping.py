"""The link in a mail that ends such mails: signed, so that it works without signing in and only for its reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from sijeong.org.models import User

from . import actions
from .kinds import KINDS, Channel
from .models import Notice, Subscription

SALT = "sijeong.notices.stop"


@dataclass(frozen=True)
class Stop:
    """What a link ends: a subscription (its subject), or the mails of a kind (no subject)."""

    person: User
    kind: str
    subject: str
    label: str

    def carry_out(self) -> None:
        if self.subject:
            actions.unsubscribe(person=self.person, subject=self.subject, by=self.person)
        else:
            actions.choose(person=self.person, chosen={(self.kind, Channel.EMAIL): False}, by=self.person)


def token_of(notice: Notice) -> str:
    """The signed token of the notice's own link."""
    subject = notice.subscription.subject if notice.subscription else ""
    return signing.dumps([notice.person_id, notice.kind, subject], salt=SALT)


def read(token: str) -> Stop | None:
    """What the token ends; None for one that is not ours. It never runs out: mails are kept for years."""
    try:
        pk, kind, subject = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=pk).first()
    if person is None or kind not in KINDS:
        return None
    held = Subscription.objects.filter(person=person, subject=subject).first() if subject else None
    return Stop(person, kind, subject, held.label if held else KINDS[kind].name)
