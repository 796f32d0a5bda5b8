"""Which subjects of notices a person may still see: what the rooms below are handed, who know no cases."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from sijeong.org.models import User
from sijeong.org.viewer import viewer_for

from .models import Case

CASE = "case:"


def seen(person: User, abouts: Collection[str]) -> set[str]:
    """Those of ``abouts`` that the person may see today; what is no case is nobody's secret."""
    keys = {int(about.removeprefix(CASE)) for about in abouts if about.startswith(CASE)}
    others = {about for about in abouts if not about.startswith(CASE)}
    if not keys:
        return others
    viewer = viewer_for(person, timezone.localdate())
    visible = Case.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)
    return others | {f"{CASE}{pk}" for pk in visible}
