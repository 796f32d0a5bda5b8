"""Meetings of the small city."""

import datetime as dt

from django.utils import timezone

from sijeong.council import actions


def meet(city, *, who="officer", days=-3, kind="single", **more):
    """A meeting of 서의원 with 총무과, some days from now at this hour."""
    told = {
        "government": city.seoul, "kind": kind, "held_at": timezone.now() + dt.timedelta(days=days), "place": "의원회관 302호",
        "subject": "청사 승강기", "units": [city.units["general_affairs"]], "members": [city.people["member"]],
        "officers": [city.people["officer"]], "content": "승강기 고장이 잦음",
    } | more  # fmt: skip
    return actions.record_meeting(**told, by=city.viewer(who))
