"""Browser windows that are kept from test to test: a new one costs as much as three pages in one that is open.

Between two tests a window forgets its cookies and all that pages kept in it. What else could outlive a page, a
listener, a route, a key plugged in, cannot be seen from outside: who asks for one has the window thrown away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# Milliseconds: for machines that are busy with more than these tests.
PATIENCE = 20_000
# A page of ours on which no script runs.
NOWHERE = "/static/mark.svg"
OUTLIVES = {
    Page: ["on", "once", "route", "add_init_script", "expose_function", "expose_binding"],
    BrowserContext: ["on", "once", "route", "add_init_script", "expose_function", "expose_binding", "new_cdp_session",
                     "grant_permissions", "set_offline", "new_page"],
}  # fmt: skip


class Watching(Protocol):
    """Who is told what happens in the windows."""

    faults: list[str]

    def request(self, request: Request) -> None: ...
    def console(self, message: ConsoleMessage) -> None: ...
    def response(self, response: Response) -> None: ...


class Windows:
    """The windows of one browser: those that are free, by their size, and those of the test that runs."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.watch: Watching | None = None
        self._free: dict[str, list[Page]] = defaultdict(list)
        self._taken: list[tuple[str, Page]] = []
        self._altered: set[BrowserContext] = set()

    def take(self, size: str, theme: str) -> Page:
        """A window of this size that knows nobody; its context is its own."""
        page = self._free[size].pop() if self._free[size] else self._opened(size)
        self._taken.append((size, page))
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        return page

    def give_back(self) -> None:
        """The test is over, and nobody is told what becomes of its pages."""
        self.watch = None
        for size, page in self._taken:
            if page.context in self._altered or len(page.context.pages) > 1:
                page.context.close()
            else:
                self._forget(size, page)
                self._free[size].append(page)
        self._taken.clear()
        self._altered.clear()

    def close(self) -> None:
        """All of them, while the server still answers: it would be left with their connections."""
        for page in (page for free in self._free.values() for page in free):
            page.context.close()

    def _opened(self, size: str) -> Page:
        width, height = SIZES[size]
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            has_touch=size == "phone",
            locale="ko-KR",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self.watch and self.watch.request(request))
        context.on("console", lambda message: self.watch and self.watch.console(message))
        context.on("response", lambda response: self.watch and self.watch.response(response))
        context.on(
            "weberror", lambda error: self.watch and self.watch.faults.append(f"script: {error.error}")
        )
        page = context.new_page()
        for kind, names in OUTLIVES.items():
            thing = page if kind is Page else context
            for name in names:
                setattr(thing, name, partial(self._altering, context, getattr(thing, name)))
        return page

    def _altering(self, context: BrowserContext, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
        self._altered.add(context)
        return act(*args, **more)

    def _forget(self, size: str, page: Page) -> None:
        page.goto(NOWHERE)
        page.evaluate("localStorage.clear(); sessionStorage.clear(); scrollTo(0, 0)")
        page.context.clear_cookies()
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="null")  # type: ignore[arg-type]
