"""Secret addresses of personal calendars: made, shown once, revoked."""

from __future__ import annotations

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sijeong.org.models import User
from sijeong.org.permissions import may_administer
from sijeong.org.viewer import Viewer

from ..errors import PublicationStopped
from ..models import CalendarKey

MOST = 10


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_key(*, name: str, by: Viewer) -> str:
    """A new secret for the person's own calendar. It is not kept: this is the only time it is told."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if CalendarKey.objects.filter(user=user, revoked_at=None).count() >= MOST:
        raise PublicationStopped(f"주소는 {MOST}개까지 만들 수 있습니다. 쓰지 않는 것을 거두십시오.")
    secret = secrets.token_urlsafe(32)
    key = CalendarKey.objects.create(user=user, digest=digest_of(secret), name=name.strip()[:40] or "달력")
    user.record("calendar_made", by=by, key=key.pk, name=key.name)
    return secret


@transaction.atomic
def revoke_key(*, key: CalendarKey, by: Viewer) -> None:
    """From now on the address is not there. A second time changes nothing."""
    user = User.objects.select_for_update().get(pk=key.user_id)
    if user.pk != by.pk and not (may_administer(by) and user.government_id == by.government_id):
        raise PermissionDenied
    key = CalendarKey.objects.get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        user.record("calendar_revoked", by=by, key=key.pk, name=key.name)
