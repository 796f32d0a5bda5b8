"""The pages of tokens, for every role."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.links.models import Token
from sijeong.links.urls import urlpatterns
from sijeong.org.tests.everyone import EVERYONE

from .keys import token_of

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + dt.timedelta(days=9)
NEW = {"name": "기록관리시스템", "scopes": ["org:read"], "expires_on": DAY.isoformat()}


def test_the_table_covers_every_address_of_the_room():
    assert {p.name for p in urlpatterns} == {"tokens", "token_revoke", "person_tokens"}


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_has_their_own(signed_in, who):
    client = signed_in(who)
    page = client.post(reverse("tokens"), NEW)
    assert page.status_code == 200
    text = page.content.decode().partition('<code class="password">')[2].partition("</code>")[0]
    assert text.startswith("sijeong_") and text not in client.get(reverse("tokens")).content.decode()
    assert Token.objects.get().user.username == who


@pytest.mark.parametrize("who", EVERYONE)
def test_who_sees_and_revokes_anothers(signed_in, city, who):
    token_of(city, "officer")
    pk = Token.objects.get().pk
    expected = {"officer": 302, "administrator": 302}.get(who, 404)
    client = signed_in(who)
    person = city.people["officer"].pk
    seen = {"administrator": 200, "jung_gu_administrator": 404}.get(who, 403)
    assert client.get(reverse("person_tokens", args=[person])).status_code == seen
    assert client.get(reverse("token_revoke", args=[pk])).status_code == 405
    assert client.post(reverse("token_revoke", args=[pk])).status_code == expected
    assert (Token.objects.get().revoked_at is not None) == (expected == 302)


def test_what_is_wrong_is_told_at_the_field_and_stays(signed_in):
    page = signed_in("officer").post(reverse("tokens"), NEW | {"expires_on": "2020-01-01"})
    assert page.status_code == 422
    assert (
        "오늘부터 1년 안의 날이어야 합니다" in page.content.decode()
        and "기록관리시스템" in page.content.decode()
    )


@pytest.mark.parametrize("name", ["tokens", "person_tokens", "token_revoke"])
def test_who_is_not_signed_in_is_sent_to_the_door(client, db, name):
    response = client.get(reverse(name, args=[] if name == "tokens" else [1]))
    assert response["Location"].startswith("/account/login/")
