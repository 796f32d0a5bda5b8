"""The planning officer's day: assign where it is suggested, take it back, see what will be late, defend a number."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from sijeong.cases import actions
from sijeong.cases.tests.filed import ask, bring
from sijeong.statistics.urls import urlpatterns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_PAGE = {"statistics_download"}
SUBJECT = "어린이보호구역 안전시설"


@pytest.fixture
def busy(applied):
    """A division that is behind, one case that was late, and one that waits for a division."""
    for ago in (1, 2, 3):
        bring(applied, ask(applied, days_ago=ago, title=f"{SUBJECT} 현황 {ago}"), "delivered")
    for ago in (1, 4, 30):
        bring(applied, ask(applied, days_ago=ago), "in_hand")
    waiting = ask(applied, title=f"{SUBJECT} 점검 결과")
    passed = ask(applied, days_ago=2, title="직원 초과근무")
    actions.assign(case=passed, lead=applied.units["personnel"], by=None)
    return waiting


def test_every_page_of_statistics_is_looked_at(applied, busy, open_page, accessible):
    page = open_page(user=applied.people["planning_officer"])
    for name in sorted({pattern.name for pattern in urlpatterns} - NO_PAGE):
        assert page.goto(reverse(name) + "?year=all&type=data_request").status == 200
        accessible(page)


def test_planning_assigns_as_suggested_and_defends_a_number(applied, busy, open_page, sound, size):
    page = open_page(size, user=applied.people["planning_officer"])
    page.goto("/planning/")
    expect(page.locator(".stats")).to_contain_text(re.compile(r"기한 지남\s*1"))
    expect(page.locator(".stats")).to_contain_text(re.compile(r"이대로면 늦음\s*[1-9]"))
    page.get_by_text("총무과 3건 중 3건").click()
    expect(page.get_by_role("link", name=re.compile(r"자료요구-\d{4}-0000[1-3]")).first).to_be_visible()
    sound(page)
    page.get_by_role("button", name="모두 고르기").click()
    expect(page.get_by_role("checkbox", name=f"{busy.number} 고르기")).to_be_checked()
    page.get_by_role("button", name="제안한 부서로 배정").click()
    page.get_by_role("dialog").get_by_role("button", name="제안한 부서로 배정").click()
    expect(page.get_by_text("1건을 총무과에 배정했습니다")).to_be_visible()
    page.get_by_role("button", name="배정 되돌리기").click()
    expect(page.get_by_text("1건의 배정을 되돌렸습니다")).to_be_visible()
    busy.refresh_from_db()
    assert busy.state == "received"

    year = timezone.localdate() - dt.timedelta(days=1)
    page.goto(f"/statistics/?year={year.year}")
    tile = page.locator("a.stat", has_text="기한 안에 전달")
    number = tile.locator("strong").inner_text()
    tile.click()
    expect(page.get_by_text(f"모두 {number}건")).to_be_visible()
    expect(page.locator("#rows [data-row]")).to_have_count(int(number))
    sound(page)
