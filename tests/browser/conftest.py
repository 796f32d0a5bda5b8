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
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright

from sijeong.org.models import User
from sijeong.org.tests.people import city, signed_in

__all__ = ["city", "signed_in"]

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Watch:
    """What went wrong on the pages of a context; ``hosts`` are those they may ask."""

    hosts: set[str]
    faults: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        if urlsplit(route.request.url).netloc in self.hosts:
            route.continue_()
        else:
            self.faults.append(f"asked an outside host: {route.request.url}")
            route.abort()

    def console(self, message: ConsoleMessage) -> None:
        # A page that is refused (4xx) is told of on the console too: that is the page's own matter.
        refused = "Failed to load resource" in message.text and message.page and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not refused:
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium이 없습니다: apt install chromium fonts-noto-cjk")
    if not (ROOT / "src/sijeong/site/static/dist/app.js").exists():
        pytest.fail("화면이 만들어지지 않았습니다: python hatch_build.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    watch = Watch({urlsplit(live_server.url).netloc})
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def open_page(chromium, live_server, watch) -> Iterator[Callable[..., Page]]:
    """``open_page("phone", theme="dark", user=…)``: a page of its own browser context, signed in as ``user``."""
    contexts = []

    def open_page(size: str = "desktop", *, theme: str = "light", user: User | None = None) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            has_touch=size == "phone",
            locale="ko-KR",
            reduced_motion="reduce",
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        context.route("**/*", watch.route)
        context.on("console", watch.console)
        context.on("weberror", lambda error: watch.faults.append(f"script: {error.error}"))
        context.on("response", watch.response)
        if user is not None:
            client = Client(headers={"user-agent": "Chrome/140 Windows"})
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def desktop(open_page) -> Page:
    return open_page("desktop")


@pytest.fixture
def phone(open_page) -> Page:
    return open_page("phone")


@pytest.fixture(params=SIZES)
def page(request, open_page) -> Page:
    """The test's page, once on a desk and once on a phone."""
    return open_page(request.param)


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture
def accessible(axe_source) -> Callable[[Page], None]:
    """``accessible(page)`` fails with every violation of WCAG 2.2 A and AA, and on sideways scrolling."""

    def accessible(page: Page) -> None:
        page.evaluate(axe_source)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", WCAG
        )
        faults = [
            f"{violation['id']}: {node['failureSummary']}\n    {node['html'][:200]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        assert not faults, f"{page.url}\n" + "\n".join(faults)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{page.url}: {over} px wider than the screen"

    return accessible
