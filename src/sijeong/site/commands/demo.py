"""``sijeong demo``."""

from __future__ import annotations

import fcntl
import os
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Callable
from http import HTTPStatus
from typing import TextIO

import click
from django.conf import settings
from django.db import connections

from sijeong.site import demo_city, heartbeat, ports
from sijeong.site.demo.loading import signins
from sijeong.site.demo_process import Ended, Household, Stopped

HOST = "127.0.0.1"
PORT = 8000
SIJEONG = [sys.executable, "-m", "sijeong.site.cli"]


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), metavar="번호", help=f"포트. 기본은 {PORT}부터 빈 것.")
@click.option("--reset", is_flag=True, help="입력한 것을 모두 지우고 처음부터 만듭니다.")
@click.option("--no-browser", is_flag=True, help="브라우저를 열지 않습니다.")
def demo(port: int | None, reset: bool, no_browser: bool) -> None:
    """시범 도시를 만들고 웹과 일꾼을 켭니다. Ctrl-C를 누르면 모두 멈춥니다. 다시 켜면 입력한 것이 그대로 있습니다."""
    began = time.perf_counter()

    def say(text: str) -> None:
        click.echo(f"[{time.perf_counter() - began:4.1f}초] {text}")

    demo_city.check_ours()
    with (settings.DATA / ".demo-address").open("a+") as told:
        _refuse_second(told)
        try:
            if reset:
                demo_city.empty()
                say("입력한 것을 모두 지웠습니다")
            say(f"자료 폴더 {settings.DATA}")
            door = _free(port, say)
            demo_city.prepare(say)
            _run(door, told, say, browser=not no_browser)
        except (Stopped, KeyboardInterrupt):
            click.echo("\n멈췄습니다. 다시 켜면 입력한 것이 그대로 있습니다.")
        except Ended as end:
            raise click.ClickException(str(end)) from end


def _refuse_second(told: TextIO) -> None:
    """Hold the data folder's demo; the file tells a second one where the first is."""
    try:
        fcntl.flock(told, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        told.seek(0)
        raise click.ClickException(f"이 자료 폴더의 데모가 이미 켜져 있습니다: {told.read()}") from error
    told.truncate(0)


def _free(asked: int | None, say: Callable[[str], None]) -> int:
    """The port asked for, else the first free one from 8000 on."""
    for port in [asked] if asked else range(PORT, PORT + 50):
        if ports.is_free(HOST, port):
            if port != (asked or PORT):
                say(f"포트 {PORT}번을 다른 프로그램이 쓰고 있어 {port}번을 씁니다")
            return port
    which = f"포트 {asked}번" if asked else f"포트 {PORT}번부터 {PORT + 49}번까지"
    raise click.ClickException(f"{which}을 다른 프로그램이 쓰고 있습니다: --port 로 다른 포트를 고르십시오.")


def _run(port: int, told: TextIO, say: Callable[[str], None], *, browser: bool) -> None:
    address = f"http://{HOST}:{port}/"
    told.write(address)
    told.flush()
    with Household(settings.DATA / "log") as household:
        say("웹과 일꾼을 켭니다")
        before = time.time()
        household.start("worker", [*SIJEONG, "worker"])
        household.start("serve", [*SIJEONG, "serve", "--host", HOST, "--port", str(port)])
        household.wait_until(lambda: _answers(f"{address}health/ready"), "웹 서버", 60)
        household.wait_until(lambda: (heartbeat.last() or 0) > before, "일꾼", 30)
        connections.close_all()
        say("준비되었습니다")
        _welcome(address)
        if (
            browser
            and sys.stdout.isatty()
            and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        ):
            webbrowser.open(address)
        household.watch({"worker": "일꾼이"}, say)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


def _welcome(address: str) -> None:
    click.echo(f"\n  {address}\n")
    for username, role, password in signins():
        click.echo(f"  {username:<10}{password}  {role}")
    click.echo()
    click.echo("멈추려면 Ctrl-C 를 누르십시오.")
