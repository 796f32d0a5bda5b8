"""Two who act at the same moment: nothing double, nothing lost.

SQLite lets one writer in at a time from BEGIN on; that the second reads afresh is shown with stale rows in
the tests of each act. Here PostgreSQL lets both in.
"""

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.db.models import Q
from django.utils import timezone

from sijeong.audit.models import Journalled
from sijeong.org import actions
from sijeong.org.actions import posts
from sijeong.org.errors import CannotAdmit, CannotDeputise, CannotPost, CannotReorganise, OrgError
from sijeong.org.models import Absence, Post, Quota, Role, Unit
from sijeong.org.tests.soundness import faults

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ON = dt.date(2024, 7, 1)


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    """Every act pauses between its checks and its end: what is not locked is read by the other meanwhile."""
    record = Journalled.record

    def recorded_late(*args, **kwargs):
        time.sleep(0.1)
        return record(*args, **kwargs)

    monkeypatch.setattr(Journalled, "record", recorded_late)


def at_once(*acts: Callable[[], object]) -> list[OrgError | None]:
    """Run the acts in threads that start together; the refusal of each, or None where it went through."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except OrgError as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def nothing(ended, heir):
    """No cases here."""


def refusals(results, kind):
    return [type(result) for result in results if result] == [kind]


def rename(unit, name):
    return lambda: actions.rename_unit(unit=unit, name=name, on=ON, hand_over=nothing, by=None)


def merge(unit, into):
    return lambda: actions.merge_units(units=[unit], into=into, on=ON, hand_over=nothing, by=None)


def test_two_rename_the_same_unit_and_one_is_told(city):
    unit = city.units["personnel"]
    assert refusals(at_once(rename(unit, "인사정책과"), rename(unit, "인사기획과")), CannotReorganise)
    assert Unit.objects.filter(code=unit.code, valid_to=None).count() == 1
    assert faults() == []


def test_two_units_cannot_merge_into_each_other(city):
    one, other = city.units["personnel"], city.units["general_affairs"]
    assert refusals(at_once(merge(one, other), merge(other, one)), CannotReorganise)
    assert faults() == []


def test_a_bureau_renamed_while_its_division_is_merged_keeps_one_tree(city):
    results = at_once(
        rename(city.units["administration"], "행정자치국"),
        merge(city.units["personnel"], city.units["general_affairs"]),
    )
    assert results == [None, None]
    assert faults() == []


def test_a_bureau_and_its_division_renamed_at_once_stay_above_each_other(city):
    results = at_once(
        rename(city.units["administration"], "행정자치국"), rename(city.units["personnel"], "인사정책과")
    )
    assert results == [None, None]
    assert faults() == []
    assert Unit.objects.get(name="인사정책과").parent.name == "행정자치국"


def test_a_post_given_while_its_unit_ends_is_in_the_heir_or_refused(city, monkeypatch):
    """The giver has looked, and waits a second before it writes."""
    unit, newcomer = city.units["personnel"], city.people["newcomer"]
    looked = posts._check_free
    monkeypatch.setattr(posts, "_check_free", lambda post: (looked(post), time.sleep(1)))

    def give():
        actions.give_post(user=newcomer, unit=unit, role=Role.DIVISION_OFFICER, on=ON, by=None)

    refused, _renamed = at_once(give, rename(unit, "인사정책과"))
    held = Post.objects.filter(Q(valid_to=None), user=newcomer).values_list("unit__name", flat=True)
    assert list(held) == ([] if refused else ["인사정책과"])
    assert faults() == []


def test_one_seat_is_given_once(city):
    seat_before = Post.objects.get(user=city.people["personnel_head"])
    actions.end_post(post=seat_before, on=ON - dt.timedelta(days=1), by=None)

    def seat(who):
        return lambda: actions.give_post(
            user=city.people[who], unit=city.units["personnel"], role=Role.DIVISION_HEAD, on=ON, by=None
        )

    results = at_once(seat("newcomer"), seat("colleague"), seat("personnel_head"))
    assert sorted(type(result) is CannotPost for result in results) == [False, True, True]
    heads = Post.objects.on(ON).filter(unit=city.units["personnel"], role=Role.DIVISION_HEAD)
    assert heads.count() == 1


def test_one_person_is_moved_once(city):
    post = Post.objects.get(user=city.people["officer"])

    def move(key):
        return lambda: actions.transfer(post=post, unit=city.units[key], on=ON, by=None)

    assert refusals(at_once(move("personnel"), move("culture_policy")), CannotPost)
    assert Post.objects.on(ON).filter(user=post.user).count() == 1
    assert faults() == []


def test_two_seats_of_a_member_ended_at_once_take_the_aide_along(city):
    def leave(post):
        return lambda: actions.end_post(post=post, on=ON, by=None)

    seats = Post.objects.filter(user=city.people["member"])
    assert at_once(*(leave(post) for post in seats)) == [None, None]
    assert Post.objects.get(user=city.people["aide"]).valid_to == ON
    assert faults() == []


def test_two_absences_of_the_same_days(city):
    today = timezone.localdate()

    def away(deputy):
        return lambda: actions.set_absence(
            user=city.people["head"],
            deputy=city.people[deputy],
            first=today,
            last=today,
            reason="연가",
            by=None,
        )

    assert refusals(at_once(away("officer"), away("colleague")), CannotDeputise)
    assert Absence.objects.count() == 1


def test_quotas_of_units_merged_at_once_are_all_there(city):
    into = city.units["culture_policy"]
    merged = [city.units[key] for key in ("personnel", "general_affairs", "welfare_policy")]
    for unit in merged:
        actions.set_quota(
            unit=unit, category="general", grade="6급", posts=3, on=dt.date(2023, 1, 1), by=None
        )
    assert at_once(*(merge(unit, into) for unit in merged)) == [None] * 3
    assert Quota.objects.on(ON).get(unit=into).posts == 9
    assert faults() == []


def test_an_account_closed_twice_is_closed_once(city):
    def close():
        actions.deactivate_person(user=city.people["officer"], by=None)

    assert refusals(at_once(close, close), CannotAdmit)
    assert faults() == []
