"""The one door to notices: one's own, and for administrators the mails that could not be sent."""

from __future__ import annotations

import structlog
from django.db.models import QuerySet
from django.http import Http404

from sijeong.org.viewer import Viewer

from .models import Choice, Delivery, Notice

log = structlog.get_logger("sijeong.access")


def notices(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer was told on our pages."""
    return Notice.objects.filter(person_id=viewer.pk, government_id=viewer.government_id, in_app=True)


def notice(viewer: Viewer, pk: int) -> Notice:
    """One of the viewer's own. Raises Http404."""
    found = notices(viewer).filter(pk=pk).first()
    if found is None:
        log.warning("denied", room="notices", what="notice", user=viewer.pk)
        raise Http404("notice")
    return found


def choices(viewer: Viewer) -> dict[tuple[str, str], bool]:
    """What the viewer said of kinds and channels, by (kind, channel)."""
    return {(c.kind, c.channel): c.on for c in Choice.objects.filter(person_id=viewer.pk)}


def undelivered(viewer: Viewer) -> QuerySet[Delivery]:
    """Mails of the viewer's government that were given up, the newest first."""
    dead = Delivery.objects.filter(notice__government_id=viewer.government_id, state=Delivery.State.DEAD)
    return dead.select_related("notice__person").order_by("-notice__made_at", "-pk")


UNREAD_SHOWN = 99


def unread_of(person: int) -> QuerySet[Notice]:
    """What the person has not read, up to one more than the bell shows."""
    return Notice.objects.filter(person_id=person, in_app=True, read_at=None).order_by()[: UNREAD_SHOWN + 1]


def unread(viewer: Viewer) -> int:
    """How many are unread, told up to one more than the bell shows."""
    return unread_of(viewer.pk).count()
