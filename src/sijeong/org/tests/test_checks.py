"""doctor finds what only a hand in the database can bring about."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.org import actions
from sijeong.org.models import Absence, Post, Quota, Role, Unit, User
from sijeong.org.tests.soundness import faults

DAY = dt.date(2024, 7, 1)


def test_the_small_city_is_sound(city):
    assert faults() == []


def ended(city, key, heir="systems"):
    """End a unit by hand, leaving everything in it."""
    Unit.objects.filter(pk=city.units[key].pk).update(valid_to=DAY, successor=heir and city.units[heir])


def wrong_path(city):
    Unit.objects.filter(pk=city.units["personnel"].pk).update(path="/1/")


def heir_of_a_living_unit(city):
    Unit.objects.filter(pk=city.units["personnel"].pk).update(successor=city.units["systems"])


def no_heir(city):
    Post.objects.all().delete()
    ended(city, "personnel", heir=None)


def heir_elsewhere(city):
    Post.objects.all().delete()
    ended(city, "personnel", heir="jung_gu_planning")


def heirs_in_a_circle(city):
    Post.objects.all().delete()
    ended(city, "general_team", heir="culture_policy")
    ended(city, "culture_policy", heir="general_team")


def post_left(city):
    Post.objects.exclude(user=city.people["personnel_head"]).delete()
    ended(city, "personnel")


def quota_left(city):
    Post.objects.all().delete()
    actions.set_quota(unit=city.units["personnel"], category="general", grade="5급", posts=1, on=DAY, by=None)
    Quota.objects.update(valid_from=dt.date(2023, 1, 1))
    ended(city, "personnel")


def child_left(city):
    Post.objects.all().delete()
    ended(city, "culture")


def committee_left(city):
    Post.objects.all().delete()
    ended(city, "welfare_committee", heir="administration_committee")


def two_heads(city):
    Post.objects.create(
        user=city.people["newcomer"], unit=city.units["personnel"], role=Role.DIVISION_HEAD, valid_from=DAY
    )


def post_of_a_closed_account(city):
    User.objects.filter(username="officer").update(is_active=False)


def closed_deputy(city):
    today = timezone.localdate()
    Absence.objects.create(
        user=city.people["head"],
        deputy=city.people["newcomer"],
        valid_from=today,
        valid_to=today,
        reason="출장",
    )
    User.objects.filter(username="newcomer").update(is_active=False)


def journal_cut(city):
    User.objects.filter(username="officer").update(version=1)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (wrong_path, ["경로가 /1/"]),
        (heir_of_a_living_unit, ["인사과: 있는 부서인데"]),
        (no_heir, ["인사과: 없어졌는데 이어받은 부서가 없습니다"]),
        (heir_elsewhere, ["다른 자치단체의 부서가"]),
        (heirs_in_a_circle, ["자기 자신으로", "자기 자신으로"]),
        (post_left, ["인사과 인사과장: 없어진 부서에 남은 직"]),
        (quota_left, ["인사과 일반직 5급 1: 없어진 부서에 남은 정원"]),
        (child_left, ["문화정책과: 상위 부서가 없어졌습니다"]),
        (committee_left, ["복지정책실: 소관 위원회가"]),
        (two_heads, ["인사과: 부서장이 둘 이상"]),
        (post_of_a_closed_account, ["총무과 주무관: 중지된 계정에 남은 직"]),
        (closed_deputy, ["대결자의 계정이"]),
        (journal_cut, ["행은 사건 1번까지"]),
    ],
)
def test_each_damage_is_named(city, damage, says):
    damage(city)
    found = faults()
    assert len(found) == len(says), found
    for fault, text in zip(found, says, strict=True):
        assert text in fault
