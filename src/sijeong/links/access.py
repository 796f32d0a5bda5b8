"""The one door to tokens: one's own, and for administrators those of their government's people."""

from __future__ import annotations

import structlog
from django.db.models import QuerySet
from django.http import Http404

from sijeong.org.models import User
from sijeong.org.permissions import may_administer
from sijeong.org.viewer import Viewer

from .models import Token

log = structlog.get_logger("sijeong.access")


def tokens(viewer: Viewer, user: User) -> QuerySet[Token]:
    """The tokens of ``user``, newest first; none where the viewer may not see them."""
    theirs = Token.objects.filter(user=user, government_id=viewer.government_id).select_related("revoked_by")
    if user.pk != viewer.pk and not may_administer(viewer):
        theirs = theirs.none()
    return theirs.order_by("-made_at", "-pk")


def token(viewer: Viewer, pk: int) -> Token:
    """A token the viewer may see. Raises Http404."""
    found = Token.objects.filter(pk=pk, government_id=viewer.government_id).select_related("user").first()
    if found is None or (found.user_id != viewer.pk and not may_administer(viewer)):
        log.warning("denied", room="links", what="token", user=viewer.pk)
        raise Http404("token")
    return found
