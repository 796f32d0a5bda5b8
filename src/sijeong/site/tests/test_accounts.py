"""Signing in, where no browser is needed to see it."""

from __future__ import annotations

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse

from sijeong.org.models import User
from sijeong.org.tests.people import PASSWORD, city, signed_in
from sijeong.site import accounts_urls, urls

__all__ = ["city", "signed_in"]
pytestmark = pytest.mark.django_db
# The site as it is where mail goes out.
urlpatterns = [*urls.urlpatterns, path("account/", include(accounts_urls.BY_MAIL))]


@pytest.fixture(autouse=True)
def _nobody_is_locked_out() -> None:
    cache.clear()


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_signup", "socialaccount_connections"]
)
def test_a_page_of_the_library_without_one_of_ours_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_out_anothers_device(signed_in, city):
    owner, other = signed_in("officer"), signed_in("colleague")
    owner.get("/account/sessions/")
    session = UserSession.objects.get(user=city.people["officer"])
    assert other.post(reverse("usersessions_end", args=[session.pk])).status_code == 404
    assert owner.post(reverse("usersessions_end", args=[session.pk])).status_code == 302
    assert owner.get("/account/sessions/").url == "/account/login/?next=/account/sessions/"


@pytest.mark.parametrize(
    ("method", "sender", "goes_on"),
    [
        ("get", "", "/cases/%3Fscope%3Dall%26due%3Dlate"),
        ("post", "http://testserver/cases/A-2026-001/?act=extend", "/cases/A-2026-001/%3Fact%3Dextend"),
        ("post", "http://elsewhere.example/cases/", "/cases/%3Fscope%3Dall%26due%3Dlate"),
    ],
)
def test_signing_in_leads_on_to_the_page_that_was_seen(client, method, sender, goes_on):
    response = getattr(client, method)("/cases/?scope=all&due=late", headers={"referer": sender})
    assert response.url == f"/account/login/?next={goes_on}"


def test_a_page_older_than_its_sign_in_leads_back_to_what_was_typed(client, city):
    client = Client(enforce_csrf_checks=True)
    client.force_login(city.people["officer"])
    response = client.post("/notices/read/", headers={"referer": "http://testserver/notices/?all=1"})
    assert response.status_code == 403
    assert 'href="/notices/?all=1"' in response.content.decode()


def test_an_address_that_takes_forms_only_says_so(signed_in, city):
    response = signed_in("officer").get(reverse("usersessions_end", args=[1]))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "열어 보는 화면이 아닙니다" in response.content.decode()


def test_a_device_is_signed_out_by_a_form_only(signed_in, city):
    assert signed_in("officer").get(reverse("usersessions_end", args=[1])).status_code == 405


def test_giving_up_at_the_provider_leads_back(client):
    response = client.get(reverse("socialaccount_login_cancelled"))
    assert response.url == reverse("account_login")
    assert said(response) == ["통합 로그인을 그만두었습니다."]


def test_who_signs_in_by_the_provider_only_has_no_password_to_change(client, city):
    officer = city.people["officer"]
    officer.set_unusable_password()
    officer.save()
    client.force_login(officer)
    response = client.get(reverse("account_change_password"), follow=True)
    assert "이 계정에는 비밀번호가 없습니다" in response.content.decode()


def test_too_many_tries_from_one_place_are_asked_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    for status in (200, 200, 429):
        response = client.post("/account/login/", {"login": "nobody", "password": "x"})
        assert response.status_code == status
    assert "잠시 쉬었다가" in response.content.decode()


def test_without_mail_the_administrator_is_named(client):
    assert "시스템 관리자가 새로 정해 줍니다" in client.get("/account/login/").content.decode()


class TestWithMail:
    @pytest.fixture(autouse=True)
    def _mail(self, settings) -> None:
        settings.ROOT_URLCONF = __name__

    def test_a_forgotten_password_is_set_anew(self, client, city, mailoutbox):
        officer = city.people["officer"]
        User.objects.filter(pk=officer.pk).update(email="officer@seoul.example")
        assert "비밀번호를 잊었습니다" in client.get("/account/login/").content.decode()
        assert client.get("/account/password/reset/").status_code == 200
        client.post("/account/password/reset/", {"email": "officer@seoul.example"}, follow=True)
        (mail,) = mailoutbox
        assert mail.subject == "[시정] 비밀번호를 다시 정하는 주소"
        link = re.search(r"https?://[^/]+(/\S+)", mail.body)[1]
        page = client.get(link, follow=True)
        new = {"password1": "아주-새로운-암호-2026", "password2": "아주-새로운-암호-2026"}
        done = client.post(page.redirect_chain[-1][0], new, follow=True)
        assert "비밀번호를 정했습니다" in done.content.decode()
        assert client.login(username=officer.username, password=new["password1"])
        assert "이미 썼거나 시간이 지난 주소" in client.get(link, follow=True).content.decode()

    def test_an_unknown_address_gets_no_mail_and_the_same_answer(self, client, city, mailoutbox):
        answer = client.post("/account/password/reset/", {"email": "who@seoul.example"}, follow=True)
        assert "전자우편을 확인하십시오" in answer.content.decode()
        assert mailoutbox == []


def test_a_password_like_the_name_is_refused(signed_in, city):
    client = signed_in("officer")
    same = {"oldpassword": PASSWORD, "password1": "officer-1", "password2": "officer-1"}
    told = client.post(reverse("account_change_password"), same).content.decode()
    assert "너무 짧습니다" in told
