"""Every write about tokens, each told in its person's journal in the same transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sijeong.org.models import User
from sijeong.org.permissions import may_administer
from sijeong.org.viewer import Viewer

from .errors import TokenRefused
from .models import Token
from .scopes import Scope

LONGEST = dt.timedelta(days=366)
MOST = 20


def digest_of(secret: str) -> str:
    """A token is 256 random bits: one round of SHA-256 is enough, and fast enough for every request."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, name: str, scopes: list[str], expires_on: dt.date, by: Viewer) -> tuple[Token, str]:
    """A token of one's own, and its text, which is kept nowhere: it is shown once.

    Raises TokenRefused for no name or scope, a day that is past or more than a year ahead, or too many tokens.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    today = timezone.localdate()
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise TokenRefused("어느 시스템이 쓸 토큰인지 60자 이하로 적으십시오.")
    unknown = [scope for scope in scopes if scope not in set(Scope)]
    if not scopes or unknown:
        raise TokenRefused(f"권한 범위를 하나 이상 고르십시오. 있는 범위: {', '.join(Scope)}")
    if not today <= expires_on <= today + LONGEST:
        raise TokenRefused("마지막 날은 오늘부터 1년 안이어야 합니다.")
    if Token.objects.filter(user=user, revoked_at=None, expires_on__gte=today).count() >= MOST:
        raise TokenRefused(f"쓸 수 있는 토큰이 이미 {MOST}개입니다. 쓰지 않는 것을 회수하십시오.")
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    text = f"sijeong_{prefix}_{secret}"
    token = Token.objects.create(
        government_id=user.government_id, user=user, name=name, prefix=prefix, digest=digest_of(text),
        scopes=sorted(set(scopes)), made_at=timezone.now(), expires_on=expires_on,
    )  # fmt: skip
    user.record("token_made", by=by, name=name, prefix=prefix, scopes=token.scopes, last=expires_on)
    return token, text


@transaction.atomic
def revoke_token(*, token: Token, by: Viewer) -> Token:
    """The token opens nothing from now on. Its person may, and an administrator. Twice changes nothing."""
    user = User.objects.select_for_update(no_key=True).get(pk=token.user_id)
    token = Token.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if user.pk != by.pk and not (may_administer(by) and user.government_id == by.government_id):
        raise PermissionDenied
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = timezone.now(), by.user
        token.save(update_fields=["revoked_at", "revoked_by"])
        user.record("token_revoked", by=by, name=token.name, prefix=token.prefix)
    return token
