"""An administrator's morning: what waits, who has no post yet, a division without a head; at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sijeong.org.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_waits_is_done_until_nothing_does(size, open_page, applied, sound):
    newcomer = applied.people["newcomer"]
    page = open_page(size, user=applied.people["administrator"])
    page.goto("/")
    waiting = page.locator("#upkeep")
    expect(waiting).to_contain_text("발령이 없어 아무 일도 할 수 없습니다")
    sound(page)
    waiting.get_by_role("link", name="맡은 직이 없는 사람").click()
    expect(page.locator("#state")).to_have_value("idle")
    page.get_by_role("link", name=newcomer.name).click()
    page.get_by_role("button", name="발령", exact=True).first.click()
    dialog = page.get_by_role("dialog", name=f"{newcomer.name} 발령")
    dialog.get_by_label("부서").select_option(str(applied.units["personnel"].pk))
    dialog.get_by_label("역할").select_option("division_officer")
    dialog.get_by_role("button", name="발령").click()
    expect(page.locator("#toasts")).to_contain_text("발령했습니다")
    assert newcomer.posts.get().role == Role.DIVISION_OFFICER
    page.goto("/")
    expect(page.get_by_role("link", name="맡은 직이 없는 사람")).to_have_count(0)
