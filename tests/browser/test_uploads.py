"""Files of every form go one way: refused where they are chosen, sent with a bar that can be stopped, plain without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sijeong.reports.models import Paper
from sijeong.reports.tests.written import full
from sijeong.reports.writing.hwpx import write_hwpx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEGABYTE = 1024**2


def named(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def officer(size, open_page, applied):
    return open_page(size, user=applied.people["officer"])


@pytest.fixture
def network(officer):
    """``network(bytes_a_second)``: what the page's network takes from now on; 0 cuts it, -1 is as fast as it goes."""
    session = officer.context.new_cdp_session(officer)
    session.send("Network.enable")

    def network(bytes_a_second: int) -> None:
        limits = {"offline": bytes_a_second == 0, "latency": 0, "downloadThroughput": -1}
        session.send("Network.emulateNetworkConditions", limits | {"uploadThroughput": bytes_a_second})

    return network


@pytest.mark.parametrize("where", ["/reports/papers/", "/figures/new/"])
def test_a_file_over_the_limit_is_refused_where_it_is_chosen(officer, settings, accessible, where):
    settings.UPLOAD_LIMIT = MEGABYTE
    officer.goto(where)
    field = officer.locator("input[type=file]")
    expect(field).to_have_accessible_description("1 MB까지 올릴 수 있습니다.")
    field.set_input_files(named("두꺼운 보고.hwpx", b"0" * (MEGABYTE * 3 // 2)))
    expect(officer.get_by_role("alert")).to_have_text(
        "두꺼운 보고.hwpx: 1.5 MB입니다. 1 MB까지 올릴 수 있으니 나누어 올리십시오."
    )
    expect(field).to_have_value("")
    accessible(officer)
    field.set_input_files(named("얇은 보고.hwpx", b"0"))
    expect(officer.get_by_role("alert")).to_have_count(0)


def test_a_file_on_its_way_shows_how_far_it_is_and_can_be_stopped(officer, sound, watch, network):
    watch.failing.append("/reports/papers/")
    officer.goto("/reports/papers/")
    officer.get_by_label("보고서 파일").set_input_files(named("보고.hwpx", bytes(2 * MEGABYTE)))
    network(300_000)
    officer.get_by_role("button", name="올리고 읽기").click()
    expect(officer.get_by_text("/ 2 MB")).to_be_visible()
    expect(officer.get_by_text("/ 2 MB")).not_to_have_text("0 %")
    sound(officer)
    officer.get_by_role("button", name="올리기 멈추기").click()
    expect(officer.get_by_role("alert")).to_have_text("올리기를 멈추었습니다. 서버에 남은 것은 없습니다.")
    expect(officer.get_by_role("progressbar")).to_have_count(0)
    network(0)
    officer.get_by_role("button", name="올리고 읽기").click()
    expect(officer.get_by_text("네트워크가 끊겨 보내지 않았습니다.")).to_be_visible()
    network(-1)
    lost = "**/reports/papers/"
    officer.route(lost, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    officer.get_by_role("button", name="올리고 읽기").click()
    expect(officer.get_by_role("alert")).to_contain_text("올리지 못했습니다. 네트워크를 확인하십시오")
    officer.unroute(lost)
    officer.get_by_role("button", name="올리고 읽기").click()
    expect(officer.locator("#id_file_error")).to_contain_text("보고.hwpx: 받지 않는 형식입니다")
    assert not Paper.objects.exists()


def test_a_page_that_comes_back_for_another_field_keeps_the_file_and_what_was_typed(officer):
    officer.goto("/figures/new/")
    officer.get_by_label("연도").fill("2026")
    officer.locator("input[type=file]").set_input_files(named("예산.csv", "구분,예산액\n계,1\n".encode()))
    officer.locator("form[enctype]").evaluate("form => (form.noValidate = true)")
    officer.get_by_role("button", name="올리고 확인하기").click()
    expect(officer.get_by_role("alert").first).to_be_focused()
    expect(officer.get_by_label("연도")).to_have_value("2026")
    assert officer.locator("input[type=file]").evaluate("input => input.files[0].name") == "예산.csv"
    officer.get_by_label("출처").fill("세출예산 집행현황")
    officer.get_by_role("button", name="올리고 확인하기").click()
    expect(officer.get_by_role("button", name="현행으로 확인")).to_be_visible()
    assert officer.url.rstrip("/").rsplit("/", 1)[-1].isdigit()


def test_people_of_a_sheet_are_entered_and_their_passwords_shown_once(size, open_page, applied, sound):
    page = open_page(size, user=applied.people["administrator"])
    page.goto("/administration/enter/people/")
    rows = "아이디,이름,전자우편,부서,역할,직위\nkim.new,김새로,,인사과,담당자,주무관\n"
    page.locator("input[type=file]").set_input_files(named("사람.csv", rows.encode()))
    page.get_by_role("button", name="올리고 확인하기").click()
    page.get_by_role("button", name="사람 1명 등록").click()
    expect(page.get_by_text("이 화면을 떠나면 다시 볼 수 없습니다")).to_be_visible()
    sound(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="XLSX로 받기").click()
    assert download.value.suggested_filename == "passwords.xlsx"


def test_without_scripts_the_form_is_plain(officer, chromium, live_server, tmp_path):
    paper = tmp_path / "보고.hwpx"
    paper.write_bytes(write_hwpx(full()))
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(officer.context.cookies())
    page = context.new_page()
    page.goto("/reports/papers/")
    page.get_by_label("보고서 파일").set_input_files(named("그림.hwpx", b"MZ\x00\x00"))
    page.get_by_role("button", name="올리고 읽기").click()
    expect(page.locator("#id_file_error")).to_contain_text("받지 않는 형식입니다")
    page.get_by_label("보고서 파일").set_input_files(paper)
    page.get_by_role("button", name="올리고 읽기").click()
    page.wait_for_url("**/reports/papers/*/")
    context.close()
    assert Paper.objects.get().file.name == "보고.hwpx"
