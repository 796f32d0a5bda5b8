"""The day of each reader of the guides in a city at work: where a guide shows a picture, it is taken here."""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter
from django.utils import timezone
from playwright.sync_api import expect

from sijeong.cases import actions
from sijeong.cases.tests.filed import ask, bring
from sijeong.org import actions as org
from sijeong.org.models import Post, User
from sijeong.site.tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Days since receipt, state, title. Terms are ten days: what came three weeks ago is late.
ASKED = [
    (24, "in_hand", "최근 3년간 청사 시설 개선 현황과 예산 집행 내역"), (9, "in_hand", "청사 에너지 절감 실적과 전기요금"),
    (8, "in_approval", "직원 초과근무 현황과 수당 지급 내역"), (4, "in_hand", "회의실 시민 개방 실적과 이용률"),
    (3, "answered", "청소·경비 용역 계약 목록"), (5, "delivered", "공용차량 보유 현황과 유류비"),
    (6, "delivered", "구내식당 위탁 운영과 정산 결과"), (2, "assigned", "청사 주차장 이용률과 요금 감면 내역"),
    (2, "received", "청사 승강기 고장과 점검 이력"), (1, "received", "물품 구매 계약 가운데 수의계약 목록"),
    (1, "received", "청사 시설 개선 공사 하자 보수 현황"), (0, "received", "회의실 예약 취소 기준과 위약금"),
]  # fmt: skip
# Grade, posts allowed, people in post.
QUOTA = [("4급", 2, 2), ("5급", 6, 5), ("6급", 14, 14), ("7급", 12, 13), ("8급", 5, 4)]
ROWS = [
    ["연번", "구분", "요구사항", "소관부서", "추진상황", "향후계획"],
    ["1", "시정·처리요구", "시정질문의 답변 기한을 사안마다 관리할 것", "기획담당관", "추진 중", "○ 기한 점검 : ’27. 3월"],
    ["2", "건의", "청사 회의실을 시민에게 더 여는 방안을 찾을 것", "총무과, 재산관리과", "검토 중", ""],
    ["3", "기타(자료제출)", "최근 3년간 위탁사업 정산 결과", "총무과", "완료", ""],
    ["4", "건이", "민원 안내문을 쉬운 말로 고칠 것", "복지정책과", "완료", ""],
]  # fmt: skip


@pytest.fixture
def at_work(applied, settings):
    """Cases in every state by number of their place in ASKED, one of them extended; a bureau with its quota."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cases = [
        bring(applied, ask(applied, days_ago=ago, title=title, question=f"{title} 일체"), state)
        for ago, state, title in ASKED
    ]
    actions.extend(case=cases[3], reason="최근 3년 자료를 부서마다 모아야 함", by=applied.viewer("head"))
    actions.contribute(case=cases[3], text="복지시설의 개방 실적을 붙임", by=applied.viewer("joint_officer"))
    for grade, posts, people in QUOTA:
        staff(applied.units["personnel"], grade, posts, people)
    return [case.number for case in cases]


def staff(unit, grade, posts, people):
    """So many posts of a grade in the unit, and people in them."""
    since = timezone.localdate() - dt.timedelta(days=400)
    org.set_quota(unit=unit, category="general", grade=grade, posts=posts, on=since, by=None)
    for n in range(people):
        user = User.objects.create(
            government=unit.government, username=f"{grade}-{n}", name=f"{grade} 직원 {n + 1}"
        )
        Post.objects.create(
            user=user, unit=unit, role="division_officer", title="주무관", category="general", grade=grade, valid_from=since
        )  # fmt: skip


@pytest.fixture
def sheet(tmp_path):
    """A sheet with cells to mend."""
    path = tmp_path / "처리요구사항.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first = book.add_worksheet()
        for i, row in enumerate(ROWS):
            first.write_row(i, 0, row)
    return path


def test_planning(at_work, applied, open_page, sheet):
    page = open_page(user=applied.people["planning_officer"])
    page.goto("/")
    picture(page, "my-work")
    page.goto("/planning/")
    picture(page, "planning")
    page.goto("/cases/?scope=open&type=data_request")
    picture(page, "cases")
    page.goto("/import/")
    page.get_by_label("사안 종류").select_option(label="행정사무감사 처리요구사항")
    page.get_by_label("회차·출처").fill("2026년 행정사무감사")
    page.locator("input[type=file]").set_input_files(sheet)
    page.get_by_role("button", name="올리고 확인하기").click()
    expect(page.get_by_text("확인 결과")).to_be_visible()
    picture(page, "import")
    page.goto(f"/organisation/{applied.units['administration'].pk}/")
    picture(page, "organisation")


def test_an_officer_at_the_desk_and_on_the_way(at_work, applied, open_page):
    officer = applied.people["officer"]
    page = open_page(user=officer)
    page.goto(f"/cases/{at_work[3]}/")
    picture(page, "case")
    dark = open_page(theme="dark", user=officer)
    dark.goto("/")
    picture(dark, "dark")
    phone = open_page("phone", user=officer)
    phone.goto(f"/cases/{at_work[1]}/write/")
    phone.get_by_label("답변 내용").fill(
        "연도별 현황을 붙임과 같이 제출합니다.\n작성 기준일은 지난달 말일입니다."
    )
    expect(phone.locator("[data-kept]")).to_contain_text("보관됨")
    phone.locator("#writing").evaluate("card => scrollTo(0, card.offsetTop - 70)")
    picture(phone, "answer-phone")


def test_a_member_reads_an_answer(at_work, applied, open_page):
    phone = open_page("phone", user=applied.people["member"])
    phone.goto(f"/cases/{at_work[5]}/")
    phone.locator("#answers").scroll_into_view_if_needed()
    picture(phone, "delivered-phone")
