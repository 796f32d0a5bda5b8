"""Session, account and posts come in one statement, and nobody comes in by it who would not by Django's own way."""

import datetime as dt

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from sijeong.org.models import Post, Session, User
from sijeong.org.signed_in import SIGNED_IN, SessionStore

pytestmark = pytest.mark.django_db
PAGE = "/organisation/"


@pytest.fixture
def officer(city):
    return User.objects.get(username="jung_gu_officer")


@pytest.fixture
def browser(officer):
    client = Client()
    client.force_login(officer)
    assert client.get(PAGE).status_code == 200
    return client


def is_in(client):
    answer = client.get(PAGE)
    assert answer.status_code == 200 or answer.url.startswith("/account/login/")
    return answer.status_code == 200


def test_one_statement_tells_who_it_is_and_what_they_may_see(browser, officer, django_assert_num_queries):
    key = browser.session.session_key
    assert Session.objects.get().user_id == officer.pk
    with django_assert_num_queries(1):
        posts = SIGNED_IN(key, timezone.now(), timezone.localdate())
        told = {(post.user.username, post.unit.name, post.role) for post in posts}
    on = Post.objects.on(timezone.localdate()).filter(user=officer)
    assert told == {(officer.username, post.unit.name, post.role) for post in on} != set()


def test_a_closed_account_is_out_at_once(browser, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not is_in(browser)


def test_a_password_changed_elsewhere_ends_the_session(browser, officer):
    officer.set_password("elsewhere-4ever!")
    officer.save()
    assert not is_in(browser)
    assert not Session.objects.filter(user=officer).exists()


def test_a_session_that_expired_opens_nothing(browser):
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    assert not is_in(browser)


def test_who_holds_no_post_is_in_and_sees_no_more_than_that(browser, officer):
    Post.objects.filter(user=officer).delete()
    assert is_in(browser)
    assert browser.get("/cases/").status_code == 200


def test_the_signed_data_says_who_it_is_and_not_the_column(browser, city):
    other = User.objects.get(username="planning_officer")
    Session.objects.update(user=other)
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    assert answer.wsgi_request.user.username == "jung_gu_officer"
    assert answer.wsgi_request.viewer.user.username == "jung_gu_officer"


def test_a_session_of_nobody_and_one_with_a_false_hash(browser, officer):
    stranger = SessionStore()
    stranger["seen"] = 1
    stranger.save()
    assert Session.objects.get(pk=stranger.session_key).user_id is None
    client = Client()
    client.cookies["sessionid"] = stranger.session_key
    assert not is_in(client)
    false = SessionStore(browser.session.session_key)
    false[HASH_SESSION_KEY] = "0" * 64
    false.save()
    assert false[SESSION_KEY] == str(officer.pk)
    assert not is_in(browser)


@pytest.mark.parametrize("spoilt", ["", "x", ":::", "{data}x", "x{data}", "{data}:1"])
def test_a_session_that_is_not_as_it_was_sealed_is_nobodys(browser, spoilt):
    told = Session.objects.get()
    Session.objects.update(session_data=spoilt.format(data=told.session_data))
    assert not is_in(browser)


def test_what_one_request_does_to_its_session_no_other_finds_in_the_same_text(browser):
    key = browser.session.session_key
    one = SessionStore(key)
    one["kept"] = ["a"]
    one.save()
    first, second = SessionStore(key), SessionStore(key)
    first["kept"].append("b")
    assert second["kept"] == ["a"]


def test_signing_out_leaves_nothing(browser, officer):
    browser.post("/account/logout/")
    assert not is_in(browser)
    assert not Session.objects.filter(user=officer).exists()
