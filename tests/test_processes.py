"""Web server, worker and demo as processes: they come up, do their work, and stop as they are asked."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from sijeong.site.commands.serve import workers_for
from sijeong.site.tests.installation import Installation, answers, free_port, wait_until

TASKS = "SELECT status, worker_ids FROM django_tasks_database_dbtaskresult ORDER BY status"
HOUSEHOLD = """
import sys
from pathlib import Path
from sijeong.site.demo_process import Household, Stopped
try:
    with Household(Path(sys.argv[1])) as household:
        household.start("sleep", ["sleep", "600"])
        print(household.programs["sleep"].pid, flush=True)
        household.watch({}, print)
except Stopped as asked:
    print(asked)
"""


def stopped(program, number: int = signal.SIGTERM) -> int:
    program.send_signal(number)
    return program.wait(30)


def tasks(installation: Installation) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(installation.data / "sijeong.sqlite3")) as database:
        return database.execute(TASKS).fetchall()


def statuses(installation: Installation) -> list[str]:
    return [status for status, _ in tasks(installation)]


@pytest.mark.parametrize(("cores", "workers"), [(1, 2), (2, 4), (4, 8), (64, 12)])
def test_web_workers_follow_the_cores(cores, workers):
    assert workers_for(cores) == workers


def test_the_web_server_comes_up_and_stops_when_asked(installation: Installation):
    port = free_port()
    place = f"[::1]:{port}"
    with installation.started("serve", "--host", "::1", "--port", str(port), "--workers", "1") as program:
        wait_until(
            lambda: answers(f"http://{place}/health/ready") or program.poll() is not None, "the server"
        )
        assert answers(f"http://{place}/health/live")
        assert stopped(program) == 0
    assert f"http://{place}/" in installation.said("serve")


def test_what_is_kept_is_its_owners_alone(installation: Installation):
    fresh = Installation(installation.data.parent / "fresh")
    fresh.python(
        "from django.db import connection; connection.cursor().execute('CREATE TABLE one (a)')\nimport os; os._exit(0)"
    )
    modes = {
        path.name: oct(path.stat().st_mode & 0o777) for path in (fresh.data, *fresh.data.glob("*.sqlite3*"))
    }
    assert modes == {
        "fresh": "0o700", "sijeong.sqlite3": "0o600", "sijeong.sqlite3-wal": "0o600", "sijeong.sqlite3-shm": "0o600",
    }  # fmt: skip


def test_a_worker_finishes_its_task_before_it_stops(installation: Installation, tmp_path):
    installation.python(
        "from sijeong.site.tests.slow_task import write_slowly\n"
        f"write_slowly.enqueue({str(tmp_path)!r}); write_slowly.enqueue({str(tmp_path)!r})"
    )
    with installation.started("worker") as program:
        wait_until((tmp_path / "began").exists, "the first task")
        assert stopped(program) == 0
    assert (tmp_path / "ended").exists()
    assert "Traceback" not in installation.said("worker")
    assert statuses(installation) == ["READY", "SUCCESSFUL"]


def test_a_worker_that_a_task_left_full_begins_anew_and_goes_on(installation: Installation):
    installation.environment["SIJEONG_WORKER_MB"] = "250"
    installation.python("from sijeong.site.tests.slow_task import keep; keep.enqueue(200); keep.enqueue(1)")
    told = installation.run("worker", "--until-empty").stderr
    assert told.count("일꾼이 기다립니다") == 2 and "Traceback" not in told
    assert statuses(installation) == ["SUCCESSFUL"] * 2
    assert len({by for _, by in tasks(installation)}) == 2


class TestDemo:
    """Everything by one command. The city is laid down already: how, its own tests say."""

    @pytest.fixture
    def laid(self, installation: Installation) -> Installation:
        (installation.data / ".demo").write_text("whole")
        return installation

    def wait(self, demo: Installation, program: Popen[str]) -> None:
        wait_until(lambda: "멈추려면" in demo.said("demo") or program.poll() is not None, "the demo")
        assert program.poll() is None, demo.said("demo")

    def test_it_comes_up_once_and_stops_clean(self, laid: Installation):
        port = free_port()
        with laid.started("demo", "--port", str(port), "--no-browser") as program:
            self.wait(laid, program)
            assert answers(f"http://127.0.0.1:{port}/health/ready")
            again = laid.run("demo", "--no-browser", code=1)
            assert f"이미 켜져 있습니다: http://127.0.0.1:{port}/" in again.stderr
            assert stopped(program, signal.SIGINT) == 0
        assert not answers(f"http://127.0.0.1:{port}/health/live")
        assert "입력한 것이 그대로 있습니다" in laid.said("demo")

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_however_it_is_asked_to_stop_its_programs_stop(self, tmp_path: Path, number):
        """Of what the demo does with its programs these need not be ours."""
        with Popen([sys.executable, "-c", HOUSEHOLD, tmp_path], stdout=PIPE, text=True) as program:
            kept = Path(f"/proc/{program.stdout.readline().strip()}")
            assert kept.exists()
            assert stopped(program, number) == 0
            assert program.stdout.read().strip() == number.name
        assert not kept.exists()

    def test_a_killed_worker_is_started_anew_and_with_the_web_all_is_stopped(self, laid: Installation):
        with laid.started("demo", "--port", str(free_port()), "--no-browser") as program:
            self.wait(laid, program)
            worker, web = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
            os.kill(int(worker), signal.SIGKILL)
            wait_until(lambda: "새로 켭니다" in laid.said("demo"), "a new worker")
            laid.python("from sijeong.site.tests.slow_task import keep; keep.enqueue(1)")
            wait_until(lambda: statuses(laid) == ["SUCCESSFUL"], "its task")
            os.kill(int(web), signal.SIGKILL)
            assert program.wait(30) == 1
        assert "일꾼이 멈추었습니다(신호 SIGKILL)" in laid.said("demo")
        assert "serve 이(가) 끝났습니다 (신호 SIGKILL)" in laid.said("demo")

    def test_a_busy_port_is_told(self, laid: Installation):
        """Also by the web server by itself."""
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            told = laid.run("demo", "--port", str(port), "--no-browser", code=1)
            served = laid.run("serve", "--port", str(port), code=1)
        assert f"포트 {port}번을 다른 프로그램이 쓰고 있습니다" in told.stderr
        assert f"127.0.0.1:{port} 에서 들을 수 없습니다" in served.stderr

    def test_an_installation_in_earnest_is_never_taken_for_a_demo(self, installation: Installation):
        told = installation.run("demo", "--reset", "--no-browser", code=1)
        assert "데모가 만들지 않은 자료가 있습니다" in told.stderr
        assert (installation.data / "sijeong.sqlite3").stat().st_size > 100_000
