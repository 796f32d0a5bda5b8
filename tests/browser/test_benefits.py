"""Benefits in a browser: the self-check on a desk and on a phone, an application, a reform before the council."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answer(page: Page, **known: str) -> None:
    """Answer the question on the screen and wait for the next one."""
    asked = page.locator("h1").inner_text()
    if page.locator("[value=yes]").count():
        page.get_by_role("button", name="예", exact=True).click()
    elif page.locator("input[type=date]").count():
        page.get_by_label(asked).fill(known["born"])
        page.get_by_role("button", name="다음").click()
    else:
        page.get_by_label(asked).fill(known["number"])
        page.get_by_role("button", name="다음").click()
    expect(page.locator("h1")).not_to_have_text(asked)


def test_a_citizen_learns_what_they_may_get(page: Page, city, accessible, watch):
    """Chosen by situation, one question a screen; back and reload keep the place, though no address tells it."""
    page.goto("/about/seoul/benefits/")
    accessible(page)
    page.get_by_label("임신했습니다").check()
    page.get_by_role("button", name="알아보기").click()
    expect(page.locator("h1")).to_have_text("임신 몇 주입니까?")
    accessible(page)
    page.get_by_label("임신 몇 주입니까?").fill("스물")
    page.get_by_role("button", name="다음").click()
    expect(page.get_by_role("alert")).to_contain_text("숫자로 적으십시오")
    expect(page.get_by_label("임신 몇 주입니까?")).to_have_value("스물")
    answer(page, number="20")
    second = page.locator("h1").inner_text()
    page.go_back()
    expect(page.locator("h1")).to_have_text("임신 몇 주입니까?")
    page.go_forward()
    expect(page.locator("h1")).to_have_text(second)
    page.reload()
    expect(page.locator("h1")).to_have_text(second)
    assert page.url.endswith("/about/seoul/benefits/")
    while page.locator(".question").count():
        answer(page, number="900000", born="1988-03-03")
    expect(page.get_by_role("heading", name="고령 산모 검사비 지원")).to_be_visible()
    expect(page.locator("main")).to_contain_text("받을 수 있습니다: 900,000원")
    expect(page.locator("main")).to_contain_text("시를 구속하지 않습니다")
    accessible(page)
    assert page.context.cookies() == []
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF로 받기").click()
    assert download.value.suggested_filename == "benefits.pdf"
    # The console tells of the answer that was refused, and of nothing else.
    assert [fault for fault in watch.faults if "422" not in fault] == []
    watch.faults.clear()


def test_without_a_script_it_goes_on_by_itself(chromium, live_server, city):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto("/about/seoul/benefits/")
    page.get_by_label("시에서 일하다 다쳤습니다").check()
    page.get_by_role("button", name="알아보기").click()
    page.get_by_role("button", name="아니오").click()
    expect(page.locator("main")).to_contain_text("받을 수 없습니다")
    context.close()
