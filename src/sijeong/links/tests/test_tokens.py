"""A token: made by its person, shown once, kept as a digest, dead when revoked, past its day, or its person gone."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.audit import journal
from sijeong.links import actions
from sijeong.links.errors import TokenRefused
from sijeong.links.models import Token
from sijeong.links.scopes import Scope
from sijeong.org import actions as org
from sijeong.org.models import User

from .keys import Program, token_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def made(city, who="officer", **facts):
    told = {
        "name": "기록관리시스템",
        "scopes": [Scope.ORG_READ],
        "expires_on": TODAY,
        "by": city.viewer(who),
    } | facts
    return actions.make_token(**told)


def asks(text):
    return Program(text).read("/units").status_code


def test_each_of_a_persons_tokens_opens_what_it_was_made_for(city):
    reads, other = made(city)[1], made(city, name="민원 연계", scopes=[Scope.CASES_READ])[1]
    assert [asks(reads), asks(other), asks(reads)] == [200, 403, 200]


def test_who_holds_no_post_asks_as_somebody_without_rights(city):
    _, text = made(city)
    city.people["officer"].posts.all().delete()
    assert asks(text) == 200 and Program(text).read("/cases").status_code == 403  # not of its scopes
    Token.objects.update(revoked_at=timezone.now())
    assert asks(text) == 401


def test_its_text_is_kept_nowhere(city):
    token, text = made(city)
    kept = [str(value) for row in Token.objects.values() for value in row.values()]
    assert text not in kept and text.rpartition("_")[2] not in "".join(kept)
    assert text.startswith(f"sijeong_{token.prefix}_") and len(text) > 50
    told = [event.act for event in journal.of(city.people["officer"])]
    assert told == ["token_made"]
    assert text.rpartition("_")[2] not in str(journal.of(city.people["officer"]).get().data)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "60자"),
        ({"scopes": []}, "하나 이상"),
        ({"scopes": ["cases:all"]}, "있는 범위"),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, "1년 안"),
        ({"expires_on": TODAY + dt.timedelta(days=367)}, "1년 안"),
    ],
)
def test_what_no_token_is_made_of(city, wrong, told):
    with pytest.raises(TokenRefused, match=told):
        made(city, **wrong)


def test_nobody_hoards_them(city):
    for _ in range(actions.MOST):
        made(city)
    with pytest.raises(TokenRefused, match="회수하십시오"):
        made(city)


def test_it_lives_to_the_end_of_its_last_day(city, monkeypatch):
    _, text = made(city)
    assert asks(text) == 200
    Token.objects.update(expires_on=TODAY - dt.timedelta(days=1))
    assert asks(text) == 401


def test_its_person_and_an_administrator_revoke_it_at_once(city):
    for who in ("officer", "administrator"):
        token, text = made(city)
        actions.revoke_token(token=token, by=city.viewer(who))
        actions.revoke_token(token=token, by=city.viewer(who))
        assert asks(text) == 401
    assert [event.act for event in journal.of(city.people["officer"])].count("token_revoked") == 2
    assert not list(journal.subject_faults(User.objects.all()))


def test_a_person_who_is_gone_takes_it_along(city):
    text = token_of(city, "officer")
    org.deactivate_person(user=city.people["officer"], by=city.viewer("administrator"))
    assert asks(text) == 401


def test_a_temporary_password_closes_it_until_it_is_changed(city):
    text = token_of(city, "officer")
    org.set_temporary_password(user=city.people["officer"], by=city.viewer("administrator"))
    response = Program(text).read("/units")
    assert (response.status_code, response.json()["type"]) == (403, "urn:sijeong:problem:temporary_password")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer sijeong_00000000_x", "bearer \x00"]
)
def test_who_brings_none_is_told_how(client, city, header):
    response = client.get("/api/v1/units", headers={"authorization": header} if header else {})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["type"] == "urn:sijeong:problem:unauthenticated"


def test_a_dead_token_is_not_saved_by_a_session(signed_in):
    client = signed_in("officer")
    assert client.get("/api/v1/units").status_code == 200
    assert client.get("/api/v1/units", headers={"authorization": "Bearer dead"}).status_code == 401


def test_a_minute_holds_so_many_requests(city, settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 40
    monkeypatch.setattr("sijeong.links.rates.time.time", lambda: 600.0)
    text = token_of(city, "officer")
    assert [asks(text) for _ in range(41)] == [200] * 40 + [429]
    response = Program(text).read("/units")
    assert (response["Retry-After"], response.json()["type"]) == (
        "60",
        "urn:sijeong:problem:too_many_requests",
    )
    monkeypatch.setattr("sijeong.links.rates.time.time", lambda: 660.0)
    assert asks(text) == 200
    assert Token.objects.get().last_used_at is not None
