"""The main job, as the people of it do it: asked, assigned, answered, approved, delivered, acknowledged, kept."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sijeong.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["desktop", pytest.param("phone", marks=pytest.mark.postgres_too)])
def size(request):
    return request.param


@pytest.fixture
def people(size, open_page, applied):
    """Each person's own browser, at a desk or on a phone."""
    return {
        who: open_page(size, user=applied.people[who])
        for who in ("member", "planning_officer", "officer", "head", "other_officer")
    }


def act(page: Page, name: str) -> None:
    """Press an act's button and confirm it in its dialog."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.get_by_role("dialog", name=name).get_by_role("button", name=name, exact=True).click()


def told(page: Page, text: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(text)


def test_a_request_is_answered_delivered_and_its_promise_kept(people, sound, tmp_path):
    member, officer = people["member"], people["officer"]
    ask(member, sound)
    number = Case.objects.get().number

    def unseen() -> None:
        """To an officer of another bureau the case is not there, whatever its state."""
        assert people["other_officer"].goto(f"/cases/{number}/").status == 404

    unseen()
    assign(people["planning_officer"], number, sound)
    unseen()
    draft(officer, number, sound)
    unseen()
    approve(people["head"], number, sound)
    unseen()
    deliver(officer, number, sound)
    unseen()
    acknowledge(member, number, sound)
    keep_the_promise(officer, number, sound, tmp_path)
    unseen()
    member.goto(f"/cases/{number}/")
    expect(member.locator("#follow-ups")).to_contain_text("11월 회의에서 보고함")
    with member.expect_download() as download:
        member.get_by_role("link", name="보고서.pdf").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    case = Case.objects.get()
    assert (case.outcome, case.outcome_basis) == ("done", "delivery")


def ask(page: Page, sound) -> None:
    page.goto("/")
    sound(page)
    page.goto("/cases/new/")
    sound(page)
    page.get_by_role("link", name=re.compile("의원요구자료")).click()
    sound(page)
    page.get_by_label("제목").fill("청사 시설 개선 예산")
    page.get_by_label("요구 자료").fill("최근 3년간 청사 시설 개선 예산과 집행 내역")
    page.get_by_role("button", name="접수").click()
    told(page, "로 접수했습니다")
    expect(page.get_by_role("heading", level=1)).to_have_text("청사 시설 개선 예산")
    sound(page)


def assign(page: Page, number: str, sound) -> None:
    page.goto("/")
    sound(page)
    page.goto("/planning/")
    sound(page)
    page.get_by_role("checkbox", name=f"{number} 고르기").check()
    page.get_by_label("주관부서").select_option(label="총무과")
    page.get_by_role("button", name="고른 사안 배정").click()
    told(page, "1건을 총무과에 배정했습니다")


def draft(page: Page, number: str, sound) -> None:
    page.goto("/")
    sound(page)
    # The notice of the assignment names it too, above.
    page.get_by_role("region", name="부서에 온 사안").get_by_role("link", name="청사 시설 개선 예산").click()
    act(page, "처리 시작")
    told(page, "처리를 시작했습니다")
    sound(page)
    page.get_by_role("link", name="답변 쓰기").click()
    page.get_by_label("답변 내용").fill("붙임과 같이 제출합니다.")
    page.get_by_role("radio", name="제출 완료").check()
    page.get_by_label("할 일 1").fill("개선 결과를 상임위원회에 보고")
    page.get_by_label("기한 1").fill((timezone.localdate() + dt.timedelta(days=30)).isoformat())
    page.get_by_role("button", name="임시 저장").click()
    told(page, "1판을 저장했습니다")
    expect(page.get_by_label("답변 내용")).to_have_value("붙임과 같이 제출합니다.")
    page.get_by_role("button", name="저장하고 결재 상신").click()
    page.get_by_role("dialog").get_by_role("button", name="저장하고 결재 상신").click()
    told(page, "결재를 올렸습니다")


def approve(page: Page, number: str, sound) -> None:
    page.goto("/")
    sound(page)
    page.get_by_role("region", name="결재 대기").get_by_role("link", name="청사 시설 개선 예산").click()
    sound(page)
    act(page, "결재")
    told(page, "결재했습니다")


def deliver(page: Page, number: str, sound) -> None:
    page.goto(f"/cases/{number}/")
    page.get_by_role("button", name="전달 등록").first.click()
    dialog = page.get_by_role("dialog", name="전달 등록")
    dialog.get_by_label("전달 방법").select_option(label="직접 전달")
    dialog.get_by_role("button", name="전달 등록").click()
    # Reported means delivered: without proof nothing is, and what was typed is still there.
    expect(dialog).to_contain_text("전달을 증명할 문서번호")
    sound(page)
    expect(dialog.get_by_label("전달 방법")).to_have_value("hand")
    dialog.get_by_label("전달 방법").select_option(label="이 시스템의 의원 화면")
    dialog.get_by_role("button", name="전달 등록").click()
    told(page, "전달을 등록했습니다")
    sound(page)


def acknowledge(page: Page, number: str, sound) -> None:
    page.goto("/")
    page.get_by_role("region", name="수령 확인할 답변").get_by_role("link").click()
    sound(page)
    expect(page.locator("#answers")).to_contain_text("붙임과 같이 제출합니다.")
    page.goto("/")
    page.get_by_role("checkbox", name=f"{number} 답변 고르기").check()
    sound(page)
    page.get_by_role("button", name="고른 답변 수령 확인").click()
    told(page, "답변 1건의 수령을 확인했습니다")


def keep_the_promise(page: Page, number: str, sound, tmp_path) -> None:
    shown = tmp_path / "보고서.pdf"
    shown.write_bytes(b"%PDF-1.7\n%%EOF\n")
    page.goto(f"/cases/{number}/")
    page.get_by_role("link", name="이행 완료").click()
    sound(page)
    page.get_by_label("이행 결과").fill("11월 회의에서 보고함")
    page.get_by_label("증빙 파일").set_input_files(shown)
    page.get_by_role("button", name="이행 완료").click()
    told(page, "향후계획을 마쳤습니다")
