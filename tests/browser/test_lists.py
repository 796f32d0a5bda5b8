"""Finding and listing as one does it all day: words, facets, keys, columns, views, chosen rows; on a desk and a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def several(applied):
    cases = [ask(applied, title=f"어린이 보호구역 정비 {n}", days_ago=n + 1) for n in range(4)]
    bring(applied, cases[0], "delivered")
    return cases


def test_words_are_found_narrowed_and_opened_by_keys(several, open_page, applied, accessible):
    page = open_page(user=applied.people["planning_officer"])
    page.goto("/cases/")
    page.keyboard.press("/")
    page.keyboard.type("어린이보호구역을")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="4건")).to_be_visible()
    assert page.locator(".hits mark").first.text_content() == "어린이 보호구역"
    accessible(page)
    facets = page.get_by_role("navigation", name="좁히기")
    facets.get_by_role("link", name=re.compile("총무과 1")).click()
    expect(page.locator(".hits li")).to_have_count(1)
    facets.get_by_role("link", name=re.compile("총무과 1")).click()  # taken off again
    expect(page.locator(".hits li")).to_have_count(4)
    second = page.locator(".hits a").nth(1).get_attribute("href")
    page.locator("h1").click()
    for key in ("j", "j", "o"):
        page.keyboard.press(key)
    page.wait_for_url(f"**{second}")


def test_keys_walk_a_list_while_korean_is_typed(several, open_page, applied):
    page = open_page(user=applied.people["planning_officer"])
    page.goto("/cases/?scope=all")
    for key, code in (("ㅓ", "KeyJ"), ("ㅓ", "KeyJ"), ("ㅌ", "KeyX"), ("ㅐ", "KeyO")):
        if code == "KeyO":
            assert page.locator("[data-count]").text_content() == "1"
        told = {"key": key, "code": code, "bubbles": True}
        page.evaluate("told => document.dispatchEvent(new KeyboardEvent('keydown', told))", told)
    page.wait_for_url("**/cases/*-*/")


def test_rows_stay_chosen_where_something_was_missing(several, open_page, applied):
    page = open_page(user=applied.people["planning_officer"])
    page.goto("/cases/")
    boxes = page.get_by_role("checkbox", name=re.compile("고르기"))
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.get_by_role("button", name="고른 것 배정").click()
    expect(page.locator("#toasts")).to_contain_text("주관부서를 정하십시오")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_checked()
    expect(page.locator("[data-count]")).to_have_text("2")


@pytest.mark.parametrize("where", ["/planning/", "/cases/", "/follow-ups/"])
def test_what_is_printed_stands_under_its_heading(several, open_page, applied, where):
    page = open_page(user=applied.people["planning_officer"])
    page.goto(where)
    page.emulate_media(media="print")
    shown = "row => [...row.cells].filter(cell => cell.checkVisibility()).length"
    for table in page.locator("table").all():
        heads = table.locator("thead tr").evaluate(shown)
        assert {row.evaluate(shown) for row in table.locator("tbody tr").all()} <= {heads}


def test_a_month_that_is_none_is_told_at_its_field(several, open_page, applied):
    page = open_page(user=applied.people["planning_officer"])
    page.goto("/cases/")
    month = page.get_by_label("접수 월")
    month.fill("2026-13")
    month.press("Enter")
    assert month.evaluate("field => field.matches(':invalid') && field === document.activeElement")
    expect(page).to_have_url(re.compile(r"/cases/$"))
    month.fill("2026-01")
    month.press("Enter")
    expect(page).to_have_url(re.compile("month=2026-01"))


def test_on_a_phone_the_first_case_is_seen_before_the_rarer_conditions(several, open_page, applied):
    page = open_page("phone", user=applied.people["planning_officer"])
    page.goto("/cases/")
    expect(page.get_by_label("접수 월")).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_in_viewport()
    page.get_by_text("조건 더").click()
    page.get_by_label("연장").select_option("1")
    expect(page).to_have_url(re.compile("extended=1"))
    page.reload()  # what is set stays in sight
    expect(page.get_by_label("연장")).to_have_value("1")
    expect(page.get_by_label("연장")).to_be_visible()


def test_words_are_found_on_a_phone(several, open_page, applied):
    page = open_page("phone", user=applied.people["member"])
    page.goto("/search/")
    page.get_by_role("searchbox", name="찾을 말").fill("보호 구역")
    page.get_by_role("button", name="찾기").click()
    expect(page.locator(".hits li")).to_have_count(4)
    expect(page).to_have_url(re.compile("q="))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".hits a").first.click()
    page.wait_for_url("**/cases/*/")


def test_a_view_is_saved_shared_and_opens_the_list(several, open_page, applied, accessible):
    page = open_page(user=applied.people["planning_officer"])
    page.goto("/cases/")
    page.get_by_label("범위").select_option("all")
    expect(page.locator("#rows tbody tr")).to_have_count(4)
    page.locator("summary", has_text="열").click()
    page.get_by_label("접수", exact=True).check()
    expect(page.get_by_role("columnheader", name="접수")).to_be_visible()
    page.get_by_role("button", name="보기 저장").click()
    dialog = page.get_by_role("dialog", name="지금 보는 대로 저장")
    dialog.get_by_label("보기 이름").fill("모든 사안")
    dialog.get_by_label("함께 볼 부서").select_option(label="기획담당관 사람도 봅니다")
    dialog.get_by_label("이 목록을 처음에").check()
    accessible(page)
    dialog.get_by_role("button", name="저장").click()
    views = page.get_by_role("navigation", name="저장한 보기")
    expect(views.get_by_role("link", name="모든 사안")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("columnheader", name="접수")).to_be_visible()
    accessible(page)
    page.goto("/cases/")
    expect(page.locator("#rows tbody tr")).to_have_count(4)
    colleague = open_page("phone", user=applied.people["planning_head"])
    colleague.goto("/cases/")
    colleague.get_by_role("link", name="모든 사안").click()
    expect(colleague.get_by_role("button", name="처음에 이 보기로 열기")).to_be_visible()


def test_rows_are_chosen_by_keys_and_assigned_together(several, open_page, applied, accessible):
    page = open_page(user=applied.people["planning_officer"])
    page.goto("/cases/?order=received")
    bar = page.locator("#chosen")
    expect(bar).to_be_hidden()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(bar.get_by_role("status")).to_have_text("2건 고름")
    accessible(page)
    with page.expect_download() as told:
        bar.get_by_role("button", name="고른 것 CSV").click()
    text = told.value.path().read_text("utf-8-sig")
    assert text.count("어린이 보호구역") == 2
    bar.get_by_label("주관부서").select_option(label="인사과")
    bar.get_by_role("button", name="고른 것 배정").click()
    expect(page.get_by_role("status").filter(has_text="2건을 인사과에 배정했습니다")).to_be_visible()
    assert Case.objects.filter(lead=applied.units["personnel"]).count() == 2


def test_what_was_promised_is_a_list_too(several, open_page, applied):
    page = open_page("phone", user=applied.people["officer"])
    page.goto("/follow-ups/")
    expect(page.get_by_role("row").filter(has_text="개선 결과 보고")).to_have_count(1)
    page.locator("#state").select_option("closed")
    expect(page.get_by_text("조건에 맞는 향후계획이 없습니다")).to_be_visible()
