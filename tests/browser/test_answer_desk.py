"""The answer's editor as officers live in it: kept, saved, compared, with files; the head compares and returns."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sijeong.cases import actions
from sijeong.cases.models import Writing
from sijeong.cases.tests.filed import ask, bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def number(applied, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return bring(applied, ask(applied), "in_hand").number


@pytest.fixture
def officer(size, open_page, applied, number, watch):
    watch.failing += ["/write/", "/fonts/"]
    page = open_page(size, user=applied.people["officer"])
    page.goto(f"/cases/{number}/write/")
    return page


def kept(page):
    expect(page.locator("[data-kept]")).to_contain_text("보관됨")


def test_what_is_typed_survives_a_reload_a_lost_network_and_a_lost_session(officer, number, sound):
    area = officer.get_by_label("답변 내용")
    area.fill("첫 문장")
    kept(officer)
    officer.reload()
    expect(area).to_have_value("첫 문장")
    officer.context.set_offline(True)
    area.fill("첫 문장과 둘째 문장")
    expect(officer.locator("[data-kept]")).to_contain_text("서버에 닿지 못했습니다")
    sound(officer)
    officer.context.set_offline(False)
    kept(officer)
    assert Writing.objects.get().fields["a_answer"] == "첫 문장과 둘째 문장"
    # Signed out elsewhere: the text stays in this browser, and comes back after signing in.
    cookies = officer.context.cookies()
    officer.context.clear_cookies()
    area.fill("셋째 문장까지")
    expect(officer.locator("[data-kept]")).to_contain_text("로그인이 끊겼습니다")
    officer.context.add_cookies(cookies)
    officer.goto(f"/cases/{number}/write/")
    expect(area).to_have_value("셋째 문장까지")
    kept(officer)
    officer.get_by_role("button", name="임시 저장").click()
    expect(officer.locator("#toasts")).to_contain_text("1판을 저장했습니다")
    assert officer.evaluate("localStorage.length") == officer.evaluate("Number('theme' in localStorage)")


def test_a_plan_a_template_and_a_joint_part_are_put_in_by_a_press(officer, applied, number):
    actions.make_template(
        government=applied.seoul, unit=None, type_code="data_request", name="자료 제출",
        body={"answer": "{번호}의 자료를 제출합니다."}, by=applied.viewer("planning_officer"),
    )  # fmt: skip
    case = applied.people["officer"].handles.get()
    actions.contribute(case=case, text="복지정책과 의견입니다.", by=applied.viewer("joint_officer"))
    officer.reload()
    officer.get_by_text("자료 제출", exact=True).click()
    officer.get_by_role("button", name="자료 제출 서식 넣기").click()
    area = officer.get_by_label("답변 내용")
    expect(area).to_have_value(f"{number}의 자료를 제출합니다.")
    area.press("Control+End")
    area.press("Enter")
    officer.get_by_role("button", name="답변에 끼워 넣기").click()
    expect(area).to_have_value(f"{number}의 자료를 제출합니다.\n복지정책과 의견입니다.")
    officer.get_by_label("향후계획", exact=True).fill("○ 자치구 협의 결과 보고: 2027. 3. 31.")
    officer.get_by_role("button", name="약속한 일에 넣기: 2027. 3. 31.(수)").click()
    expect(officer.get_by_label("할 일 1")).to_have_value("자치구 협의 결과 보고: 2027. 3. 31.")
    expect(officer.get_by_label("기한 1")).to_have_value("2027-03-31")
    officer.keyboard.press("Control+s")
    expect(officer.locator("#toasts")).to_contain_text("1판을 저장했습니다")
    assert case.follow_ups.get().due_on.isoformat() == "2027-03-31"


def test_the_second_of_two_editors_is_told_and_loses_nothing(
    officer, size, open_page, applied, number, sound
):
    colleague = open_page(size, user=applied.people["colleague"])
    officer.get_by_label("답변 내용").fill("□ 현황\n□ 계획\n- 11월 점검")
    kept(officer)
    colleague.goto(f"/cases/{number}/write/")
    expect(colleague.locator("[data-others]")).to_contain_text("이주무 님이")
    officer.get_by_role("button", name="임시 저장").click()
    expect(officer.locator("#toasts")).to_contain_text("저장했습니다")
    colleague.get_by_label("답변 내용").fill("□ 현황\n- 예산 12억 원")
    colleague.get_by_role("button", name="임시 저장").click()
    expect(colleague.get_by_role("heading", name="두 사람의 글이 다릅니다")).to_be_visible()
    sound(colleague)
    expect(colleague.get_by_label("답변 내용")).to_have_value("□ 현황\n- 예산 12억 원")
    colleague.get_by_role("button", name="둘 다 합친 글로").click()
    text = colleague.get_by_label("답변 내용").input_value()
    assert all(line in text for line in ("□ 현황", "- 예산 12억 원", "- 11월 점검"))
    colleague.get_by_role("button", name="임시 저장").click()
    expect(colleague.locator("#toasts")).to_contain_text("저장했습니다")
    case = applied.people["officer"].handles.get()
    assert case.answers.get().body["answer"] == text


def test_a_file_is_attached_submitted_compared_and_returned(
    officer, size, open_page, applied, number, sound, tmp_path
):
    shown = tmp_path / "집행 내역.pdf"
    shown.write_bytes(b"%PDF-1.7\n%%EOF\n")
    wrong = tmp_path / "실행파일.pdf"
    wrong.write_bytes(b"MZ\x90\x00" + b"\0" * 64)
    officer.get_by_label("파일 더하기").set_input_files(shown)
    files = officer.locator("#attachments")
    expect(files.get_by_role("link", name="집행 내역.pdf")).to_be_visible()
    officer.get_by_label("파일 더하기").set_input_files(wrong)
    expect(files).to_contain_text("실행파일.pdf: 받지 않는 형식입니다")
    sound(officer)
    officer.get_by_label("답변 내용").fill("예산을 집행했습니다.\n붙임과 같습니다.")
    officer.get_by_role("radio", name="제출 완료").check()
    submit(officer)
    head = open_page(size, user=applied.people["head"])
    head.goto(f"/cases/{number}/")
    head.get_by_role("button", name="반려").first.click()
    head.get_by_role("dialog").get_by_label("사유").fill("금액을 적어 주십시오")
    head.get_by_role("dialog").get_by_role("button", name="반려", exact=True).click()
    expect(head.locator("#toasts")).to_contain_text("반려했습니다")
    officer.goto("/")
    expect(officer.get_by_role("region", name="반려된 답변")).to_contain_text("청사 시설")
    officer.goto(f"/cases/{number}/write/")
    expect(officer.locator("aside")).to_contain_text("금액을 적어 주십시오")
    officer.get_by_label("답변 내용").fill("예산이 12억 원 집행되었습니다.\n붙임과 같습니다.")
    submit(officer)
    head.goto(f"/cases/{number}/versions/")
    inline = size == "phone"
    expect(head.locator(".diff .inline ins" if inline else ".diff .side ins").first).to_be_visible()
    sound(head)
    head.goto(f"/cases/{number}/")
    head.get_by_role("button", name="결재", exact=True).first.click()
    head.get_by_role("dialog").get_by_role("button", name="결재", exact=True).click()
    expect(head.locator("#toasts")).to_contain_text("결재했습니다")
    with head.expect_download() as download:
        head.locator("#answers").get_by_role("link", name="집행 내역.pdf").first.click()
    assert download.value.suggested_filename == "집행 내역.pdf"


def submit(page):
    page.get_by_role("button", name="저장하고 결재 상신").click()
    page.get_by_role("dialog").get_by_role("button", name="저장하고 결재 상신").click()
    expect(page.locator("#toasts")).to_contain_text("결재를 올렸습니다")
