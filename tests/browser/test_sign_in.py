"""Getting in, staying in, and being put out: passwords, second steps, keys, devices."""

from __future__ import annotations

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from playwright.sync_api import Page, expect

from sijeong.org.models import User
from sijeong.org.tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _at_first(gallery) -> None:
    """Nobody is locked out yet."""
    cache.clear()


def fill_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("아이디").fill(username)
    page.get_by_label("비밀번호").fill(password)
    page.get_by_role("button", name="로그인", exact=True).click()


def expect_inside(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("내 업무")


def expect_case(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("공공도서관 휴관일")


def prove_again(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("본인 확인")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="확인").click()


def code_of(secret: str, ahead: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + ahead))


def plug_in_a_key(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def add_key(page: Page, *, passwordless: bool = False) -> None:
    page.goto("/account/mfa/keys/add/")
    prove_again(page)
    page.get_by_label("이름").fill("사무실 지문")
    if passwordless:
        page.get_by_label("비밀번호 없이").check()
    page.get_by_role("button", name="보안 키 추가").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("복구 코드")


def sign_out(page: Page, officer: User) -> None:
    page.goto("/")
    page.get_by_role("button", name=f"{officer.name} 메뉴").click()
    page.get_by_role("button", name="로그아웃").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("로그인")


def test_signing_in_leads_to_where_one_wanted(page, officer, sound):
    page.goto("/parts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("로그인")
    expect(page.get_by_label("아이디")).to_be_focused()
    sound(page)
    page.get_by_label("아이디").fill(officer.username)
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect_case(page)


def test_a_wrong_password_is_told_and_the_sixth_is_locked_out(desktop, officer, accessible):
    for _ in range(5):
        fill_in(desktop, officer.username, "틀린 비밀번호")
        expect(desktop.get_by_role("alert")).to_contain_text("아이디나 비밀번호가 맞지 않습니다")
    accessible(desktop)
    fill_in(desktop, officer.username)
    expect(desktop.get_by_role("alert")).to_contain_text("이 아이디의 로그인을 5분 동안 막았습니다")


def test_an_unknown_name_is_told_the_same(desktop, officer):
    fill_in(desktop, "nobody", "틀린 비밀번호")
    expect(desktop.get_by_role("alert")).to_contain_text("아이디나 비밀번호가 맞지 않습니다")


def test_who_has_left_is_told_so(desktop, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    fill_in(desktop, officer.username)
    expect(desktop.get_by_role("main")).to_contain_text("사용이 중지된 계정입니다")


@pytest.mark.parametrize(
    "path", ["/account/sessions/", "/account/password/", "/account/mfa/", "/account/logout/"]
)
def test_the_pages_of_ones_account_are_accessible(open_page, officer, accessible, path):
    page = open_page(user=officer)
    assert page.goto(path).status == 200
    accessible(page)


def test_changing_the_password_signs_other_devices_out(open_page, officer):
    here, there = open_page(), open_page("phone")
    for page in (here, there):
        fill_in(page, officer.username)
        expect_inside(page)
    here.goto("/account/password/")
    here.get_by_label("지금 비밀번호").fill(PASSWORD)
    here.get_by_label("새 비밀번호", exact=False).first.fill("아주-새로운-암호-2026")
    here.get_by_label("새 비밀번호 한 번 더").fill("아주-새로운-암호-2026")
    here.get_by_role("button", name="비밀번호 바꾸기").click()
    expect(here.get_by_role("status")).to_contain_text("비밀번호를 바꾸었습니다")
    there.goto("/")
    expect(there.get_by_role("heading", level=1)).to_have_text("로그인")


def test_a_device_signed_out_from_afar_is_out(open_page, officer, accessible):
    here, there = open_page(), open_page("phone")
    for page in (here, there):
        fill_in(page, officer.username)
        expect_inside(page)
    here.goto("/account/sessions/")
    accessible(here)
    here.get_by_role("row").filter(has_not_text="지금 이 기기").get_by_role("button", name="로그아웃").click()
    here.get_by_role("dialog").get_by_role("button", name="로그아웃").click()
    expect(here.get_by_role("status")).to_contain_text("로그아웃했습니다")
    there.goto("/")
    expect(there.get_by_role("heading", level=1)).to_have_text("로그인")
    fill_in(there, officer.username)
    here.reload()
    here.get_by_role("button", name="다른 기기 모두 로그아웃").click()
    here.get_by_role("dialog").get_by_role("button", name="다른 기기 모두 로그아웃").click()
    expect(here.get_by_role("status")).to_contain_text("다른 기기에서 모두 로그아웃했습니다")
    there.goto("/")
    expect(there.get_by_role("heading", level=1)).to_have_text("로그인")


def test_an_authenticator_app_becomes_the_second_step(desktop, officer, accessible):
    EmailAddress.objects.create(user=officer, email="officer@seoul.example", verified=False)
    fill_in(desktop, officer.username)
    desktop.goto("/account/mfa/totp/activate/")
    accessible(desktop)
    prove_again(desktop)
    secret = desktop.locator("#secret").inner_text()
    desktop.get_by_label("숫자 6자리").fill("000000")
    desktop.get_by_role("button", name="인증 앱 등록").click()
    expect(desktop.get_by_role("alert")).to_contain_text("맞지 않습니다")
    accessible(desktop)
    assert desktop.locator("#secret").inner_text() == secret
    desktop.get_by_label("숫자 6자리").fill(code_of(secret))
    desktop.get_by_role("button", name="인증 앱 등록").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("복구 코드")
    spare = desktop.locator(".codes code").first.inner_text()
    accessible(desktop)
    desktop.goto("/account/mfa/")
    accessible(desktop)

    sign_out(desktop, officer)
    fill_in(desktop, officer.username)
    expect(desktop.get_by_role("heading", level=1)).to_have_text("2단계 로그인")
    accessible(desktop)
    desktop.get_by_label("인증 앱의 숫자").fill(code_of(secret))
    desktop.get_by_role("button", name="로그인", exact=True).click()
    expect_inside(desktop)

    sign_out(desktop, officer)
    fill_in(desktop, officer.username)
    desktop.get_by_label("인증 앱의 숫자").fill(spare)
    desktop.get_by_role("button", name="로그인", exact=True).click()
    expect_inside(desktop)

    desktop.goto("/account/mfa/codes/generate/")
    desktop.get_by_role("link", name="인증 앱이나 복구 코드로 확인").click()
    accessible(desktop)
    desktop.goto("/account/mfa/codes/generate/")
    prove_again(desktop)
    expect(desktop.get_by_role("main")).to_contain_text("지금 남은 9개는 쓸 수 없게 됩니다")
    accessible(desktop)
    desktop.goto("/account/mfa/totp/deactivate/")
    accessible(desktop)
    desktop.get_by_role("button", name="인증 앱 해제").click()
    expect(desktop.get_by_role("status")).to_contain_text("인증 앱을 해제했습니다")
    expect(desktop.get_by_role("main")).to_contain_text("쓰지 않음")


def test_a_security_key_becomes_the_second_step(desktop, officer, accessible):
    fill_in(desktop, officer.username)
    plug_in_a_key(desktop)
    add_key(desktop)
    desktop.goto("/account/mfa/keys/")
    expect(desktop.get_by_role("row", name="사무실 지문")).to_contain_text("2단계 확인")
    accessible(desktop)

    sign_out(desktop, officer)
    fill_in(desktop, officer.username)
    accessible(desktop)
    desktop.get_by_role("button", name="보안 키로 로그인").click()
    expect_inside(desktop)

    desktop.goto("/account/mfa/keys/")
    desktop.get_by_role("link", name="이름 바꾸기").click()
    desktop.get_by_role("link", name="보안 키로 확인").click()
    accessible(desktop)
    desktop.get_by_role("button", name="보안 키로 확인").click()
    desktop.get_by_label("이름").fill("집 지문")
    accessible(desktop)
    desktop.get_by_role("button", name="이름 저장").click()
    desktop.get_by_role("row", name="집 지문").get_by_role("link", name="삭제").click()
    accessible(desktop)
    desktop.get_by_role("button", name="보안 키 삭제").click()
    expect(desktop.get_by_role("main")).to_contain_text("등록한 보안 키가 없습니다")


def test_a_passkey_signs_in_without_a_password(desktop, officer, accessible):
    fill_in(desktop, officer.username)
    plug_in_a_key(desktop)
    add_key(desktop, passwordless=True)
    sign_out(desktop, officer)
    desktop.get_by_role("button", name="패스키로 로그인").click()
    expect_inside(desktop)


def test_without_a_key_the_passkey_button_says_so(desktop, officer):
    desktop.goto("/account/login/")
    devtools = desktop.context.new_cdp_session(desktop)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    desktop.get_by_role("button", name="패스키로 로그인").click()
    expect(desktop.get_by_role("status")).to_contain_text("보안 키를 확인하지 못했습니다")
