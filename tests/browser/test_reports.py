"""A division accounts for its year: budget, programme, report, signature; and a paper is read beside its verdicts."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from sijeong.reports.models import Paper, WorkReport
from sijeong.reports.reading import read
from sijeong.reports.tasks import read_paper
from sijeong.reports.tests.written import full
from sijeong.reports.writing.hwpx import write_hwpx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUDGET = "구분,예산액,집행액,잔액\n계,341200,43544,297656\n기관운영업무추진비,277200,38255,238945\n시책추진업무추진비,64000,5289,58711\n"


def confirmed(page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()


def test_a_division_accounts_for_its_year(size, sound, open_page, applied, tmp_path):
    officer, head = (
        open_page(size, user=applied.people["officer"]),
        open_page(size, user=applied.people["head"]),
    )
    sheet = tmp_path / "예산.csv"
    sheet.write_text(BUDGET, encoding="utf-8-sig")
    officer.goto("/figures/new/")
    sound(officer)
    officer.get_by_label("출처").fill("세출예산 집행현황")
    officer.get_by_label("예산 표").set_input_files(sheet)
    officer.get_by_role("button", name="올리고 확인하기").click()
    expect(officer.get_by_role("table")).to_contain_text("기관운영업무추진비")
    sound(officer)
    officer.get_by_role("button", name="현행으로 확인").click()
    expect(officer.locator("main")).not_to_contain_text("아직 확인하지 않았습니다")
    officer.goto("/figures/")
    sound(officer)

    officer.goto("/reports/programmes/")
    officer.get_by_text("새 시책").click()
    officer.get_by_label("시책 이름").fill("청사 개방 확대")
    officer.get_by_role("button", name="만들고 쓰기").click()
    officer.get_by_label("추진실적").fill("○ 견학 총 22회 320명")
    sound(officer)
    officer.get_by_role("button", name="저장", exact=True).click()
    officer.goto("/reports/programmes/")
    sound(officer)

    officer.goto("/reports/")
    officer.get_by_text("새 업무보고").click()
    officer.get_by_role("button", name="기록에서 만들기").click()
    expect(officer.get_by_role("article")).to_contain_text("견학 총 22회 320명")
    sound(officer)
    expect(officer.get_by_role("link", name="43,544", exact=True)).to_have_attribute(
        "title", f"총무과 {timezone.localdate().year} 세출 계"
    )
    confirmed(officer, "굳혀서 결재 올리기")

    report = WorkReport.objects.get()
    head.goto(f"/reports/{report.pk}/")
    confirmed(head, "결재하고 확정")
    with head.expect_download() as got:
        head.get_by_role("link", name="한글 (HWPX)").click()
    assert "견학 총 22회 320명" in read(got.value.path().read_bytes()).text()
    head.goto("/reports/")
    sound(head)


def test_a_paper_is_read_beside_its_verdicts(size, sound, open_page, applied, tmp_path):
    officer = open_page(size, user=applied.people["officer"])
    paper = tmp_path / "주요업무보고.hwpx"
    paper.write_bytes(write_hwpx(full()))
    officer.goto("/reports/papers/")
    sound(officer)
    officer.get_by_label("보고서 파일").set_input_files(paper)
    officer.get_by_role("button", name="올리고 읽기").click()
    expect(officer.locator(".progress")).to_contain_text("문서를 읽고 수를 맞춰 보고 있습니다")
    assert DBTaskResult.objects.count() == 1
    read_paper.func(Paper.objects.get().pk)
    expect(officer.get_by_role("heading", name="점검 결과 (0)")).to_be_visible()
    expect(officer.get_by_role("region", name="원문").or_(officer.locator(".source"))).to_contain_text(
        "기관운영업무추진비"
    )
    sound(officer)
