"""The secret on an applicant's receipt: what lets them, and nobody else, look up their own result."""

from __future__ import annotations

import base64
import hmac

from .models import Round


def secret_of(found: Round, number: str) -> str:
    """Ten letters and digits, told by the round's salt; a day's plan keeps those of the day it follows."""
    while found.daily and found.replaces:
        found = found.replaces
    digest = hmac.digest(bytes(found.salt), f"receipt {number}".encode(), "sha256")
    return base64.b32encode(digest)[:10].decode()


def fits(found: Round, number: str, secret: str) -> bool:
    """In constant time, so that nobody finds it letter by letter."""
    return hmac.compare_digest(secret_of(found, number).encode(), secret.strip().upper().encode())
