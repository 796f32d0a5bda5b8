"""대결: while a head is away, one named person decides, on those days and no other."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.org import actions
from sijeong.org.deputies import possible_deputies
from sijeong.org.errors import CannotDeputise
from sijeong.org.models import Absence
from sijeong.org.viewer import viewer_for

DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def away(city, *, who="head", deputy="officer", first=0, last=2, reason="출장"):
    today = timezone.localdate()
    return actions.set_absence(
        user=city.people[who], deputy=city.people[deputy], first=today + first * DAY, last=today + last * DAY,
        reason=reason, by=city.viewer(who),
    )  # fmt: skip


def test_the_deputy_decides_from_the_first_day_to_the_last(city, today):
    away(city, first=1, last=3)
    unit = city.units["general_affairs"].pk
    deciding = [unit in viewer_for(city.people["officer"], today + n * DAY).deputised for n in range(5)]
    assert deciding == [False, True, True, True, False]
    event = journal.of(city.people["head"]).get()
    assert (event.act, event.data["deputy"]) == ("absence_set", city.people["officer"].pk)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"first": -1}, "소급"),
        ({"first": 3, "last": 2}, "같거나 뒤"),
        ({"last": 400}, "1년까지"),
        ({"reason": " "}, "사유"),
        ({"deputy": "head"}, "자기 자신"),
        ({"who": "officer", "deputy": "colleague"}, "대결자를 둘 일이 없습니다"),
        ({"deputy": "other_officer"}, "같은 실·본부·국"),
        ({"deputy": "jung_gu_officer"}, "같은 실·본부·국"),
        ({"deputy": "member"}, "같은 실·본부·국"),
        ({"deputy": "newcomer"}, "같은 실·본부·국"),
    ],
)
def test_what_absence_cannot_be_set(city, given, says):
    with pytest.raises(CannotDeputise, match=says):
        away(city, **given)
    assert not Absence.objects.exists()


def test_what_is_refused_is_told_at_its_field(signed_in, city, today):
    sent = {"first": today, "last": today - DAY, "deputy": city.people["officer"].pk, "reason": "연가"}
    response = signed_in("head").post(reverse("my_absence"), sent)
    page = response.content.decode()
    assert response.status_code == 422 and 'value="연가"' in page
    assert "같거나 뒤여야" in page.split('id="id_last_error"')[1][:120]


def test_no_day_has_two_deputies(city):
    away(city, first=5, last=9)
    for first, last in [(0, 5), (9, 12), (6, 7), (1, 30)]:
        with pytest.raises(CannotDeputise, match="이미 부재"):
            away(city, deputy="colleague", first=first, last=last)
    away(city, deputy="colleague", first=10, last=11)


def test_who_deputises_is_there(city):
    away(city, first=5, last=9)
    with pytest.raises(CannotDeputise, match="부재입니다"):
        away(city, who="bureau_head", deputy="head", first=9, last=10)
    away(city, who="bureau_head", deputy="personnel_head", first=9, last=10)
    with pytest.raises(CannotDeputise, match="조국장의 대결자"):
        away(city, who="personnel_head", deputy="personnel_officer", first=10, last=12)


def test_a_bureau_finds_its_deputies_among_its_own(city, today):
    bureau = {"officer", "colleague", "team_officer", "head", "personnel_officer", "personnel_head"}
    assert {user.username for user in possible_deputies(city.people["bureau_head"], today)} == bureau
    assert not possible_deputies(city.people["officer"], today)


def test_a_cancelled_absence_gives_no_rights(city, today):
    absence = away(city)
    actions.cancel_absence(absence=absence, by=city.viewer("head"))
    assert city.viewer("officer").deputised == {}
    with pytest.raises(CannotDeputise, match="이미"):
        actions.cancel_absence(absence=absence, by=city.viewer("head"))
    assert [event.act for event in journal.of(city.people["head"])] == ["absence_set", "absence_cancelled"]


def test_a_running_absence_ends_yesterday_and_its_days_stay_on_record(city, today):
    running = Absence.objects.create(
        user=city.people["head"], deputy=city.people["officer"], valid_from=today - 3 * DAY,
        valid_to=today + 3 * DAY, reason="연가",
    )  # fmt: skip
    actions.cancel_absence(absence=running, by=city.viewer("head"))
    running.refresh_from_db()
    assert (running.valid_from, running.valid_to) == (today - 3 * DAY, today - DAY)
    assert city.viewer("officer").deputised == {}


def test_a_deputy_who_left_every_post_decides_nothing(city, today):
    away(city)
    actions.end_post(post=city.people["officer"].posts.get(), on=today - DAY, by=None)
    assert city.viewer("officer").deputised == {}
