"""Who lost their authenticator is let in again by an administrator, and is told."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.urls import reverse

from sijeong.audit import journal
from sijeong.notices.models import Notice
from sijeong.org.tests.everyone import told_to
from sijeong.org.tests.people import city, signed_in

__all__ = ["city", "signed_in"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def where(city):
    """The address for an officer who has an app, recovery codes and a key."""
    for kind in ("totp", "recovery_codes", "webauthn"):
        Authenticator.objects.create(user=city.people["officer"], type=kind, data={})
    return reverse("second_factor_reset", args=[city.people["officer"].pk])


def test_everything_is_taken_away_journalled_and_told(city, signed_in, where):
    theirs = signed_in("officer")
    theirs.get("/account/sessions/")
    assert UserSession.objects.filter(user=city.people["officer"]).exists()
    assert signed_in("administrator").post(where).status_code == 302
    assert not Authenticator.objects.filter(user=city.people["officer"]).exists()
    event = journal.of(city.people["officer"]).last()
    assert (event.act, event.data["kinds"]) == ("second_factor_reset", ["recovery_codes", "totp", "webauthn"])
    notice = Notice.objects.get(person=city.people["officer"])
    assert (notice.kind, notice.in_app) == ("account", True) and "요청한 적이 없으면" in notice.text
    assert theirs.get("/").status_code == 302


def test_only_the_governments_administrator_may(signed_in, where):
    def expected(who):
        return {"administrator": 302, "jung_gu_administrator": 404}.get(who, 403)

    assert told_to(signed_in, expected, lambda client: client.post(where)) == {}
    assert signed_in("administrator").get(where).status_code == 405


def test_nobody_takes_away_their_own_and_nothing_is_told_where_there_is_none(city, signed_in):
    client = signed_in("administrator")
    for who, why in (("administrator", "자기 것은 내 계정에서"), ("colleague", "등록된 2단계 로그인이나")):
        pk = city.people[who].pk
        told = client.post(reverse("second_factor_reset", args=[pk]), follow=True).content.decode()
        assert why in told
    assert not Notice.objects.exists()


def test_who_is_not_signed_in_is_sent_to_the_door(client, where):
    assert client.post(where)["Location"].startswith("/account/login/")
