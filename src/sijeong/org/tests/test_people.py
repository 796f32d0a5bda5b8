"""Accounts: made, opened by a password shown once, closed."""

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from sijeong.audit import journal
from sijeong.audit.models import Event
from sijeong.org import actions
from sijeong.org.errors import CannotAdmit, CannotPost
from sijeong.org.models import Absence, Post, Role, User
from sijeong.org.tests.people import PASSWORD
from sijeong.org.tests.soundness import faults


def test_an_added_person_cannot_sign_in_until_given_a_password(city):
    user = actions.add_person(
        government=city.seoul, username="Kim.Min ", name=" 김민 ", email="", by=city.viewer("administrator")
    )
    assert (user.username, user.name, user.has_usable_password()) == ("kim.min", "김민", False)
    password = actions.set_temporary_password(user=user, by=city.viewer("administrator"))
    user.refresh_from_db()
    assert user.check_password(password)
    assert user.password_is_temporary
    assert [event.act for event in journal.of(user)] == ["added", "password_reset"]


def test_a_temporary_password_is_kept_nowhere(city):
    first = actions.set_temporary_password(user=city.people["officer"], by=None)
    second = actions.set_temporary_password(user=city.people["officer"], by=None)
    assert first != second
    assert len(first.replace("-", "")) == 16
    assert not any(first in str(row) for row in Event.objects.values())
    assert first not in str(User.objects.filter(username="officer").values())


def test_a_password_of_ones_own_is_no_longer_temporary(city):
    user = city.people["officer"]
    actions.set_temporary_password(user=user, by=None)
    user.refresh_from_db()
    user.set_password("제가-고른-긴-암호")
    user.save()
    user.refresh_from_db()
    assert not user.password_is_temporary


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"username": "officer"}, "이미 쓰고"),
        ({"username": "OFFICER"}, "이미 쓰고"),
        ({"username": "ab"}, "3자 이상"),
        ({"username": "김민"}, "영문 소문자"),
        ({"name": " "}, "이름"),
        ({"name": "가" * 41}, "40자"),
    ],
)
def test_who_cannot_be_added(city, given, says):
    with pytest.raises(CannotAdmit, match=says):
        actions.add_person(
            **{"government": city.seoul, "username": "kim", "name": "김민", "by": None} | given
        )


def test_a_closed_account_works_no_more(city, signed_in):
    client, user = signed_in("head"), city.people["head"]
    assert authenticate(None, username="head", password=PASSWORD) == user
    today = timezone.localdate()
    Absence.objects.create(
        user=user, deputy=city.people["officer"], valid_from=today, valid_to=today, reason="연가"
    )
    actions.deactivate_person(user=user, by=city.viewer("administrator"))
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (False, False)
    assert authenticate(None, username="head", password=PASSWORD) is None
    assert client.get("/organisation/").status_code == 302, "the open session is sent to the sign-in"
    assert Post.objects.get(user=user).valid_to == today
    assert not Absence.objects.filter(user=user).exists()
    assert [event.act for event in journal.of(user)] == ["post_ended", "absence_cancelled", "deactivated"]


def test_closing_a_deputys_account_ends_their_deputising(city):
    today = timezone.localdate()
    Absence.objects.create(
        user=city.people["head"],
        deputy=city.people["officer"],
        valid_from=today,
        valid_to=today,
        reason="연가",
    )
    actions.deactivate_person(user=city.people["officer"], by=None)
    assert not Absence.objects.exists()
    assert journal.of(city.people["head"]).get().data["why"] == "계정 사용 중지"
    assert faults() == []


def test_nobody_closes_their_own_account_nor_one_twice(city):
    with pytest.raises(CannotAdmit, match="스스로"):
        actions.deactivate_person(user=city.people["administrator"], by=city.viewer("administrator"))
    actions.deactivate_person(user=city.people["newcomer"], by=None)
    with pytest.raises(CannotAdmit, match="이미"):
        actions.deactivate_person(user=city.people["newcomer"], by=None)
    with pytest.raises(CannotAdmit, match="중지된"):
        actions.set_temporary_password(user=city.people["newcomer"], by=None)
    with pytest.raises(CannotPost, match="중지된"):
        actions.give_post(
            user=city.people["newcomer"], unit=city.units["personnel"], role=Role.DIVISION_OFFICER,
            on=timezone.localdate(), by=None,
        )  # fmt: skip


def test_the_last_administrators_account_is_not_closed(city):
    with pytest.raises(CannotPost, match="마지막 시스템 관리자"):
        actions.deactivate_person(user=city.people["administrator"], by=city.viewer("planning_officer"))
    assert User.objects.get(username="administrator").is_active
