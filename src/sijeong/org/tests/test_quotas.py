"""정원 begins on a day and ends when another begins."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.audit import journal
from sijeong.org import actions
from sijeong.org.errors import CannotSetQuota
from sijeong.org.models import Quota

DAY = dt.timedelta(days=1)
FIRST, SECOND = dt.date(2023, 1, 1), dt.date(2024, 1, 1)


def allow(city, posts, on, **given):
    asked = {"unit": city.units["personnel"], "category": "general", "grade": "6급"} | given
    return actions.set_quota(**asked, posts=posts, on=on, by=None)


def on(day):
    return list(Quota.objects.on(day).values_list("posts", flat=True))


def test_a_new_quota_ends_the_one_before(city):
    allow(city, 5, FIRST)
    allow(city, 7, SECOND)
    assert [on(day) for day in (FIRST - DAY, FIRST, SECOND - DAY, SECOND)] == [[], [5], [5], [7]]
    assert [event.data["posts"] for event in journal.of(city.units["personnel"])] == [5, 7]


def test_none_allowed_ends_it(city):
    allow(city, 5, FIRST)
    assert allow(city, 0, SECOND) is None
    assert (on(SECOND - DAY), on(SECOND)) == ([5], [])


def test_a_correction_of_the_same_day_replaces(city):
    allow(city, 5, FIRST)
    allow(city, 6, FIRST)
    assert on(FIRST) == [6]
    assert Quota.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"posts": -1}, "0명부터"),
        ({"posts": 10000}, "9,999명까지"),
        ({"category": "royal"}, "일반직"),
        ({"grade": " "}, "직급"),
        ({"on": timezone.localdate() + DAY}, "오늘"),
        ({"on": dt.date(2020, 1, 1)}, "생긴 날"),
        ({"unit": "council"}, "의회"),
    ],
)
def test_what_quota_cannot_be_set(city, given, says):
    asked = {"posts": 5, "on": FIRST} | given
    if "unit" in asked:
        asked["unit"] = city.units[asked["unit"]]
    with pytest.raises(CannotSetQuota, match=says):
        allow(city, asked.pop("posts"), asked.pop("on"), **asked)
    assert not Quota.objects.exists()


def test_history_is_not_written_under_a_later_change(city):
    allow(city, 7, SECOND)
    with pytest.raises(CannotSetQuota, match="2024-01-01에 바뀌었습니다"):
        allow(city, 5, FIRST)
