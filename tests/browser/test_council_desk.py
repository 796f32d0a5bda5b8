"""The council's side: a member files many, follows, judges and asks again; a meeting's suggestion becomes a case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring
from sijeong.council.models import Meeting
from sijeong.council.tests.meetings import meet
from sijeong.org.models import Post, Role, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def told(page, text):
    expect(page.locator("#toasts")).to_contain_text(text)


def test_a_member_files_many_at_once(size, open_page, applied, sound, watch):
    page = open_page(size, user=applied.people["aide"])
    page.goto("/cases/new/data_request/")
    page.get_by_role("link", name="여러 건 한꺼번에").click()
    sound(page)
    page.get_by_label("표에서 붙여넣기").fill(
        "제목\t요구 자료\n청사 예산\t최근 3년 예산\n정원 조정\t정원 조정 내역\n"
    )
    page.get_by_role("button", name="칸에 나누기").click()
    expect(page.get_by_label("2행 제목")).to_have_value("정원 조정")
    page.get_by_label("3행 제목").fill("내용이 빠진 행")
    page.get_by_role("button", name="모두 접수").click()
    expect(page.get_by_role("alert")).to_contain_text("고칠 행이 1개 있어 아무것도 접수하지 않았습니다")
    sound(page)
    page.get_by_label("3행 요구 자료").fill("청사 승강기 점검 기록")
    page.get_by_role("button", name="모두 접수").dblclick()
    told(page, "3건을 접수했습니다")
    assert Case.objects.count() == 3
    assert {case.asker.name for case in Case.objects.all()} == {"서의원"}


def test_a_member_follows_judges_and_asks_again(size, open_page, applied, sound):
    case = bring(applied, ask(applied), "in_hand")
    page = open_page(size, user=applied.people["member"])
    page.goto(f"/cases/{case.number}/")
    standing = page.locator("#standing")
    expect(standing).to_contain_text("총무과에서 답변을 쓰고 있습니다")
    expect(standing).to_contain_text("일 남았습니다")
    sound(page)
    other = bring(applied, ask(applied), "delivered")
    page.goto(f"/cases/{other.number}/")
    page.get_by_role("button", name="답변 평가").first.click()
    dialog = page.get_by_role("dialog", name="답변 평가")
    dialog.get_by_role("radio", name="부족합니다").check()
    dialog.get_by_role("button", name="답변 평가").click()
    expect(dialog).to_contain_text("무엇이 부족한지 적어야 합니다")
    dialog.get_by_label("사유").fill("2023년 자료가 없습니다")
    dialog.get_by_role("button", name="답변 평가").click()
    told(page, "평가를 남겼습니다")
    page.get_by_role("button", name="다시 요구").first.click()
    dialog = page.get_by_role("dialog", name="다시 요구")
    dialog.get_by_label("더 필요한 것").fill("2023년 집행 내역")
    dialog.get_by_role("button", name="다시 요구").click()
    told(page, "다시 요구했습니다")
    again = Case.objects.get(again_of=other)
    expect(page.get_by_role("link", name=other.number)).to_be_visible()
    sound(page)
    page.get_by_role("link", name=other.number).click()
    expect(page.get_by_role("link", name=again.number)).to_be_visible()
    sound(page)


def test_a_meeting_is_recorded_and_its_suggestion_becomes_a_case(size, open_page, applied, sound):
    for n in range(12):  # so many that one has to look for a name
        user = User.objects.create(government=applied.seoul, username=f"seat{n}", name=f"김의원{n}")
        Post.objects.create(
            user=user, unit=applied.units["council"], role=Role.COUNCIL_MEMBER, valid_from="2026-07-01"
        )
    page = open_page(size, user=applied.people["officer"])
    page.goto("/council/")
    page.get_by_role("link", name="간담·면담 등록").click()
    page.get_by_label("종류").select_option(label="의원 개별 면담")
    page.get_by_label("일시").fill((timezone.localtime() - dt.timedelta(days=1)).strftime("%Y-%m-%dT10:00"))
    page.get_by_label("장소").fill("의원회관 302호")
    page.get_by_label("주제").fill("청사 승강기")
    page.get_by_label("참석 의원에서 찾기").fill("서의")
    expect(page.get_by_role("checkbox", name="김의원1", exact=True)).to_be_hidden()
    page.get_by_role("checkbox", name="서의원").check()
    page.get_by_label("참석 직원").fill("이주무")
    sound(page)
    page.get_by_role("button", name="저장").click()
    told(page, "등록했습니다")
    page.get_by_role("button", name="건의 적기").first.click()
    page.get_by_role("dialog", name="건의 적기").get_by_label("건의 내용").fill("승강기를 모두 점검할 것")
    page.get_by_role("dialog", name="건의 적기").get_by_role("button", name="건의 적기").click()
    told(page, "건의를 적었습니다")
    page.get_by_role("button", name="사안으로 접수").first.click()
    page.get_by_role("dialog", name="사안으로 접수").get_by_role("button", name="사안으로 접수").click()
    told(page, "번호로 접수했습니다")
    sound(page)
    case = Case.objects.get()
    member = open_page(size, user=applied.people["member"])
    member.goto(f"/cases/{case.number}/")
    member.get_by_role("link", name="의원 개별 면담").click()
    member.get_by_role("link", name=case.number).click()
    expect(member.get_by_role("heading", level=1)).to_have_text("승강기를 모두 점검할 것")


def test_every_page_of_meetings_is_accessible(open_page, applied, accessible):
    meeting = meet(applied)
    meet(applied, days=2)
    page = open_page(user=applied.people["planning_officer"])
    for name, args in (
        ("meetings", []),
        ("meeting_calendar", []),
        ("meeting", [meeting.pk]),
        ("meeting_edit", [meeting.pk]),
    ):
        assert page.goto(reverse(name, args=args)).status == 200
        accessible(page)
    assert Meeting.objects.count() == 2
