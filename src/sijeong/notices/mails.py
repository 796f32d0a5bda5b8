"""A notice as a mail. It leaves the house, so it says what happened to which number, and never a title or a text."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from .models import Notice
from .stopping import token_of


def message_id(notice: Notice) -> str:
    """Fixed by what is told to whom: a mail sent twice can be known as one, and mail servers do."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{sha256(f'{notice.key}/{notice.person_id}'.encode()).hexdigest()[:40]}@{domain}>"


def mail(notice: Notice, seen: Collection[str]) -> EmailMessage:
    """The mail of the notice to its person, with those of its lines whose subject is among ``seen``."""
    stop = settings.ADDRESS + reverse("unsubscribe", args=[token_of(notice)])
    body = render_to_string("notices/mail.txt", {
        "notice": notice, "lines": [line for line in notice.told_lines if not line.about or line.about in seen],
        "address": settings.ADDRESS, "stop": stop,
    })  # fmt: skip
    return EmailMessage(
        subject=f"[시정] {notice.of_kind.name}: {notice.subject}", body=body, to=[notice.person.email],
        headers={
            "Message-ID": message_id(notice), "Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )  # fmt: skip
