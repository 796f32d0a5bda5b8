"""The five allocations end to end from their pages, what the public sees of them, and every page with axe."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from sijeong.allocation import actions
from sijeong.allocation.models import Round
from sijeong.allocation.receipts import secret_of
from sijeong.allocation.tests.made import Made, made
from sijeong.allocation.urls import urlpatterns
from sijeong.documents.actions import local_path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["made"]

FIVE = {
    "home_care": "desktop",
    "jeju_retreat": "phone",
    "next_local": "desktop",
    "care_visits": "phone",
    "tests": "desktop",
}
# Addresses that answer with a redirect or a file.
NO_PAGE = {"allocation_begin", "allocation_bring", "allocation_act", "allocation_decisions", "allocation_bundle",
           "public_mine", "public_verify", "public_bundle"}  # fmt: skip


def as_file(name: str, rows: list[list[str]]) -> dict[str, object]:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def press(page: Page, button: str) -> None:
    """An act: its button, and the same words again in the dialog that says what will happen."""
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("dialog[open]").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def work(made: Made, page: Page, found: Round) -> None:
    """The worker's part; the page shows that it goes on, and comes back with the result by itself."""
    expect(page.locator("#progress progress")).to_be_visible()
    made.worked(found)
    expect(page.locator("#progress progress")).to_have_count(0)


@pytest.mark.parametrize("code", FIVE)
def test_each_of_the_five_from_its_page_to_the_person(made, open_page, code):
    scheme, officer = made.scheme(code), made.city.people["officer"]
    page = open_page(FIVE[code], user=officer)
    page.goto(reverse("allocation_scheme", args=[code]))
    page.get_by_label("이름").fill("봄 배정")
    page.get_by_role("button", name="시작", exact=True).click()
    expect(page.get_by_role("heading", name="봄 배정", level=1)).to_be_visible()
    found = Round.objects.get()
    for role, rows in made.tables(code).items():
        if rows:
            page.locator(f"#file-{role}").set_input_files(as_file(role, rows))
            page.locator(f"form:has(#file-{role}) button").click()
            expect(page.locator(f"section.delivery:has(#file-{role})")).to_contain_text(".csv")
    if scheme.definition.tie == "lottery":
        press(page, "명단 동결·공고")
        work(made, page, found)
        expect(page.get_by_text("명단의 지문(SHA-256)")).to_be_visible()
    press(page, "계산하기")
    work(made, page, found)
    expect(page.get_by_text("목표와 값(앞선 것부터)")).to_be_visible()
    page.get_by_role("navigation", name="보기").get_by_role("link", name="명단").click()
    page.locator("#rows tbody a").first.click()
    expect(page.get_by_text("아직 확정하지 않은 결과입니다")).to_be_visible()
    page.goto(reverse("allocation_round", args=[found.pk]))
    press(page, "결재 올리기")
    head = open_page(user=made.city.people["head"])
    head.goto(reverse("allocation_round", args=[found.pk]))
    press(head, "결재하고 확정")
    expect(head.locator(".badges")).to_contain_text("확정")


def test_a_refused_person_reads_why_and_a_changed_byte_is_caught(made, open_page, accessible):
    found = made.bring(made.round("jeju_retreat", tables=made.tables("jeju_retreat", scale=0.1)), "released")
    row = found.run.decisions.filter(served=False).select_related("run").first()
    page = open_page("phone")
    page.goto(reverse("public_allocations", args=["seoul"]))
    page.get_by_role("link", name=found.title).click()
    page.get_by_label("접수번호").fill(row.number)
    page.get_by_label("확인번호").fill(secret_of(found, row.number))
    page.get_by_role("button", name="내 결과와 까닭 보기").click()
    expect(page.get_by_text(row.sentence)).to_be_visible()
    assert row.sentence.startswith("배정되지 않았습니다. 원한")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="꾸러미 내려받기(bundle.zip)").click()
    content = download.value.path().read_bytes()
    assert content == local_path(found.run.bundle).read_bytes()
    for bytes_, told in ((content, "모두 맞습니다."), (content[:-400] + b"7" + content[-399:], "다릅니다.")):
        page.get_by_label("꾸러미 파일(bundle.zip)").set_input_files(
            {"name": "bundle.zip", "mimeType": "application/zip", "buffer": bytes_}
        )
        page.get_by_role("button", name="꾸러미 확인").click()
        expect(page.get_by_text(told)).to_be_visible()


def test_a_wrong_table_and_an_empty_reason_come_back_with_what_to_do(made, open_page):
    found = made.round(tables={})
    page = open_page("phone", user=made.city.people["officer"])
    page.goto(reverse("allocation_round", args=[found.pk]))
    page.locator("#file-applicants").set_input_files(as_file("환자", [["번호", "등급"], ["1", "가"]]))
    page.locator("form:has(#file-applicants) button").click()
    expect(page.locator("#file-applicants_error")).to_contain_text("‘접수번호’: 이 제목의 열이 없습니다")
    tables = made.tables("home_care")
    tables["applicants"][2][3] = "부산진구"
    for role, rows in tables.items():
        page.locator(f"#file-{role}").set_input_files(as_file(role, rows))
        page.locator(f"form:has(#file-{role}) button").click()
        expect(page.locator(f"section.delivery:has(#file-{role})")).to_contain_text(".csv")
    press(page, "계산하기")
    made.worked(found)
    expect(page.get_by_role("region", name="고칠 곳")).to_contain_text("부산진구")


@pytest.fixture
def addresses(made):
    """A page of each name: (who, arguments)."""
    officer = made.viewer("officer")
    solved = made.bring(made.round("tests"), "solved")
    drawn = made.bring(
        made.round("benefit_places", tables=made.tables("benefit_places", scale=0.1)), "released"
    )
    files = {
        "applicants": (io.BytesIO(b"\xec\x88\x9c\xec\x9c\x84,b\n1,2\n"), "가.csv"),
        "resources": (io.BytesIO(b"a,b\n1,2\n"), "나.csv"),
    }
    sketch = actions.sketch(unit=made.city.units["general_affairs"], structure="nights", by=officer, **files)
    return {
        "allocations": [], "allocation_scheme": ["tests"], "allocation_apply": ["jeju_retreat"],
        "allocation_guide": [], "allocation_draft": [sketch.pk], "allocation_round": [solved.pk],
        "allocation_people": [solved.pk], "allocation_person": [solved.pk, solved.run.decisions.first().pk],
        "allocation_places": [drawn.pk], "public_allocations": ["seoul"], "public_allocation": ["seoul", drawn.pk],
    }  # fmt: skip


def test_every_page_is_accessible(made, addresses, open_page, accessible):
    made.scheme("jeju_retreat")
    assert {pattern.name for pattern in urlpatterns} - NO_PAGE == set(addresses)
    page = open_page(user=made.city.people["officer"])
    for name, args in addresses.items():
        assert page.goto(reverse(name, args=args)).status == 200, name
        accessible(page)
