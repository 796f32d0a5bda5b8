"""More time is asked for and decided, and an auditor reads everything and changes nothing: at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHY = "자치구 자료를 모으는 중"


def told(page, text):
    expect(page.locator("#toasts")).to_contain_text(text)


def ask_for_time(page, number, length):
    page.goto(f"/cases/{number}/")
    page.get_by_role("button", name="연장 요청").click()
    dialog = page.get_by_role("dialog", name="연장 요청")
    dialog.get_by_label("늘릴 기간(일)").fill(length)
    dialog.get_by_label("사유").fill(WHY)
    dialog.get_by_role("button", name="연장 요청").click()


def test_more_time_is_asked_for_granted_and_refused(size, open_page, applied, sound):
    first, second = (bring(applied, ask(applied), "in_hand") for _ in range(2))
    officer, head, planning = (
        open_page(size, user=applied.people[who]) for who in ("officer", "head", "planning_officer")
    )
    for case in (first, second):
        ask_for_time(officer, case.number, "5")
        told(officer, "연장을 요청했습니다")
    expect(officer.locator(".note", has_text="5일 연장 요청")).to_contain_text(WHY)
    sound(officer)

    planning.goto("/planning/")
    expect(planning.locator(".stats")).to_contain_text("연장 요청")
    sound(planning)
    planning.get_by_role("link", name=f"{first.number} 연장", exact=True).click()
    dialog = planning.get_by_role("dialog", name="기한 연장")
    expect(dialog.get_by_label("늘릴 기간(일)")).to_have_value("5")
    expect(dialog.get_by_label("사유")).to_have_value(WHY)
    sound(planning)
    dialog.get_by_role("button", name="기한 연장").click()
    told(planning, "기한을 연장했습니다")

    head.goto("/")
    sound(head)
    region = head.locator("#extension")
    expect(region.get_by_role("link", name=f"{first.number} 연장", exact=True)).to_have_count(0)
    region.get_by_role("link", name=f"{second.number} 연장 거절").click()
    # Planning decides while the head writes.
    planning.goto(f"/cases/{second.number}/?act=extend")
    planning.get_by_role("dialog", name="기한 연장").get_by_role("button", name="기한 연장").click()
    told(planning, "기한을 연장했습니다")
    dialog = head.get_by_role("dialog", name="연장 거절")
    dialog.get_by_label("사유").fill("기한 안에 될 일")
    dialog.get_by_role("button", name="연장 거절").click()
    expect(head.get_by_role("main")).to_contain_text("그 사이 김총괄 님이 연장 요청을 받아들였습니다")
    assert {case.extensions for case in Case.objects.all()} == {1}

    officer.goto("/notices/")
    expect(officer.get_by_role("main")).to_contain_text("연장되었습니다")


def test_an_auditor_reads_everything_and_changes_nothing(size, open_page, applied, sound):
    late = bring(applied, ask(applied, days_ago=40), "in_hand")
    page = open_page(size, user=applied.people["auditor"])
    page.goto("/")
    page.locator("a.stat", has_text="기한 지남").click()
    sound(page)
    page.locator("#late").get_by_role("link", name=late.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(late.title)
    expect(page.locator(".timeline")).to_contain_text("배정")
    expect(page.locator("[data-dialog^=act-]")).to_have_count(0)
    sound(page)
    assert page.goto("/planning/").status == 403
    page.goto("/cases/?scope=all&fate=overdue")
    expect(page.get_by_text("모두 1건")).to_be_visible()
