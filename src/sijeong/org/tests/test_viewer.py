"""Rights follow unit, role and day."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.org import actions
from sijeong.org.models import Absence, Role
from sijeong.org.viewer import viewer_for

HEADED = {
    "head": {"general_affairs", "general_team"},
    "personnel_head": {"personnel"},
    "bureau_head": {"administration", "general_affairs", "general_team", "personnel"},
    "joint_bureau_head": {"welfare", "welfare_policy"},
}
WORKED = {
    "officer": {"general_affairs"},
    "team_officer": {"general_team", "general_affairs"},
    "joint_officer": {"welfare_policy"},
    "other_officer": {"culture_policy"},
}
SEES_GOVERNMENT = {"planning_officer", "mayors_officer", "auditor", "administrator"}


def keys(city, ids):
    return {key for key, unit in city.units.items() if unit.pk in ids}


@pytest.mark.parametrize("who", ["officer", "team_officer", "joint_officer", "other_officer", *HEADED])
def test_officers_see_their_unit_and_heads_all_below(city, who):
    viewer = city.viewer(who)
    assert keys(city, viewer.headed) == HEADED.get(who, set())
    assert keys(city, viewer.units) == HEADED.get(who, set()) | WORKED.get(who, set())


def test_four_roles_see_the_whole_government(city):
    seeing = {who for who in city.people if city.viewer(who).sees_government}
    assert seeing == SEES_GOVERNMENT | {"jung_gu_officer", "jung_gu_administrator"}
    assert city.viewer("jung_gu_officer").government_id == city.jung_gu.pk


def test_an_aide_acts_for_the_member_they_assist(city):
    member = city.people["member"].pk
    assert city.viewer("aide").members == city.viewer("member").members == {member}
    assert city.viewer("officer").members == frozenset()
    assert keys(city, city.viewer("member").committees) == {"council", "administration_committee"}


def test_who_has_no_post_may_nothing(city):
    viewer = city.viewer("newcomer")
    assert (viewer.roles, viewer.units, viewer.sees_government) == (frozenset(), frozenset(), False)


def test_a_deputy_decides_on_the_days_of_absence_only(city):
    head, officer = city.people["head"], city.people["officer"]
    today = timezone.localdate()
    Absence.objects.create(user=head, deputy=officer, valid_from=today, valid_to=today, reason="출장")
    during, after = (viewer_for(officer, today + dt.timedelta(days=days)) for days in (0, 1))
    assert during.deputised == {
        city.units[unit].pk: head.label for unit in ("general_affairs", "general_team")
    }
    assert during.headed == frozenset()
    assert after.deputised == {}


def test_a_post_gives_rights_from_its_first_day_to_its_last(city):
    newcomer, unit = city.people["newcomer"], city.units["personnel"]
    first, last = dt.date(2024, 3, 1), dt.date(2024, 6, 30)
    actions.give_post(user=newcomer, unit=unit, role=Role.DIVISION_OFFICER, on=first, until=last, by=None)
    days = [first - dt.timedelta(days=1), first, last, last + dt.timedelta(days=1)]
    assert [unit.pk in viewer_for(newcomer, day).units for day in days] == [False, True, True, False]


def test_an_officer_costs_few_queries(city, django_assert_max_num_queries):
    officer = city.people["officer"]
    with django_assert_max_num_queries(3):
        viewer_for(officer, timezone.localdate())
