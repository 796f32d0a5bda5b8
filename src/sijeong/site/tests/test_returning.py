"""Who comes back gets their account again, and nothing of before opens with it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.links.actions import make_token
from sijeong.links.models import Token
from sijeong.org import actions
from sijeong.org.tests.everyone import told_to
from sijeong.org.tests.people import city, signed_in
from sijeong.portal.actions import make_key
from sijeong.portal.models import CalendarKey

__all__ = ["city", "signed_in"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(city):
    """An officer with a token and a secret calendar, who left."""
    officer, tomorrow = city.people["officer"], timezone.localdate() + dt.timedelta(days=1)
    make_token(name="연계", scopes=["cases:read"], expires_on=tomorrow, by=city.viewer("officer"))
    make_key(name="달력", by=city.viewer("officer"))
    actions.set_temporary_password(user=officer, by=city.viewer("administrator"))
    actions.deactivate_person(user=officer, by=city.viewer("administrator"))
    return officer


@pytest.fixture
def where(gone):
    return reverse("person_reopen", args=[gone.pk])


def test_the_account_is_open_again_and_nothing_else(gone, where, signed_in):
    client = signed_in("administrator")
    assert "다시 사용" in client.get(reverse("person", args=[gone.pk])).content.decode()
    assert "발령하고 임시 비밀번호를" in client.post(where, follow=True).content.decode()
    gone.refresh_from_db()
    assert gone.is_active and not gone.has_usable_password() and not gone.password_is_temporary
    assert not gone.posts.filter(valid_to=None).exists()
    assert not Token.objects.filter(user=gone, revoked_at=None).exists()
    assert not CalendarKey.objects.filter(user=gone, revoked_at=None).exists()
    assert [event.act for event in journal.of(gone)][-3:] == ["reopened", "token_revoked", "calendar_revoked"]
    assert "이미 쓰고 있는" in client.post(where, follow=True).content.decode()


def test_only_the_governments_administrator_may(signed_in, where):
    def expected(who):
        return {"administrator": 302, "jung_gu_administrator": 404, "officer": 302}.get(who, 403)

    assert told_to(signed_in, expected, lambda client: client.post(where)) == {}
    assert signed_in("administrator").get(where).status_code == 405
