"""Saved views, as people have them who look at their lists every day."""

from __future__ import annotations

from django.utils import timezone

from sijeong.org.models import User
from sijeong.org.viewer import viewer_for
from sijeong.search.actions import save_view
from sijeong.search.saved import units_of

# user, list, name, query, whether the unit sees it too
VIEWS = [
    ("planning", "cases", "기한 지난 것", "scope=open&due=late", True),
    ("planning", "cases", "이레 안에 기한", "scope=open&due=week&col=number&col=asker&col=lead&col=state&col=due&col=left", True),
    ("planning", "cases", "출처의 진술만 있음", "scope=all&basis=source&col=number&col=kind&col=lead&col=state", False),
    ("planning", "follow_ups", "기한 지난 향후계획", "state=open&due=late&col=case&col=unit&col=owner&col=due&col=left", True),
    ("officer", "cases", "우리 부서 것", "pile=division&scope=open", False),
    ("officer", "follow_ups", "우리 부서가 지킬 것", "mine=1&state=open", False),
    ("admin", "administration", "아이디만", "col=username", False),
]  # fmt: skip


def lay_views() -> None:
    """Save the views through the action that everyone uses."""
    for username, list, name, query, shared in VIEWS:
        by = viewer_for(User.objects.get(username=username), timezone.localdate())
        unit = units_of(by)[0] if shared else None
        save_view(list=list, name=name, query=query, unit=unit, by=by)
