"""What waits for the administrator of a government: nobody else sees that it is not done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from sijeong.legaltime import LegalTimeError
from sijeong.notices import access as notices
from sijeong.org import access as org
from sijeong.org import roster
from sijeong.org.models import Post, Role, Unit
from sijeong.org.viewer import Viewer

from .actions.recalendaring import latest_calendar
from .terms import calendar

NAMED = 5


@dataclass(frozen=True)
class Chore:
    """One thing to look after: what it is, how often, why it matters, and where it is done."""

    title: str
    count: int
    hint: str
    address: str


def chores(viewer: Viewer) -> list[Chore]:
    """Those that wait now, for an administrator; for others none."""
    if not viewer.has(Role.ADMINISTRATOR):
        return []
    return [chore for chore in _all(viewer) if chore.count]


def _all(viewer: Viewer) -> Iterator[Chore]:
    people = org.people(viewer)
    yield Chore(
        "보내지 못한 메일", notices.undelivered(viewer).count(),
        "메일 서버가 끝내 받지 않았습니다. 까닭을 보고 다시 보냅니다.", reverse("undelivered"),
    )  # fmt: skip
    yield Chore(
        "바뀐 휴일 파일", _calendar_differs(viewer),
        "휴일 파일이 지금 적용된 달력과 다릅니다. 옮겨질 기한을 미리 보고 적용합니다.", reverse("calendar"),
    )  # fmt: skip
    divisions = Unit.objects.on(viewer.day).filter(
        government=viewer.government_id, level__in=[Unit.Level.DIVISION, Unit.Level.AGENCY]
    )
    yield Chore(
        "사안을 맡을 부서", int(not divisions.exists()),
        "과·담당관이 아직 없습니다. 부서를 만들거나 표로 등록하고, 이어서 사람을 등록합니다.", reverse("enter", args=["units"]),
    )  # fmt: skip
    headless = _headless(viewer)
    named = ", ".join(unit.name for unit in headless[:NAMED])
    more = f" 밖 {len(headless) - NAMED}곳" if len(headless) > NAMED else ""
    yield Chore(
        "부서장이 없는 과", len(headless), f"결재할 사람이 없습니다: {named}{more}.",
        reverse("unit", args=[headless[0].pk]) if len(headless) == 1 else reverse("organisation"),
    )  # fmt: skip
    for state, hint in (
        ("idle", "계정은 있으나 발령이 없어 아무 일도 할 수 없습니다."),
        ("temporary", "임시 비밀번호를 받고 아직 들어오지 않았습니다."),
    ):
        count = roster.in_state(people, viewer.day, state).count()
        yield Chore(roster.STATES[state], count, hint, f"{reverse('administration')}?state={state}")


def _calendar_differs(viewer: Viewer) -> int:
    government = viewer.user.government
    applied = latest_calendar(government)
    try:
        return int(applied is not None and applied.version != calendar(government).version)
    except LegalTimeError:
        return 1  # the page says what is wrong with the file


def _headless(viewer: Viewer) -> list[Unit]:
    """Divisions in which somebody answers cases today and nobody approves."""
    posts = Post.objects.on(viewer.day).filter(unit__government=viewer.government_id)
    units = Unit.objects.on(viewer.day).filter(government=viewer.government_id, level=Unit.Level.DIVISION)
    led = posts.filter(role=Role.DIVISION_HEAD).values("unit")
    return list(
        units.filter(pk__in=posts.filter(role=Role.DIVISION_OFFICER).values("unit"))
        .exclude(pk__in=led)
        .order_by("path", "pk")
    )
