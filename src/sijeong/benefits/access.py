"""The one door to the room's rows: what one may not see is not there."""

from __future__ import annotations

import structlog
from django.http import Http404

from sijeong.org.models import Government

log = structlog.get_logger("sijeong.access")


def government(code: str) -> Government:
    """The government whose public pages these are. Raises Http404."""
    found = Government.objects.filter(code=code).first()
    if found is None:
        raise Http404("government")
    return found
