"""A chromium for the tests: two sizes, two themes, and a watch over everything that goes wrong on a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright

from sijeong.cases.tests.filed import applied, case, promise
from sijeong.org.models import User
from sijeong.org.tests.people import city, session_of, signed_in
from sijeong.site.tests.windows import PATIENCE, SIZES, Windows

__all__ = ["applied", "case", "city", "promise", "signed_in"]

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
# The one without windows draws the same pages with half the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]  # fmt: skip
expect.set_options(timeout=PATIENCE)
# A theme changes colours only, so the dark one is asked for them alone.
RULES: dict[str, dict[str, object]] = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "dark": {"type": "rule", "values": ["color-contrast"]},
}
# In this order only one thing changes from look to look.
LOOKS = [("desktop", "light"), ("desktop", "dark"), ("phone", "dark"), ("phone", "light")]


@dataclass
class Watch:
    """What goes wrong on our pages: outside hosts asked, scripts failing, policies broken, a server's 5xx.

    ``host`` is ours; a page of another (a sign-in provider's) is its own business, and reaches nothing.
    """

    host: str
    faults: list[str] = field(default_factory=list)
    # Parts of addresses that the test itself makes fail: a network taken away, a file refused.
    failing: list[str] = field(default_factory=list)

    def ours(self, page: Page | None) -> bool:
        return page is not None and urlsplit(page.url).netloc in {self.host, ""}

    def request(self, request: Request) -> None:
        url = urlsplit(request.url)
        leaving = request.is_navigation_request() and url.hostname == "localhost"
        if url.netloc != self.host and url.scheme != "data" and not leaving and self.ours(request.frame.page):
            self.faults.append(f"{request.frame.url} asked an outside host: {request.url}")

    def console(self, message: ConsoleMessage) -> None:
        # That a page was refused (4xx) the console tells too; whether it should be is the test's to say.
        url = message.location["url"]
        filled_in = "status of 422" in message.text  # a form with a file is sent by a script
        meant = filled_in or url == message.page.url or any(part in url for part in self.failing)
        refused = "Failed to load resource" in message.text and meant
        if message.type in {"error", "warning"} and self.ours(message.page) and not refused:
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium이 없습니다: apt install chromium-headless-shell fonts-noto-cjk")
    if not (ROOT / "src/sijeong/site/static/dist/app.js").exists():
        pytest.fail("화면이 만들어지지 않았습니다: python hatch_build.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    watch = Watch(urlsplit(live_server.url).netloc)
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture(scope="session")
def windows(chromium, live_server) -> Iterator[Windows]:
    windows = Windows(chromium, live_server.url)
    yield windows
    windows.close()


@pytest.fixture
def open_page(windows, live_server, watch) -> Iterator[Callable[..., Page]]:
    """``open_page("phone", theme="dark", user=…)``: a page of its own browser context, signed in as ``user``."""
    windows.watch = watch

    def open_page(size: str = "desktop", *, theme: str = "light", user: User | None = None) -> Page:
        page = windows.take(size, theme)
        if user is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": live_server.url}
            page.context.add_cookies([cookie])
        return page

    yield open_page
    windows.give_back()


@pytest.fixture
def desktop(open_page) -> Page:
    return open_page("desktop")


@pytest.fixture
def phone(open_page) -> Page:
    return open_page("phone")


@pytest.fixture(params=SIZES)
def size(request) -> str:
    """Once on a desk and once on a phone."""
    return request.param


@pytest.fixture
def page(size, open_page) -> Page:
    return open_page(size)


@pytest.fixture
def gallery(settings) -> None:
    """The pages of sijeong.site.tests.gallery in place of the rooms'."""
    settings.ROOT_URLCONF = "sijeong.site.tests.gallery"


@pytest.fixture
def officer(city) -> User:
    return city.people["officer"]


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture
def accessible(axe_source) -> Callable[[Page], None]:
    """``accessible(page)``: no violation of WCAG 2.2 A and AA in either size and theme, and nothing too wide."""

    def faults(page: Page, rules: dict[str, object]) -> Iterator[str]:
        options = {"runOnly": rules, "resultTypes": ["violations"], "iframes": False, "preload": False}
        for violation in page.evaluate("options => axe.run(document, options)", options)["violations"]:
            for node in violation["nodes"]:
                yield f"{violation['id']}: {node['html'][:200]}\n    {node['failureSummary']}"
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            yield f"{over} px wider than the screen"

    def accessible(page: Page) -> None:
        before = page.viewport_size
        page.evaluate(axe_source)
        page.evaluate("scrollTo(0, 0)")  # what a sticky bar covers by half is no small target
        for size, theme in LOOKS:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=theme)
            told = "\n".join(faults(page, RULES[theme]))
            assert not told, f"{page.url} ({size}, {theme})\n{told}"
        page.set_viewport_size(before)
        page.emulate_media(color_scheme="light")

    return accessible


@pytest.fixture
def sound(size, accessible) -> Callable[[Page], None]:
    """``accessible`` for a story told at both sizes: its pages are looked at, at both, while it is told at a desk."""
    return accessible if size == "desktop" else lambda page: None
