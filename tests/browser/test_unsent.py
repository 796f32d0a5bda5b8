"""What was typed while the session ended, or before somebody signed in anew elsewhere, is there to be sent again."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring
from sijeong.org.tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "여러 해 자료를 모으느라 오래 적은 내용"


def sign_in(page, name):
    page.get_by_label("아이디").fill(name)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="로그인", exact=True).click()


def lose_session(page):
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def test_a_new_case_outlives_its_session(open_page, applied, accessible):
    page = open_page(user=applied.people["member"])
    page.goto("/cases/new/data_request/")
    page.get_by_label("제목").fill("가로등 교체")
    page.get_by_label("요구 자료").fill(LONG)
    lose_session(page)
    page.get_by_role("button", name="접수").click()
    sign_in(page, applied.people["member"].username)
    expect(page.locator("#toasts")).to_contain_text("되살렸습니다")
    expect(page.get_by_label("요구 자료")).to_have_value(LONG)
    accessible(page)
    page.get_by_role("button", name="접수").click()
    expect(page.locator("#toasts")).to_contain_text("번호로 접수했습니다")
    assert Case.objects.get().question == LONG
    assert page.evaluate("sessionStorage.getItem('unsent')") is None


def test_a_reason_in_a_dialog_outlives_its_session_but_not_its_author(open_page, applied):
    case = bring(applied, ask(applied), "in_approval")
    page = open_page(user=applied.people["head"])
    page.goto(f"/cases/{case.number}/")
    page.get_by_role("button", name="반려").click()
    page.get_by_role("dialog", name="반려").get_by_label("사유").fill(LONG)
    lose_session(page)
    page.get_by_role("dialog", name="반려").get_by_role("button", name="반려").click()
    sign_in(page, applied.people["head"].username)
    expect(page.get_by_role("dialog", name="반려").get_by_label("사유")).to_have_value(LONG)
    # On the same machine somebody else signs in: the words are not theirs.
    lose_session(page)
    page.get_by_role("dialog", name="반려").get_by_role("button", name="반려").click()
    sign_in(page, applied.people["bureau_head"].username)
    expect(page.get_by_role("button", name="반려").first).to_be_visible()
    expect(page.get_by_role("dialog", name="반려")).to_be_hidden()
    assert LONG not in page.content()


def test_without_a_network_a_form_stays_as_it_is(open_page, applied):
    page = open_page(user=applied.people["member"])
    page.goto("/cases/new/data_request/")
    page.get_by_label("제목").fill("가로등 교체")
    page.get_by_label("요구 자료").fill(LONG)
    page.context.set_offline(True)
    page.get_by_role("button", name="접수").click()
    expect(page.locator("#toasts")).to_contain_text("네트워크가 끊겨")
    page.context.set_offline(False)
    page.get_by_role("button", name="접수").click()
    expect(page.locator("#toasts")).to_contain_text("번호로 접수했습니다")


def test_a_page_older_than_its_sign_in_is_sent_again_from_a_fresh_one(open_page, applied):
    case = bring(applied, ask(applied), "in_approval")
    page = open_page(user=applied.people["head"])
    page.goto(f"/cases/{case.number}/")
    page.get_by_role("button", name="반려").click()
    dialog = page.get_by_role("dialog", name="반려")
    dialog.get_by_label("사유").fill(LONG)
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    dialog.get_by_role("button", name="반려").click()
    page.get_by_role("link", name="쓰던 화면으로").click()
    expect(dialog.get_by_label("사유")).to_have_value(LONG)
    dialog.get_by_role("button", name="반려").click()
    expect(page.locator("#toasts")).to_contain_text("반려했습니다")
