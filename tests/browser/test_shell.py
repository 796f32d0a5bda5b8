"""The house as one meets it: the menu, the theme, the keys, and every part of a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("gallery"),
]


@pytest.fixture
def at_work(open_page, city) -> Page:
    page = open_page(user=city.people["planning_officer"])
    page.goto("/")
    return page


def dark(page: Page) -> bool:
    return page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"


def test_a_list_is_accessible_and_shows_25_rows_on_a_desk(at_work, accessible):
    seen = at_work.locator("tbody tr").evaluate_all(
        "rows => rows.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert seen >= 25
    accessible(at_work)


def test_every_part_of_a_page_is_accessible(at_work, accessible):
    at_work.goto("/parts/")
    accessible(at_work)
    at_work.get_by_role("button", name="연장", exact=True).click()
    accessible(at_work)


def test_a_form_that_is_refused_says_where_and_leads_there(at_work, accessible):
    at_work.goto("/parts/")
    at_work.evaluate("document.querySelector('#answer').noValidate = true")
    at_work.get_by_role("button", name="답변 저장").click()
    summary = at_work.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="내용").click()
    expect(at_work.get_by_label("내용")).to_be_focused()
    expect(at_work.get_by_label("내용")).to_have_accessible_description(re.compile("필수 항목"))
    accessible(at_work)


def test_the_menu_shows_what_ones_roles_open(at_work, open_page, city):
    menu = at_work.get_by_role("navigation", name="주 메뉴")
    for text in (
        "내 업무",
        "사안",
        "향후계획",
        "총괄 배정",
        "새 사안",
        "가져오기",
        "통계",
        "기한 계산",
        "조직·인력",
    ):
        expect(menu.get_by_role("link", name=text).first).to_be_visible()
    expect(menu.get_by_role("link", name="내 업무")).to_have_attribute("aria-current", "page")
    officer = open_page(user=city.people["officer"])
    officer.goto("/parts/")
    expect(officer.get_by_role("link", name="총괄 배정")).to_have_count(0)
    expect(officer.get_by_role("link", name="관리", exact=True)).to_have_count(0)


def test_the_menu_on_a_phone_by_keyboard(open_page, city):
    page = open_page("phone", user=city.people["officer"])
    page.goto("/")
    menu = page.get_by_role("navigation", name="주 메뉴")
    expect(menu).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="본문 바로가기")).to_be_focused()
    page.keyboard.press("Tab")
    opener = page.get_by_role("button", name="주 메뉴")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="메뉴 닫기")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/parts/")


def test_the_theme_follows_the_device_until_one_chooses(at_work):
    assert not dark(at_work)
    at_work.emulate_media(color_scheme="dark")
    assert dark(at_work)
    at_work.emulate_media(color_scheme="light")
    at_work.get_by_role("button", name="김총괄 메뉴").click()
    at_work.get_by_role("button", name="어둡게").click()
    assert dark(at_work)
    at_work.reload()
    assert dark(at_work)
    at_work.get_by_role("button", name="김총괄 메뉴").click()
    expect(at_work.get_by_role("button", name="어둡게")).to_have_attribute("aria-pressed", "true")
    at_work.get_by_role("button", name="기기대로").click()
    assert not dark(at_work)


def test_keys_reach_the_search_and_the_pages(at_work, accessible):
    at_work.keyboard.press("?")
    expect(at_work.get_by_role("dialog", name="단축키")).to_be_visible()
    accessible(at_work)
    at_work.keyboard.press("Escape")
    at_work.keyboard.press("/")
    expect(at_work.get_by_role("searchbox", name="전체 검색")).to_be_focused()
    at_work.keyboard.type("g")  # a letter typed is a letter, not a key
    at_work.keyboard.press("Escape")
    at_work.locator("h1").click()
    at_work.keyboard.press("g")
    at_work.keyboard.press("c")
    at_work.wait_for_url("**/parts/")


def test_a_row_opens_by_pressing_it_and_by_walking_to_it(at_work):
    at_work.locator("tbody tr").nth(4).get_by_text("서의원").click()
    at_work.wait_for_url("**/parts/")
    at_work.go_back()
    for key in ("j", "j", "k"):
        at_work.keyboard.press(key)
    expect(at_work.get_by_role("link", name="자료요구-2026-00001")).to_be_focused()
    at_work.keyboard.press("Enter")
    at_work.wait_for_url("**/parts/")


def test_an_act_says_what_will_happen_and_asks_first(at_work, accessible):
    at_work.goto("/parts/")
    at_work.get_by_label("제목").fill("공공도서관")
    at_work.get_by_label("내용").fill("휴관일 조정")
    at_work.get_by_role("button", name="취하").click()
    asked = at_work.get_by_role("dialog")
    expect(asked).to_contain_text("의원에게 알림이 가고")
    accessible(at_work)
    asked.get_by_role("button", name="그만두기").click()
    assert at_work.url.endswith("/parts/")
    at_work.get_by_role("button", name="취하").click()
    asked.get_by_role("button", name="취하").click()
    expect(at_work.get_by_role("heading", level=1)).to_have_text("내 업무")
    expect(at_work.get_by_role("status")).to_contain_text("답변을 저장했습니다.")
    accessible(at_work)
    at_work.get_by_role("button", name="알림 닫기").click()
    expect(at_work.get_by_role("status")).to_be_empty()


def test_typed_text_is_not_lost_by_leaving(at_work):
    at_work.goto("/parts/")
    at_work.get_by_label("내용").fill("쓰던 글")
    asked = []
    at_work.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    at_work.get_by_role("link", name="조직·인력").click()
    expect(at_work.get_by_label("내용")).to_have_value("쓰던 글")
    assert asked == ["beforeunload"]


def test_a_second_press_sends_nothing(at_work):
    at_work.goto("/parts/")
    at_work.get_by_label("제목").fill("공공도서관")
    at_work.get_by_label("내용").fill("휴관일 조정")
    sent = []
    at_work.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    at_work.get_by_role("button", name="답변 저장").dblclick()
    expect(at_work.get_by_role("heading", level=1)).to_have_text("내 업무")
    assert len(sent) == 1


def test_paper_carries_the_matter_and_not_the_furniture(at_work):
    at_work.goto("/parts/")
    at_work.emulate_media(media="print", color_scheme="dark")
    expect(at_work.get_by_role("heading", level=1)).to_be_visible()
    expect(at_work.get_by_role("navigation", name="주 메뉴")).to_be_hidden()
    expect(at_work.get_by_role("searchbox", name="전체 검색")).to_be_hidden()
    expect(at_work.get_by_role("button", name="결재 올리기")).to_be_hidden()
    ink = at_work.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(30, 33, 36)"


def test_what_is_not_there_says_so_in_the_shell(at_work, accessible):
    assert at_work.goto("/nowhere/").status == 404
    expect(at_work.get_by_role("heading", level=1)).to_have_text("찾을 수 없습니다")
    expect(at_work.get_by_role("navigation", name="주 메뉴")).to_be_visible()
    accessible(at_work)


@pytest.mark.parametrize(
    ("put", "seen"),
    [
        ("<p style='color: red'>", "Content Security Policy"),
        ("<img alt='' src='https://pictures.example.com/a.png'>", "pictures.example.com"),
        ("<img alt='' src='/static/missing.png'>", "404"),
    ],
)
def test_the_watch_over_these_tests_is_awake(at_work, watch, put, seen):
    at_work.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", put)
    at_work.wait_for_timeout(300)
    assert any(seen in fault for fault in watch.faults)
    watch.faults.clear()


def test_the_check_of_accessibility_is_awake(at_work, accessible):
    at_work.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/mark.svg>'")
    with pytest.raises(AssertionError, match="image-alt"):
        accessible(at_work)
    at_work.evaluate("document.querySelector('h1').textContent = '넓은 제목'")
    at_work.evaluate("document.querySelector('h1').style.minWidth = '3000px'")
    with pytest.raises(AssertionError, match="wider than the screen"):
        accessible(at_work)
