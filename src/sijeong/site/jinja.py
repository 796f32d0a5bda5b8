"""The Jinja2 environment of our pages: how dates and numbers are written, and what the menu shows to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf
from django.utils import timezone
from django.utils.html import linebreaks
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame

from sijeong.cases.at_hand import at_hand
from sijeong.cases.korean import countdown
from sijeong.cases.korean import day as written_day
from sijeong.cases.lines import Line, line
from sijeong.cases.models import Case
from sijeong.council.access import meeting_of
from sijeong.documents.actions import limit, limit_told
from sijeong.org.models import Role
from sijeong.org.viewer import Request, Viewer
from sijeong.search import saved
from sijeong.search.models import SavedView

from . import charts, keeping
from .addresses import case_url, url


def _local(moment: dt.datetime) -> dt.datetime:
    """On the city's clock, which is everybody's: whose it is need not be asked for every moment of a page."""
    return moment.astimezone(timezone.get_default_timezone()) if moment.tzinfo else moment


def _date(value: dt.date) -> dt.date:
    """The day in the city of a date or a moment."""
    return _local(value).date() if isinstance(value, dt.datetime) else value


def day(value: dt.date | None) -> str:
    """``2026. 11. 21.(토)``; nothing for nothing."""
    return "" if value is None else written_day(_date(value))


def daytime(value: dt.datetime | None) -> str:
    """``2026. 11. 21. 14:05`` on the city's clock."""
    if value is None:
        return ""
    moment = _local(value)
    return f"{moment.year}. {moment.month}. {moment.day}. {moment:%H:%M}"


def num(value: float | None) -> str:
    """``41,624``; nothing for nothing."""
    return "" if value is None else f"{value:,}"


def days_left(value: dt.date, today: dt.date | None = None) -> int:
    """Days from ``today`` to ``value``; negative when it has passed."""
    return (_date(value) - (today or timezone.localdate())).days


def dday(value: dt.date | None, today: dt.date | None = None) -> str:
    """The countdown to a day; nothing for nothing."""
    return "" if value is None else countdown(days_left(value, today))


def paragraphs(value: str) -> str:
    """Escaped text with its line breaks."""
    return linebreaks(value, autoescape=True)


BROWSERS = (("Edg/", "Edge"), ("Whale/", "웨일"), ("SamsungBrowser/", "삼성 인터넷"), ("Firefox/", "Firefox"),
            ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
           ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


def device(agent: str) -> str:
    """``Chrome · Windows`` from what a browser says of itself: each also names those it descends from."""
    names = [next((name for mark, name in table if mark in agent), None) for table in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in names if name) or "알 수 없는 기기"


def providers() -> list[dict[str, Any]]:
    """The OpenID Connect providers one can sign in with."""
    return cast("list[dict[str, Any]]", settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])


@dataclass(frozen=True, eq=False)
class Entry:
    """A line of the menu: route, text, picture, the key after ``g``, and who sees it (None: everyone)."""

    route: str
    text: str
    icon: str
    key: str
    roles: frozenset[Role] | None = None
    apart: bool = False


# Whom cases.permissions.may_intake lets file a case.
ASK = (Role.PLANNING_OFFICER, Role.COUNCIL_MEMBER, Role.AIDE, Role.DIVISION_OFFICER, Role.DIVISION_HEAD)
MENU = (
    Entry("my_work", "내 업무", "inbox", "m"),
    Entry("cases", "사안", "folder", "c"),
    Entry("follow_ups", "향후계획", "check", "f"),
    Entry("meetings", "의회 간담·면담", "people", "u"),
    Entry("planning", "총괄 배정", "assign", "p", frozenset({Role.PLANNING_OFFICER})),
    Entry("publications", "시민 공개", "send", "b", frozenset({Role.PLANNING_OFFICER})),
    Entry("case_new", "새 사안", "plus", "n", frozenset(ASK)),
    Entry("case_import", "가져오기", "upload", "i", frozenset({Role.PLANNING_OFFICER})),
    Entry("statistics", "통계", "chart", "s", frozenset(Role)),
    Entry("benefits", "지원사업", "file", "w", frozenset(Role) - {Role.COUNCIL_MEMBER, Role.AIDE}),
    Entry("allocations", "배정", "half", "l", frozenset(Role) - {Role.COUNCIL_MEMBER, Role.AIDE}),
    Entry("work_reports", "업무보고", "file", "r"),
    Entry("budget_books", "예산·지표", "copy", "y"),
    Entry("due", "기한 계산", "clock", "d", apart=True),
    Entry("organisation", "조직·인력", "tree", "o"),
    Entry(
        "calendar", "공휴일과 기한", "calendar", "h", frozenset({Role.ADMINISTRATOR, Role.PLANNING_OFFICER})
    ),
    Entry("administration", "관리", "gear", "a", frozenset({Role.ADMINISTRATOR})),
)


def _address(route: str) -> str | None:
    try:
        return url(route)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=256)
def _entries(urlconf: str, prefix: str, roles: frozenset[str]) -> tuple[tuple[Entry, str], ...]:
    """What people with these roles may open of the routes that exist."""
    return tuple(
        (entry, address)
        for entry in MENU
        if (entry.roles is None or roles & entry.roles) and (address := _address(entry.route)) is not None
    )


def menu(viewer: Viewer | None, path: str) -> tuple[tuple[Entry, str, bool], ...]:
    """Entry, address, and whether the page is under it."""
    if viewer is None:
        return ()
    found = _entries(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), viewer.roles)
    under = [
        address for _, address in found if path == address or (address != "/" and path.startswith(address))
    ]
    here = max(under, key=len, default=None)
    return tuple([(entry, address, address == here) for entry, address in found])


def line_of(case: Case | Line) -> Line:
    """What a list shows of the case; of a line, itself."""
    return case if isinstance(case, Line) else line(case)


def lines_of(cases: Iterable[Case | Line]) -> list[Line]:
    """Each case as its line."""
    return [case if isinstance(case, Line) else line(case) for case in cases]


def saved_views(request: Request, list: str) -> Sequence[SavedView]:
    """The views of the list that the viewer sees."""
    return tuple(saved.views(request.viewer, list)) if at_hand(request).views else ()


def titles(viewer: Viewer) -> tuple[str, ...]:
    """The viewer's posts of the day in words."""
    return tuple([str(post) for post in viewer.posts])


def view_units(viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Keys and names of the units with whose people the viewer may share a view."""
    return tuple([(unit.pk, unit.name) for unit in saved.units_of(viewer)])


def opens_with(viewer: Viewer, list: str) -> int | None:
    """The key of the view that the list opens with for the viewer."""
    view = saved.default_of(viewer, list)
    return view.pk if view else None


def shown_columns(request: HttpRequest, known: Sequence[tuple[str, str]], usual: Sequence[str]) -> list[str]:
    """Codes of the columns that the address asks for, in the list's own order; the usual ones where it names none."""
    asked = set(request.GET.getlist("col"))
    return [code for code, _ in known if code in asked] or list(usual)


class Calls(CodeGenerator):
    """Writes a call in a template as a call. Jinja's goes through its context, which asks each time whether the function
    wants to be given it: none of ours does, and a page makes dozens."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        self.write("(")
        around, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        told, self.stream = self.stream.getvalue(), around
        self.write(told.removeprefix(", ") + ")")


class Pages(Environment):
    """Jinja's, for templates that get no globals of their own and do not change while it runs: whether an imported one
    is at hand already is asked of a dict, at every import of every page."""

    code_generator_class = Calls

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._found: dict[Any, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        if globals or self.auto_reload:
            return super().get_template(name, parent, globals)
        if name not in self._found:
            self._found[name] = super().get_template(name, parent)
        return self._found[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend asks for; compiled templates are kept on disk for the next process."""
    if settings.MODE != "test":
        compiled = settings.DATA / "cache" / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        options["bytecode_cache"] = FileSystemBytecodeCache(str(compiled))
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Pages(**options)
    env.globals |= {
        "url": url,
        "case_url": case_url,
        "route": _address,
        "static": lru_cache(static),
        "kept": keeping.kept,
        "kept_page": keeping.kept_page,
        "filled": keeping.filled,
        "HOLE": keeping.HOLE,
        "written": keeping.written,
        "remembered": keeping.remembered,
        "line_of": line_of,
        "lines_of": lines_of,
        "now": timezone.localtime,
        "today": timezone.localdate,
        "menu": menu,
        "meeting_of": meeting_of,
        "providers": providers,
        "saved_views": saved_views,
        "view_address": saved.address,
        "titles": titles,
        "view_units": view_units,
        "opens_with": opens_with,
        "shown_columns": shown_columns,
        "plot": charts,
        "upload_limit": limit,
        "limit_told": limit_told,
    }
    env.filters |= {
        "day": day,
        "daytime": daytime,
        "num": num,
        "dday": dday,
        "days_left": days_left,
        "tuple": tuple,
        "countdown": countdown,
        "device": device,
        "paragraphs": paragraphs,
        "size": filesizeformat,
    }
    return env
