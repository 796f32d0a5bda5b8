"""Bureaus, divisions, council, districts and the people in them, from the city folder's demo text."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from sijeong.audit.journal import append_all
from sijeong.catalog.districts import read_districts
from sijeong.org.models import District, Government, Post, Quota, Role, Unit, User
from sijeong.org.viewer import Viewer, viewer_for

from .people import Names

PASSWORD = "sijeong-demo-2026"  # noqa: S105 - printed on the demo's own sign-in page
TENTH = (dt.date(2018, 7, 1), dt.date(2022, 6, 30))
TWELFTH = dt.date(2026, 7, 1)
SEATS = 110
SECRETARIAT = "시장비서실"
GRADES = ["5급", "6급", "6급", "7급"]
Level = Unit.Level


@dataclass
class DemoCity:
    """What the demo laid down, for the cases that come next."""

    government: Government
    units: dict[str, Unit] = field(default_factory=dict)
    officers: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[int, User] = field(default_factory=dict)
    members: list[User] = field(default_factory=list)
    former_members: list[User] = field(default_factory=list)
    secretaries: list[User] = field(default_factory=list)
    planning: User | None = None

    @property
    def divisions(self) -> list[Unit]:
        return [unit for unit in self.units.values() if unit.pk in self.heads and unit.answers_cases]

    def planning_viewer(self) -> Viewer:
        """The planning officer with the rights of today."""
        assert self.planning is not None  # noqa: S101 - laid before any case
        return viewer_for(self.planning, timezone.localdate())


class Builder:
    """Collects rows and writes them in a few statements; every unit and person has its first event."""

    def __init__(self, government: Government, random: Random) -> None:
        self.city = DemoCity(government)
        self.government, self.random = government, random
        self.names, self.serial = Names(random), count(1)
        self.password = make_password(PASSWORD)
        self.users: list[User] = []
        self.posts: list[Post] = []

    def unit(
        self, name: str, level: str, since: dt.date, parent: Unit | None, committee: Unit | None = None
    ) -> Unit:
        unit = Unit.objects.create(
            government=self.government, code=f"{next(self.serial):04d}", name=name, level=level, parent=parent,
            committee=committee, valid_from=since,
        )  # fmt: skip
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        self.city.units[name] = unit
        return unit

    def person(self, username: str, name: str | None = None) -> User:
        user = User(
            government=self.government, username=username, name=name or self.names.draw(), password=self.password,
            email=f"{username}@example.go.kr",
        )  # fmt: skip
        self.users.append(user)
        return user

    def post(self, user: User, unit: Unit, role: str, since: dt.date, **more: Any) -> User:
        self.posts.append(Post(user=user, unit=unit, role=role, valid_from=since, **more))
        return user

    def write(self) -> None:
        User.objects.bulk_create(self.users)
        Post.objects.bulk_create(self.posts)
        founded = [
            unit.next_event("founded", by=None, name=unit.name, level=unit.level)
            for unit in self.city.units.values()
        ]
        append_all(list(self.city.units.values()), founded)
        append_all(
            self.users, [user.next_event("added", by=None, username=user.username) for user in self.users]
        )


def lay(government: Government, folder: Path, random: Random) -> DemoCity:
    """The whole organisation of the demo text under ``folder``."""
    text = yaml.safe_load((folder / "organisation.yaml").read_text(encoding="utf-8"))
    builder = Builder(government, random)
    since: dt.date = text["since"]
    top = builder.unit(government.name, Level.CITY, since, None)
    council = builder.unit(f"{government.name}의회", Level.COUNCIL, since, None)
    committees = {name: builder.unit(name, Level.COMMITTEE, since, council) for name in text["committees"]}
    for bureau in text["bureaus"]:
        level = bureau.get("level", Level.BUREAU)
        unit = builder.unit(bureau["name"], level, since, top, committees[bureau["committee"]])
        _staff_bureau(builder, unit, bureau, text, since)
    for name in text["agencies"]:
        _staff_division(builder, builder.unit(name, Level.AGENCY, since, top), since)
    _seat_members(builder, list(committees.values()), _districts(government, folder))
    _name_signins(builder, since)
    builder.write()
    _quotas(builder, text["staffing"], since)
    return builder.city


def _staff_bureau(
    builder: Builder, unit: Unit, bureau: dict[str, Any], text: dict[str, Any], since: dt.date
) -> None:
    staffing = text["staffing"]
    if unit.level == Level.DIVISION:
        _staff_by_table(builder, unit, staffing[unit.name], since)
        return
    chief = builder.person(f"b{unit.code}")
    builder.post(chief, unit, Role.BUREAU_HEAD, since, title=f"{unit.name}장")
    for name in bureau.get("divisions", []):
        division = builder.unit(name, Level.DIVISION, since, unit)
        if name in staffing:
            _staff_by_table(builder, division, staffing[name], since)
        else:
            _staff_division(builder, division, since)
        for team in text["teams"].get(name, []):
            builder.unit(team, Level.TEAM, since, division)


def _staff_division(builder: Builder, division: Unit, since: dt.date) -> None:
    """A head and a few officers."""
    head = builder.person(f"h{division.code}")
    title = division.name if division.name.endswith("담당관") else f"{division.name}장"
    builder.post(head, division, Role.DIVISION_HEAD, since, title=title, category="general", grade="4급")
    builder.city.heads[division.pk] = head
    for n, grade in enumerate(GRADES[: builder.random.randint(2, 4)], 1):
        officer = builder.person(f"o{division.code}{n}")
        builder.post(
            officer, division, Role.DIVISION_OFFICER, since, title="주무관", category="general", grade=grade
        )
        builder.city.officers[division.pk].append(officer)


def _staff_by_table(builder: Builder, division: Unit, table: list[list[Any]], since: dt.date) -> None:
    """As many people by category and grade as the table's 현원; the first heads the division, but the secretariat."""
    n = 0
    for category, grade, _, actual in table:
        for _ in range(actual):
            n += 1
            user = builder.person(f"o{division.code}{n:02d}")
            if division.name == SECRETARIAT:
                builder.post(user, division, Role.MAYORS_OFFICE, since, category=category, grade=grade)
                builder.city.secretaries.append(user)
            elif n == 1:
                builder.post(user, division, Role.DIVISION_HEAD, since, category=category, grade=grade)
                builder.city.heads[division.pk] = user
            else:
                builder.post(user, division, Role.DIVISION_OFFICER, since, category=category, grade=grade)
                builder.city.officers[division.pk].append(user)


def _districts(government: Government, folder: Path) -> list[District]:
    told = read_districts(folder.parent)
    rows = {
        one.name: District(government=government, code=str(one.code), name=one.name, voters=one.voters)
        for one in told
    }
    District.objects.bulk_create(rows.values())
    for one in told:
        rows[one.name].neighbours.set([rows[name] for name in one.beside])
    return list(rows.values())


def _seat_members(builder: Builder, committees: list[Unit], districts: list[District]) -> None:
    """The council of 2018-2022, which asked the past requests, and the one that sits now, each of 110."""
    for n in range(SEATS):
        former = builder.person(f"m10{n + 1:03d}")
        former.is_active = False
        builder.post(
            former,
            committees[n % len(committees)],
            Role.COUNCIL_MEMBER,
            TENTH[0],
            valid_to=TENTH[1],
            title="의원",
            district=districts[n % len(districts)],
        )
        builder.city.former_members.append(former)
    for n in range(SEATS):
        member = builder.person("member" if n == 0 else f"m12{n + 1:03d}")
        committee = committees[1] if n == 0 else committees[n % len(committees)]
        builder.post(
            member,
            committee,
            Role.COUNCIL_MEMBER,
            TWELFTH,
            title="의원",
            district=districts[n % len(districts)],
        )
        builder.city.members.append(member)
    builder.post(
        builder.person("aide"),
        committees[1],
        Role.AIDE,
        TWELFTH,
        title="보좌직원",
        assists=builder.city.members[0],
    )


def _name_signins(builder: Builder, since: dt.date) -> None:
    """The accounts that the demo offers (see ``loading.signins``): one of each role."""
    city, units = builder.city, builder.city.units

    def add(username: str, unit: str, role: str, title: str) -> User:
        return builder.post(builder.person(username), units[unit], role, since, title=title)

    city.planning = add("planning", "기획담당관", Role.PLANNING_OFFICER, "주무관")
    add("auditor", "감사담당관", Role.AUDITOR, "감사관")
    add("admin", "정보시스템과", Role.ADMINISTRATOR, "주무관")
    city.heads[units["총무과"].pk].username = "head"
    city.secretaries[0].username = "mayor"
    for username, unit in (("officer", "총무과"), ("other", "문화정책과")):
        city.officers[units[unit].pk][0].username = username


def _quotas(builder: Builder, staffing: dict[str, list[list[Any]]], since: dt.date) -> None:
    """정원 as the tables have it; elsewhere as many posts as there are people, and here and there one more."""
    units = builder.city.units
    allowed = Counter(
        {
            (units[name].pk, category, grade): quota
            for name, table in staffing.items()
            for category, grade, quota, _ in table
        }
    )
    tabled = {units[name].pk for name in staffing}
    posts = [post for post in builder.posts if post.category and post.unit.pk not in tabled]
    allowed.update((post.unit.pk, post.category, post.grade) for post in posts)
    for key in sorted({(post.unit.pk, "general", "7급") for post in posts}):
        allowed[key] += builder.random.randint(0, 1)
    Quota.objects.bulk_create(
        Quota(unit_id=unit, category=category, grade=grade, posts=quota, valid_from=since)
        for (unit, category, grade), quota in allowed.items()
        if quota
    )
