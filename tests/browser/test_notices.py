"""What people are told, and a new holiday, as they live it: at a desk and on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sijeong.cases import actions
from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring
from sijeong.cases.tests.test_recalendar import folder
from sijeong.notices.models import Choice, Delivery, Notice
from sijeong.notices.stopping import token_of

__all__ = ["folder"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_officer_hears_the_bell_opens_what_it_tells_and_chooses_channels(
    size, open_page, applied, case, settings, sound
):
    settings.MAIL = True
    page = open_page(size, user=applied.people["officer"])
    page.goto("/")
    bell = page.locator(".bell [role=status]")
    expect(bell).to_be_empty()
    bring(applied, case, "assigned")
    # Coming back to the page is when it looks for news; the time since it last did is set back.
    page.clock.install()
    page.goto("/")
    expect(bell).to_contain_text("읽지 않은 알림 1건")
    actions.start(case=case, by=applied.viewer("head"), officer=applied.people["officer"])
    page.clock.run_for(150_000)
    expect(bell).to_contain_text("읽지 않은 알림 2건")
    sound(page)
    page.locator("a.bell").click()
    expect(page.get_by_role("heading", name="오늘")).to_be_visible()
    sound(page)
    page.get_by_role("link", name=case.title).first.click()
    expect(page).to_have_url(f"{page.url.split('/cases')[0]}{reverse('case', args=[case.number])}")
    expect(bell).to_contain_text("1건")
    page.goto("/notices/")
    page.get_by_role("button", name="모두 읽음").click()
    expect(bell).to_be_empty()
    page.get_by_role("link", name="알림 설정").first.click()
    page.get_by_label("배정: 전자우편").uncheck()
    page.get_by_role("button", name="저장").click()
    expect(page.locator("#toasts")).to_contain_text("저장했습니다")
    sound(page)
    assert list(Choice.objects.values_list("kind", "channel", "on")) == [("assigned", "email", False)]


def test_a_member_subscribes_and_unsubscribes(size, open_page, applied, case, sound):
    page = open_page(size, user=applied.people["member"])
    page.goto(reverse("case", args=[case.number]))
    page.get_by_role("button", name="구독", exact=True).click()
    expect(page.get_by_role("button", name="구독 그만두기")).to_be_visible()
    page.goto(reverse("subscribe_asker"))
    page.get_by_role("button", name="구독").click()
    page.get_by_label("의원·위원회").select_option(label="행정자치위원회")
    page.get_by_role("button", name="구독").click()
    expect(page.get_by_role("link", name="행정자치위원회의 모든 사안")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="행정자치위원회의 모든 사안 구독 그만두기").click()
    expect(page.locator("#toasts")).to_contain_text("그만두었습니다")


def test_an_administrator_sees_what_a_new_holiday_moves_and_moves_it(size, open_page, applied, folder, sound):
    cases = [bring(applied, ask(applied), "in_hand") for _ in range(3)]
    due = cases[0].due_on
    folder.proclaim(due)
    page = open_page(size, user=applied.people["administrator"])
    page.goto(reverse("calendar"))
    expect(page.locator("#moving")).to_contain_text(cases[0].number)
    sound(page)
    page.get_by_role("button", name="새 달력 적용").click()
    page.get_by_role("dialog").get_by_role("button", name="새 달력 적용").click()
    expect(page.locator("#toasts")).to_contain_text("3건을 옮기고")
    expect(page.get_by_role("heading", name="옮길 기한이 없습니다")).to_be_visible()
    assert {case.due_on > due for case in Case.objects.all()} == {True}
    officer = open_page(size, user=applied.people["officer"])
    officer.goto("/notices/?kind=due_moved")
    expect(officer.locator(".notices")).to_contain_text("쉬는 날이 바뀌어")
    sound(officer)


def test_mails_that_were_not_sent_and_the_link_that_stops_them(
    open_page, applied, case, settings, accessible
):
    settings.MAIL = True
    applied.people["officer"].email = "officer@example.go.kr"
    applied.people["officer"].save()
    bring(applied, case, "assigned")
    delivery = Delivery.objects.get()
    delivery.state, delivery.fault, delivery.unsure = "dead", "550 SMTPRecipientsRefused: no such user", True
    delivery.save()
    page = open_page(user=applied.people["administrator"])
    page.goto(reverse("undelivered"))
    accessible(page)
    page.get_by_role("button", name="고른 메일 다시 보내기").click()
    expect(page.locator("#toasts")).to_contain_text("1건을 다시 보냅니다")
    stranger = open_page()
    stranger.goto(reverse("unsubscribe", args=[token_of(Notice.objects.get(person__username="officer"))]))
    accessible(stranger)
    stranger.get_by_role("button", name="그만 받기").click()
    expect(stranger.locator("main")).to_contain_text("보내지 않습니다")
