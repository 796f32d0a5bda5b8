"""Takes the pictures of the documents from a running demo, fresh or not. It leaves one unfinished import behind.

make demo                                        # in one terminal
python docs/screenshots.py http://127.0.0.1:8000 # in another, with the development requirements and chromium
python docs/screenshots.py http://127.0.0.1:8000 planning cases # only these
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent / "screenshots"
PASSWORD = "sijeong-demo-2026"  # noqa: S105 - shown on the demo's own sign-in page
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=ko"]  # fmt: skip
DESK, PHONE = (1280, 800), (390, 800)
LIMIT = 250_000
ROWS = [
    ["연번", "구분", "요구사항", "소관부서", "추진상황", "향후계획"],
    ["1", "시정·처리요구", "시정질문의 답변 기한을 사안마다 관리할 것", "기획담당관", "추진 중", "○ 기한 점검 : ’27. 3월"],
    ["2", "건의", "청사 회의실을 시민에게 더 여는 방안을 찾을 것", "총무과, 자산관리과", "검토 중", ""],
    ["3", "기타(자료제출)", "최근 3년간 위탁사업 정산 결과", "재무과", "완료", ""],
    ["4", "건이", "민원 안내문을 쉬운 말로 고칠 것", "시민봉사과", "완료", ""],
]  # fmt: skip


def main(address: str, wanted: list[str]) -> None:
    """Take the pictures named, or all of them."""
    FOLDER.mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("chromium이 없습니다: apt install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (user, size, theme, show) in PICTURES.items():
            if wanted and name not in wanted:
                continue
            with signed_in(browser, address, user, size, theme) as page:
                show(page)
                target = FOLDER / f"{name}.png"
                page.screenshot(path=target, animations="disabled")
            if (taken := target.stat().st_size) > LIMIT:
                raise SystemExit(f"{target}: {taken:,} bytes; at most {LIMIT:,} are kept in the repository")
            print(f"{target.name}: {taken:,}")  # noqa: T201
        browser.close()


@contextmanager
def signed_in(browser: Browser, address: str, user: str, size: tuple[int, int], theme: str) -> Iterator[Page]:
    """A page in the demo as ``user``, at 내 업무."""
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE,
        color_scheme="dark" if theme == "dark" else "light", locale="ko-KR", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_label("아이디").fill(user)
    page.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="로그인", exact=True).click()
    page.wait_for_url("**/")
    yield page
    context.close()


def my_work(page: Page) -> None:
    """What the day begins with: nothing to do but look."""


def planning_desk(page: Page) -> None:
    page.goto("/planning/")
    page.get_by_role("heading", level=1, name="총괄 배정").wait_for()


def case_list(page: Page) -> None:
    page.goto("/cases/?scope=open&due=week&type=five_minute_speech")


def a_case(page: Page) -> None:
    """The officer's case that is due last: an extended one, whose term has the most steps to show."""
    page.goto("/cases/?scope=open&state=in_hand&type=data_request&order=due")
    page.locator("#rows tr").filter(has_text="총무과").locator("a[data-open]").last.click()
    page.get_by_role("heading", name="기한이 정해진 과정").wait_for()


def delivered(page: Page) -> None:
    """An answered case as its asker sees it."""
    page.get_by_role("region", name="수령 확인할 답변").locator("a[data-open]").first.click()
    page.locator("#answers").scroll_into_view_if_needed()


def editor(page: Page) -> None:
    page.goto("/cases/?scope=open&state=in_hand&due=week&type=data_request")
    page.locator("#rows tr").filter(has_text="총무과").locator("a[data-open]").first.click()
    page.get_by_role("link", name="답변 쓰기").click()
    answer = page.get_by_label("답변 내용")
    answer.fill("연도별 현황을 붙임과 같이 제출합니다.\n작성 기준일은 지난달 말일입니다.")
    page.locator("#writing").evaluate("card => scrollTo(0, card.offsetTop - 70)")


def dry_run(page: Page) -> None:
    """A sheet with two cells to mend: nothing is taken in."""
    page.goto("/import/")
    page.get_by_label("사안 종류").select_option(label="행정사무감사 처리요구사항")
    page.get_by_label("회차·출처").fill("2026년 행정사무감사")
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "처리요구사항.xlsx"
        with xlsxwriter.Workbook(sheet) as book:
            first = book.add_worksheet()
            for i, row in enumerate(ROWS):
                first.write_row(i, 0, row)
        page.locator("input[type=file]").set_input_files(sheet)
        page.get_by_role("button", name="올리고 확인하기").click()
        page.wait_for_url(re.compile(r"/import/\d+/"))
    page.get_by_text("확인 결과").wait_for()


def unit(page: Page) -> None:
    """A bureau whose quota and staff are those of a public report."""
    page.goto("/organisation/")
    page.get_by_role("link", name="약자와의동행추진단").first.click()
    page.get_by_role("heading", level=1, name="약자와의동행추진단").wait_for()


PICTURES: dict[str, tuple[str, tuple[int, int], str, Callable[[Page], None]]] = {
    "my-work": ("planning", DESK, "light", my_work),
    "case": ("officer", DESK, "light", a_case),
    "planning": ("planning", DESK, "light", planning_desk),
    "cases": ("planning", DESK, "light", case_list),
    "answer-phone": ("officer", PHONE, "light", editor),
    "delivered-phone": ("member", PHONE, "light", delivered),
    "import": ("planning", DESK, "light", dry_run),
    "organisation": ("planning", DESK, "light", unit),
    "dark": ("officer", DESK, "dark", my_work),
}

if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000", sys.argv[2:])
