"""Benefits in a browser: the self-check on a desk and on a phone, an application, a reform before the council."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from sijeong.benefits import actions
from sijeong.benefits.models import Application, Simulation
from sijeong.benefits.rules.runs import FORMAT, Run
from sijeong.benefits.tests.filed import approve, decide, deliver, file
from sijeong.benefits.urls import urlpatterns
from sijeong.cases import actions as cases

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answer(page: Page, **known: str) -> None:
    """Answer the question on the screen and wait for the next one."""
    asked = page.locator("h1").inner_text()
    if page.locator("[value=yes]").count():
        page.get_by_role("button", name="예", exact=True).click()
    elif page.locator("input[type=date]").count():
        page.get_by_label(asked).fill(known["born"])
        page.get_by_role("button", name="다음").click()
    else:
        page.get_by_label(asked).fill(known["number"])
        page.get_by_role("button", name="다음").click()
    expect(page.locator("h1")).not_to_have_text(asked)


def test_a_citizen_learns_what_they_may_get(page: Page, city, sound, watch):
    """Chosen by situation, one question a screen; back and reload keep the place, though no address tells it."""
    page.goto("/about/seoul/benefits/")
    sound(page)
    page.get_by_label("임신했습니다").check()
    page.get_by_role("button", name="알아보기").click()
    expect(page.locator("h1")).to_have_text("임신 몇 주입니까?")
    sound(page)
    page.get_by_label("임신 몇 주입니까?").fill("스물")
    page.get_by_role("button", name="다음").click()
    expect(page.get_by_role("alert")).to_contain_text("숫자로 적으십시오")
    expect(page.get_by_label("임신 몇 주입니까?")).to_have_value("스물")
    answer(page, number="20")
    second = page.locator("h1").inner_text()
    page.go_back()
    expect(page.locator("h1")).to_have_text("임신 몇 주입니까?")
    page.go_forward()
    expect(page.locator("h1")).to_have_text(second)
    page.reload()
    expect(page.locator("h1")).to_have_text(second)
    assert page.url.endswith("/about/seoul/benefits/")
    while page.locator(".question").count():
        answer(page, number="900000", born="1988-03-03")
    expect(page.get_by_role("heading", name="고령 산모 검사비 지원")).to_be_visible()
    expect(page.locator("main")).to_contain_text("받을 수 있습니다: 900,000원")
    expect(page.locator("main")).to_contain_text("시를 구속하지 않습니다")
    sound(page)
    assert page.context.cookies() == []
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF로 받기").click()
    assert download.value.suggested_filename == "benefits.pdf"
    # The console tells of the answer that was refused, and of nothing else.
    assert [fault for fault in watch.faults if "422" not in fault] == []
    watch.faults.clear()


def test_without_a_script_it_goes_on_by_itself(chromium, live_server, city):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto("/about/seoul/benefits/")
    page.get_by_label("시에서 일하다 다쳤습니다").check()
    page.get_by_role("button", name="알아보기").click()
    page.get_by_role("button", name="아니오").click()
    expect(page.locator("main")).to_contain_text("받을 수 없습니다")
    context.close()


PERSON = [
    ("이름", "홍길순"),
    ("생년월일", "1990-05-05"),
    ("전화번호", "010-1234-5678"),
    ("본인 계좌번호", "1002-345-678901"),
]


def test_an_application_from_the_citizen_to_the_payment(applied, open_page, accessible):
    """A citizen applies on a phone; the division verifies, lets the rule decide, and pays; an appeal reopens."""
    cache.clear()
    phone = open_page("phone")
    phone.goto("/about/seoul/benefits/")
    phone.get_by_text("지원 이름으로 고르기").click()
    phone.get_by_label("북한이탈주민 치과 치료비 지원", exact=True).check()
    phone.get_by_role("button", name="알아보기").click()
    for pick in ("예", "예", "생계급여"):
        asked = phone.locator("h1").inner_text()
        phone.get_by_role("button", name=pick, exact=True).click()
        expect(phone.locator("h1")).not_to_have_text(asked)
    phone.get_by_label("치과 치료비는 얼마입니까?").fill("5000000")
    phone.get_by_role("button", name="다음").click()
    phone.get_by_role("button", name="치과 치료비 지원 신청하기").click()
    for label, value in PERSON:
        phone.get_by_label(re.compile(f"^{label}")).fill(value)
    phone.get_by_label(re.compile("^은행")).select_option("우리")
    phone.get_by_label("개인정보 수집·이용에 동의합니다.").check()
    accessible(phone)
    phone.get_by_role("button", name="신청하기").click()
    expect(phone.locator("h1")).to_have_text("신청을 받았습니다")
    accessible(phone)
    application = Application.objects.get()
    planning, officer = applied.viewer("planning_officer"), applied.viewer("officer")
    cases.assign(case=application.case, lead=applied.units["general_affairs"], by=planning)
    cases.start(case=application.case, by=officer)
    desk = open_page(user=applied.people["officer"])
    desk.goto(reverse("benefits"))
    desk.get_by_role("link", name=application.case.number).click()
    expect(desk.locator("main")).to_contain_text("아직 본인과 서류를 확인하지 않은 신청입니다")
    desk.get_by_label(re.compile("^확인한 것")).fill("주민등록증, 진료비 영수증")
    desk.get_by_role("button", name="확인한 사실 저장").click()
    desk.get_by_role("button", name="규칙으로 결정하기").click()
    desk.get_by_role("dialog").get_by_role("button", name="규칙으로 결정하기").click()
    expect(desk.locator("main")).to_contain_text("4,500,000원")
    accessible(desk)
    approve(applied, application)
    desk.goto(reverse("benefit_payments"))
    desk.get_by_label(re.compile("고르기$")).check()
    accessible(desk)
    desk.get_by_role("button", name="지급한 것으로 남기기").click()
    desk.get_by_role("dialog").get_by_role("button", name="지급한 것으로 남기기").click()
    expect(desk.locator("main")).to_contain_text("지급할 것이 없습니다")


# What a run of the reform of 2024 gave, so that no test waits for the compiler to see a page.
GROUPS = {"welfare": {"0": [0, 9, -3_600_000], "1": [2, 0, 900_000]}, "age": {"3": [1, 4, -1_000_000]},
          "district": {"11110": [1, 3, -500_000], "11680": [1, 6, -1_700_000]}}  # fmt: skip
PAID = {"welfare": {"0": [9, 18_000_000], "1": [2, 8_000_000]}, "age": {"3": [11, 26_000_000]},
        "district": {"11110": [4, 9_000_000], "11680": [7, 17_000_000]}}  # fmt: skip
ONE = {
    "korean": "북한이탈주민 치과 치료비 지원", "entitled": 640, "recipients": 11, "won": 26_000_000, "unknown": 0, "excluded": 0,
    "take_up": [4038, 5000, 5962], "persons": [4, 5, 6], "spent": [10_000_000, 13_000_000, 15_000_000],
    "months": [[1, 2_000_000]] * 11 + [[0, 4_000_000]], "groups": PAID, "quota": None, "budget": 12_000_000,
    "budget_days": ["2024-09-01", "2024-11-02", None],
}  # fmt: skip
REFORM = {
    "winners": 2, "losers": 9, "gained": 900_000, "lost": 3_600_000, "cost": -2_700_000, "before": 26_000_000,
    "after": 23_300_000, "persons_before": 11, "persons_after": 11, "groups": GROUPS,
    "changed": [["생계급여·차상위 상한", "원", 4_000_000, 4_500_000]],
}  # fmt: skip


@pytest.fixture
def reform(applied) -> Simulation:
    request = {
        "year": 2024, "benefits": ["defector_dental"], "against": "2023-12-31", "changes": {"defector_dental.cap_poor": 5},
        "population": {"people": 1_000_000, "seed": 2024}, "take_up": {}, "budget": {},
    }  # fmt: skip
    found = actions.ask(title="치과 개편", request=request, by=applied.viewer("officer"))
    planned = [{
        "korean": "북한이탈주민 치과 치료비 지원", "planned": 160, "unit": "명", "plan_year": 2024, "counted": 35, "low": 230,
        "expected": 328, "high": 450, "sample": True, "remark": "계획의 2.1배로 많음: 인구의 가정도 다를 수 있다",
    }]  # fmt: skip
    result = {"format": FORMAT, "people": 1_000_000, "benefits": {"defector_dental": ONE}, "planned": planned,
              "reform": {"defector_dental": REFORM}}  # fmt: skip
    return actions.finish(simulation=found, run=Run(result, {"rules": "a" * 64, "version": "0.1.0"}))


def test_a_reform_is_put_before_the_council(reform, applied, open_page, accessible):
    page = open_page(user=applied.people["officer"])
    page.goto(reverse("simulation", args=[reform.pk]))
    expect(page.get_by_role("img", name=re.compile("^형편별 비용 차이"))).to_be_visible()
    expect(page.get_by_role("table", name="형편별 늘어나는 사람과 줄어드는 사람")).to_contain_text(
        "△3,600,000"
    )
    expect(page.locator("main")).to_contain_text("2024-11-02에 다 씁니다")
    accessible(page)
    page.goto(reverse("simulation_new"))
    page.get_by_label("이름").fill("치과 상한 올리기")
    page.get_by_role("button", name="셈하기", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("셈할 지원을 하나 이상 고르십시오")
    expect(page.get_by_label("이름")).to_have_value("치과 상한 올리기")
    page.get_by_label("북한이탈주민 치과 치료비 지원").check()
    page.get_by_role("button", name="셈하기", exact=True).click()
    expect(page.locator("main")).to_contain_text("차례를 기다림")
    accessible(page)


# Addresses that answer with a redirect, a file, or only to a form that is sent.
NO_PAGE = {
    "benefit_step", "benefit_pdf", "benefit_verify", "benefit_decide", "benefit_appeal", "benefit_payments_file",
    "simulation_sheet", "simulation_repeat", "benefit_apply", "benefit_places_progress", "benefit_places_take",
    "benefit_places_recall",
}  # fmt: skip


def test_every_page_is_accessible(reform, applied, open_page, accessible):
    decided, waiting = file(applied), file(applied, name="다른이")
    decide(applied, decided)
    approve(applied, decided)
    deliver(applied, decided)
    pages = {
        "benefit_check": ["seoul"], "benefit_status": ["seoul"], "benefits": [], "benefit_new": ["egg_freezing"],
        "benefit_application": [waiting.case.number], "benefit_payments": [], "simulations": [], "simulation_new": [],
        "simulation": [reform.pk], "benefit_places": ["egg_freezing", 2026],
    }  # fmt: skip
    assert {pattern.name for pattern in urlpatterns} - NO_PAGE == set(pages)
    page = open_page(user=applied.people["officer"])
    for name, args in [*pages.items(), ("benefit_application", [decided.case.number])]:
        assert page.goto(reverse(name, args=args)).status == 200, name
        accessible(page)
