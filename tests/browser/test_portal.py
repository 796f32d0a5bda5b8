"""The reviewer masks and publishes; a citizen finds and reads, at a desk and on a phone. Every page of both, looked at by axe."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sijeong.portal import actions
from sijeong.portal.tests.told import ask_about, decided, filed, published
from sijeong.portal.urls import urlpatterns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWER = "어린이 보호구역 12곳을 넓혔습니다. 민원인(010-7301-2002)에게 알렸고, 문의는 02-120입니다."


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path):
    settings.SEARCH_ROOT = tmp_path / "search"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


@pytest.fixture
def waiting(applied):
    """A delivered answer with two places to decide, and a file with one."""
    file = filed(applied, "명단.txt", "성명,번호\n가온,800101-1000008\n".encode())
    return ask_about(
        applied,
        answer=ANSWER,
        promise="결과를 gildong@example.com 으로 알림",
        files=[file],
        title="어린이 보호구역 확대",
    )


def test_a_reviewer_decides_by_keys_and_publishes_and_a_citizen_reads(applied, waiting, open_page):
    desk = open_page(user=applied.people["planning_officer"])
    desk.goto(reverse("case", args=[waiting.number]))
    desk.get_by_role("link", name="시민 공개", exact=True).last.click()
    expect(desk.locator("[data-place].open")).to_have_count(3)
    desk.keyboard.press("j")
    desk.keyboard.press("m")
    expect(desk.locator("[data-place].open")).to_have_count(2)
    expect(desk.locator("[data-place].open").first).to_be_focused()
    desk.keyboard.press("m")
    expect(desk.locator("[data-place].open")).to_have_count(1)
    desk.keyboard.press("3")  # with a reason
    expect(desk.locator("[data-place].open")).to_have_count(0)
    expect(desk.get_by_text("개인정보가 아님", exact=False).first).to_be_attached()
    desk.locator("[data-place]", has_text="800101").get_by_text("바꾸기").click()
    desk.locator("[data-place]", has_text="800101").get_by_role("button", name=re.compile("^가리기")).click()
    expect(desk.locator("[data-place]", has_text="800101").get_by_text("가림", exact=True)).to_be_visible()
    desk.get_by_label("가릴 글").fill("가온")
    desk.get_by_role("button", name="모두 가리기", exact=True).click()
    expect(desk.get_by_text("1군데에서 가립니다").first).to_be_visible()
    desk.get_by_role("button", name="시민에게 공개").click()
    desk.locator("dialog[open]").get_by_role("button", name=re.compile("공개|처리")).last.click()
    expect(desk.get_by_text("부터 공개하고 있습니다")).to_be_visible()

    for phone in (open_page("desktop"), open_page("phone")):
        phone.goto(reverse("public_home", args=["seoul"]))
        phone.get_by_label("찾을 말").fill("어린이보호구역을")
        phone.get_by_role("button", name="찾기", exact=True).click()
        phone.get_by_role("link", name="어린이 보호구역 확대").click()
        expect(phone.get_by_role("heading", name="어린이 보호구역 확대")).to_be_visible()
        expect(phone.get_by_text("민원인(010-****-2002)")).to_be_visible()
        expect(phone.get_by_text("기한 안에 답변")).to_be_visible()
        assert phone.context.cookies() == []
    with phone.expect_download() as got:
        phone.get_by_role("link", name="명단.txt (글).txt").click()
    assert "**,******-*******" in got.value.path().read_text("utf-8")

    desk.get_by_role("button", name="비공개 전환").first.click()
    desk.locator("dialog[open]").get_by_role("button", name="비공개 전환").click()
    expect(desk.get_by_text("에 비공개로 돌렸습니다")).to_be_visible()
    assert phone.reload().status == 410
    expect(phone.get_by_text("개인정보를 다시 확인하고 있습니다")).to_be_visible()


# Addresses that answer with a file, or only to a form that is sent.
NO_PAGE = {
    "publication_decide", "publication_by_hand", "publication_publish", "publication_withdraw", "subscription_revoke",
    "public_file", "public_data_set", "public_data_schema", "public_feed", "public_calendar", "public_map",
    "own_calendar", "site_map", "robots",
}  # fmt: skip
PUBLIC = ["public_governments", "public_home", "public_case", "public_statistics", "public_data"]
INNER = ["publications", "publication", "subscription"]


def test_no_page_is_left_out():
    assert {pattern.name for pattern in urlpatterns} - NO_PAGE == {*PUBLIC, *INNER}


def test_every_page_is_accessible(applied, waiting, open_page, accessible):
    desk = open_page(user=applied.people["planning_officer"])
    for where in (
        reverse("publications"),
        reverse("publication", args=[waiting.number]),
        reverse("subscription"),
    ):
        assert desk.goto(where).status == 200
        accessible(desk)
    desk.get_by_role("button", name="새 주소 만들기").click()
    accessible(desk)
    decided(applied, waiting)
    public = published(applied, waiting)
    desk.goto(reverse("publication", args=[waiting.number]))
    accessible(desk)
    citizen = open_page("phone")
    for name in PUBLIC:
        args = {"public_governments": [], "public_case": ["seoul", public.number]}.get(name, ["seoul"])
        assert citizen.goto(reverse(name, args=args)).status == 200, name
        accessible(citizen)
    citizen.goto(reverse("public_home", args=["seoul"]) + "?q=보호구역&year=1999")
    accessible(citizen)
    actions.withdraw(case=waiting, why="law", by=applied.viewer("planning_officer"))
    assert citizen.goto(reverse("public_case", args=["seoul", public.number])).status == 410
    accessible(citizen)
    assert citizen.goto("/public/nowhere/").status == 404
    accessible(citizen)
