"""Signing in at the city's own OpenID Connect provider, which here runs on loopback."""

from __future__ import annotations

import warnings

import pytest
from csp.utils import build_policy
from playwright.sync_api import Page, expect

from sijeong.org.models import User
from sijeong.site.middleware import ContentPolicy

with warnings.catch_warnings(record=True):  # authlib speaks of its own future over every filter
    from oidc_provider_mock import User as Known
    from oidc_provider_mock import run_server_in_thread

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("gallery"),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),  # of the provider's own making
]


@pytest.fixture
def provider(settings, officer, monkeypatch):
    """An OpenID Connect provider on loopback, set up as SIJEONG_OIDC_URL would."""
    known = [Known(sub=name, claims={"preferred_username": name}) for name in (officer.username, "stranger")]
    with run_server_in_thread(user_claims=known) as server:
        url = f"http://localhost:{server.server_port}"
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "city", "name": "시청 통합 로그인", "client_id": "sijeong", "secret": "비밀",
                        "settings": {"server_url": url, "uid_field": "sub"},
                    }
                ],
            }
        }  # fmt: skip
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": directives | {"form-action": [*directives["form-action"], url]}
        }
        # The tests' server was started before, with the policy of the settings it found.
        monkeypatch.setattr(
            ContentPolicy, "policy", property(lambda _: build_policy(), lambda *_: None), raising=False
        )
        yield url


def through(page: Page, sub: str) -> None:
    page.goto("/account/login/?next=/parts/")
    page.get_by_role("button", name="시청 통합 로그인").click()
    page.locator("input[name=sub]").fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_the_citys_provider_signs_in_the_account_of_that_name(desktop, officer, provider, accessible):
    desktop.goto("/account/login/")
    accessible(desktop)
    through(desktop, officer.username)
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("공공도서관 휴관일")
    desktop.context.clear_cookies()
    through(desktop, officer.username)
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("공공도서관 휴관일")


def test_the_citys_provider_makes_no_account(desktop, officer, provider):
    through(desktop, "stranger")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("로그인")
    expect(desktop.get_by_role("status")).to_contain_text("이어진 직원이 없습니다")
    assert not User.objects.filter(username="stranger").exists()


def test_what_the_citys_provider_refuses_is_explained(desktop, officer, provider, accessible):
    desktop.goto("/account/login/")
    desktop.get_by_role("button", name="시청 통합 로그인").click()
    desktop.get_by_role("button", name="Deny").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("통합 로그인을 마치지 못했습니다")
    accessible(desktop)
    desktop.get_by_role("link", name="로그인 화면으로").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("로그인")
