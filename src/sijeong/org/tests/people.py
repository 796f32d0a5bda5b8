"""A small city for tests of any room: two governments, one unit of each kind, one person of each role.

Give a test the fixture ``city`` and ask it for ``city.units["general_affairs"]``, ``city.people["officer"]``
or ``city.viewer("officer")``; ``signed_in("officer")`` is a client with that person's session. The keys are
stable: UNITS and PEOPLE below list them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from sijeong.org.models import District, Government, Post, Role, Session, Unit, User
from sijeong.org.signed_in import SessionStore
from sijeong.org.viewer import Viewer, viewer_for

from .laid import laid

SINCE = dt.date(2022, 7, 1)
PASSWORD = "시험용-암호-하나"
LEVEL = Unit.Level

# key: name, level, parent's key, key of the committee it answers to
UNITS = {
    "city": ("서울특별시", LEVEL.CITY, None, None),
    "council": ("서울특별시의회", LEVEL.COUNCIL, None, None),
    "administration_committee": ("행정자치위원회", LEVEL.COMMITTEE, "council", None),
    "welfare_committee": ("보건복지위원회", LEVEL.COMMITTEE, "council", None),
    "planning_bureau": ("기획조정실", LEVEL.BUREAU, "city", "administration_committee"),
    "planning": ("기획담당관", LEVEL.DIVISION, "planning_bureau", None),
    "administration": ("행정국", LEVEL.BUREAU, "city", "administration_committee"),
    "general_affairs": ("총무과", LEVEL.DIVISION, "administration", None),
    "general_team": ("총무팀", LEVEL.TEAM, "general_affairs", None),
    "personnel": ("인사과", LEVEL.DIVISION, "administration", None),
    "welfare": ("복지정책실", LEVEL.BUREAU, "city", "welfare_committee"),
    "welfare_policy": ("복지정책과", LEVEL.DIVISION, "welfare", None),
    "culture": ("문화본부", LEVEL.BUREAU, "city", None),
    "culture_policy": ("문화정책과", LEVEL.DIVISION, "culture", None),
    "mayors_office": ("시장비서실", LEVEL.DIVISION, "city", None),
    "audit_office": ("감사담당관", LEVEL.DIVISION, "city", None),
    "systems": ("정보시스템담당관", LEVEL.DIVISION, "city", None),
}
JUNG_GU_UNITS = {
    "jung_gu_office": ("중구청", LEVEL.CITY, None, None),
    "jung_gu_planning": ("기획예산과", LEVEL.DIVISION, "jung_gu_office", None),
}

# key: name, then each post as (unit's key, role, title)
PEOPLE: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "planning_officer": ("김총괄", [("planning", Role.PLANNING_OFFICER, "주무관")]),
    "planning_head": ("나담당", [("planning", Role.DIVISION_HEAD, "기획담당관")]),
    "officer": ("이주무", [("general_affairs", Role.DIVISION_OFFICER, "주무관")]),
    "colleague": ("박동료", [("general_affairs", Role.DIVISION_OFFICER, "주무관")]),
    "team_officer": ("도팀원", [("general_team", Role.DIVISION_OFFICER, "주무관")]),
    "head": ("최과장", [("general_affairs", Role.DIVISION_HEAD, "총무과장")]),
    "personnel_officer": ("정인사", [("personnel", Role.DIVISION_OFFICER, "주무관")]),
    "personnel_head": ("강과장", [("personnel", Role.DIVISION_HEAD, "인사과장")]),
    "bureau_head": ("조국장", [("administration", Role.BUREAU_HEAD, "행정국장")]),
    "joint_officer": ("윤협조", [("welfare_policy", Role.DIVISION_OFFICER, "주무관")]),
    "joint_head": ("장과장", [("welfare_policy", Role.DIVISION_HEAD, "복지정책과장")]),
    "joint_bureau_head": ("임실장", [("welfare", Role.BUREAU_HEAD, "복지정책실장")]),
    "other_officer": ("한문화", [("culture_policy", Role.DIVISION_OFFICER, "주무관")]),
    "other_head": ("오과장", [("culture_policy", Role.DIVISION_HEAD, "문화정책과장")]),
    "member": (
        "서의원",
        [
            ("council", Role.COUNCIL_MEMBER, "의원"),
            ("administration_committee", Role.COUNCIL_MEMBER, "위원장"),
        ],
    ),
    "other_member": (
        "신의원",
        [("council", Role.COUNCIL_MEMBER, "의원"), ("welfare_committee", Role.COUNCIL_MEMBER, "위원")],
    ),
    "aide": ("권보좌", [("council", Role.AIDE, "보좌")]),
    "mayors_officer": ("황비서", [("mayors_office", Role.MAYORS_OFFICE, "비서관")]),
    "auditor": ("안감사", [("audit_office", Role.AUDITOR, "감사관")]),
    "administrator": ("송관리", [("systems", Role.ADMINISTRATOR, "주무관")]),
    "newcomer": ("류신규", []),
}
JUNG_GU_PEOPLE: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "jung_gu_officer": ("전중구", [("jung_gu_planning", Role.PLANNING_OFFICER, "주무관")]),
    "jung_gu_head": ("홍과장", [("jung_gu_planning", Role.DIVISION_HEAD, "기획예산과장")]),
    "jung_gu_administrator": ("고관리", [("jung_gu_planning", Role.ADMINISTRATOR, "주무관")]),
}


@dataclass(frozen=True)
class City:
    """The small city, by key."""

    seoul: Government
    jung_gu: Government
    units: dict[str, Unit]
    people: dict[str, User]

    def viewer(self, who: str) -> Viewer:
        return viewer_for(self.people[who], timezone.localdate())


@cache
def hashed_password() -> str:
    return make_password(PASSWORD)


def build_city() -> City:
    """Lay the city down in the database."""
    seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
    jung_gu = Government.objects.create(
        code="jung-gu", name="중구", kind="district", city="seoul", parent=seoul
    )
    jongno = District.objects.create(government=seoul, code="11110", name="종로구", voters=129_968)
    jongno.neighbours.add(
        District.objects.create(government=seoul, code="11140", name="중구", voters=110_758)
    )
    units = build_units(seoul, UNITS) | build_units(jung_gu, JUNG_GU_UNITS)
    people = build_people(seoul, PEOPLE) | build_people(jung_gu, JUNG_GU_PEOPLE)
    Post.objects.bulk_create(
        Post(
            user=people[key], unit=units[unit], role=role, title=title, valid_from=SINCE,
            assists=people["member"] if role == Role.AIDE else None,
            district=jongno if key == "member" else None,
        )
        for key, (_, posts) in (PEOPLE | JUNG_GU_PEOPLE).items()
        for unit, role, title in posts
    )  # fmt: skip
    return City(seoul, jung_gu, units, people)


def build_units(
    government: Government, named: dict[str, tuple[str, str, str | None, str | None]]
) -> dict[str, Unit]:
    """Units in the order named, parents and committees before those that refer to them."""
    units = {
        key: Unit(
            government=government, code=key.replace("_", "-")[:20], name=name, level=level, valid_from=SINCE
        )
        for key, (name, level, _, _) in named.items()
    }
    Unit.objects.bulk_create(units.values())
    for key, (_, _, parent, committee) in named.items():
        unit = units[key]
        unit.parent = units[parent] if parent else None
        unit.committee = units[committee] if committee else None
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    # As one statement for all: bulk_update writes three CASEs of them, and took half of the city's time.
    rows = [(unit.parent_id, unit.committee_id, unit.path, unit.pk) for unit in units.values()]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE org_unit SET parent_id = %s, committee_id = %s, path = %s WHERE id = %s", rows
        )
    return units


def build_people(government: Government, named: dict[str, tuple[str, list]]) -> dict[str, User]:
    """Accounts whose user name is their key."""
    people = {
        key: User(government=government, username=key, name=name, password=hashed_password())
        for key, (name, _) in named.items()
    }
    User.objects.bulk_create(people.values())
    return people


@pytest.fixture
def city(db) -> City:
    return laid("city", build_city)


@pytest.fixture
def signed_in(city) -> Callable[[str], Client]:
    """A client with the session of the person of that key."""

    def sign_in(who: str) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(city.people[who])
        return client

    return sign_in


def session_of(user: User) -> str:
    """The key of a new session of this person, as signing in leaves it, in one statement where that takes nine."""
    session = SessionStore(get_random_string(32))
    row = Session(
        session_key=session.session_key, session_data=_signed(user.pk, user.get_session_auth_hash()),
        expire_date=session.get_expiry_date(), user=user,
    )  # fmt: skip
    row.save(force_insert=True)
    return row.session_key


@cache
def _signed(person: int, fingerprint: str) -> str:
    (backend,) = settings.AUTHENTICATION_BACKENDS
    told = {SESSION_KEY: str(person), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: fingerprint}
    return SessionStore().encode(told)
