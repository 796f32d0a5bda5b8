"""The demo's data folder: whether it is the demo's at all, and filling it once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack

from django.conf import settings
from django.db import connection, connections

from sijeong.org.models import Government

from . import collected, database, running
from .demo.loading import load
from .progress import bar

# A folder with this file was made by the demo: what has it may be emptied, and what has not is never touched.
# It says "whole" once the demo's city is all there.
MARK = ".demo"


class NoDemoHere(Exception):
    """The data folder or the settings are not the demo's; the text says what to do."""


def check_ours() -> None:
    """Raises NoDemoHere where an installation in earnest could be meant."""
    if settings.MODE != "demo":
        raise NoDemoHere(f"SIJEONG_MODE={settings.MODE}: 데모는 SIJEONG_MODE 없이 켭니다.")
    if connection.vendor != "sqlite":
        raise NoDemoHere("데모는 자료 폴더의 SQLite를 씁니다: DATABASE_URL 을 지우고 켜십시오.")
    if not (settings.DATA / MARK).exists():
        if (settings.DATA / "sijeong.sqlite3").exists():
            raise NoDemoHere(
                f"{settings.DATA}: 데모가 만들지 않은 자료가 있습니다. SIJEONG_DATA=var/demo 처럼 다른 폴더를 정하십시오."
            )
        (settings.DATA / MARK).touch()


def empty() -> None:
    """Throw away what was entered. Raises Busy while a web server or worker runs on it."""
    with running.alone():
        (settings.DATA / MARK).write_text("")
        connections.close_all()
        for path in settings.DATA.glob("sijeong.sqlite3*"):
            path.unlink()
        for folder in (settings.FILES_ROOT, settings.SEARCH_ROOT):
            shutil.rmtree(folder, ignore_errors=True)


def prepare(say: Callable[[str], None]) -> None:
    """Bring the folder to where web and worker can start. What was entered stays; half a city is begun anew."""
    mark = settings.DATA / MARK
    if mark.read_text().strip() != "whole" and (settings.DATA / "sijeong.sqlite3").exists():
        empty()
    if database.waiting():
        say("데이터베이스를 만듭니다")
        with bar("      이주") as progress:
            database.migrate(progress)
    if not Government.objects.exists():
        say("시범 도시를 만듭니다")
        _load()
        mark.write_text("whole")
    if collected.collect():
        say("화면 파일을 모았습니다")


def _load() -> None:
    """Lay the city down with a bar for each part of it."""
    with ExitStack() as shown:
        bars: dict[str, Callable[[int, int], None]] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in bars:
                shown.close()
                bars[what] = shown.enter_context(bar(f"      {what}"))
            bars[what](done, total)

        load(progress)
