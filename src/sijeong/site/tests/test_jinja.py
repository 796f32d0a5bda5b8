"""How pages write dates and numbers, and what the menu shows."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import timezone
from jinja2 import UndefinedError

from sijeong.org.models import Role
from sijeong.org.viewer import Viewer
from sijeong.site import jinja

DAY = dt.date(2026, 11, 21)
KST = timezone.get_default_timezone()


def viewer(*roles: Role) -> Viewer:
    return Viewer(SimpleNamespace(), 1, DAY, roles=frozenset(roles))


def rendered(source: str, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (DAY, "2026. 11. 21.(토)"),
        (dt.date(2026, 1, 2), "2026. 1. 2.(금)"),
        (dt.datetime(2026, 11, 20, 15, 30, tzinfo=dt.UTC), "2026. 11. 21.(토)"),  # already tomorrow in Seoul
        (None, ""),
    ],
)
def test_a_day_is_written_as_offices_do(value, written):
    assert jinja.day(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (dt.datetime(2026, 11, 21, 5, 5, tzinfo=dt.UTC), "2026. 11. 21. 14:05"),
        (dt.datetime(2026, 11, 21, 0, 0, tzinfo=KST), "2026. 11. 21. 00:00"),
        (None, ""),
    ],
)
def test_a_moment_is_written_on_the_citys_clock(value, written):
    assert jinja.daytime(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(41_624, "41,624"), (0, "0"), (-1_200, "-1,200"), (25.5, "25.5"), (None, "")]
)
def test_a_number_is_grouped_by_thousands(value, written):
    assert jinja.num(value) == written


@pytest.mark.parametrize(("days", "written"), [(3, "D-3"), (0, "D-day"), (-2, "2일 지남"), (None, "")])
def test_days_left_are_counted_from_today(days, written):
    due = None if days is None else DAY + dt.timedelta(days=days)
    assert jinja.dday(due, DAY) == written


def test_text_keeps_its_lines_and_loses_its_markup():
    written = rendered("{{ text|paragraphs|safe }}", text="첫 줄\n둘째 줄 <b>\n\n새 문단")
    assert written == "<p>첫 줄<br>둘째 줄 &lt;b&gt;</p>\n\n<p>새 문단</p>"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/138.0 Whale/4.31 Safari/537.36", "웨일 · Windows"),
        (
            "Mozilla/5.0 (Linux; Android 15; SM-S931N) SamsungBrowser/28.0 Chrome/130.0",
            "삼성 인터넷 · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("curl/8.14", "알 수 없는 기기"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent, said):
    assert jinja.device(agent) == said


@pytest.fixture
def gallery(settings):
    settings.ROOT_URLCONF = "sijeong.site.tests.gallery"


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        ((), ["내 업무", "사안", "기한 계산", "조직·인력"]),
        ((Role.COUNCIL_MEMBER,), ["내 업무", "사안", "새 사안", "기한 계산", "조직·인력"]),
        (
            (Role.PLANNING_OFFICER,),
            ["내 업무", "사안", "총괄 배정", "새 사안", "가져오기", "기한 계산", "조직·인력"],
        ),
        ((Role.ADMINISTRATOR,), ["내 업무", "사안", "기한 계산", "조직·인력", "관리"]),
    ],
)
def test_the_menu_follows_the_roles(gallery, roles, seen):
    # Of the entries that roles decide; each room adds its own beside them.
    told = {"내 업무", "사안", "총괄 배정", "새 사안", "가져오기", "기한 계산", "조직·인력", "관리"}
    menu = [entry.text for entry, _, _ in jinja.menu(viewer(*roles), "/")]
    assert [text for text in menu if text in told] == seen
    assert ("통계" in menu) == bool(roles)


def test_nobody_has_no_menu(gallery):
    assert jinja.menu(None, "/") == ()


def test_the_menu_leaves_out_what_has_no_address(settings):
    settings.ROOT_URLCONF = "sijeong.site.accounts_urls"
    assert jinja.menu(viewer(Role.ADMINISTRATOR), "/") == ()


@pytest.mark.parametrize(
    ("path", "here"),
    [("/", "내 업무"), ("/parts/", "사안"), ("/parts/17/answer/", "사안"), ("/elsewhere/", None)],
)
def test_the_menu_marks_the_nearest_entry(gallery, path, here):
    marked = [entry.text for entry, _, marks in jinja.menu(viewer(), path) if marks]
    assert marked == ([here] if here else [])


def test_a_misspelt_name_is_an_error_and_not_a_blank():
    with pytest.raises(UndefinedError, match="mispelt"):
        rendered("{{ mispelt }}")


def test_what_people_wrote_is_escaped():
    assert rendered("{{ text }}", text="<script>") == "&lt;script&gt;"
