"""An installation of its own for tests that run ``sijeong`` as a program."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
SIJEONG = [sys.executable, "-m", "sijeong.site.cli"]
PATIENCE = 60.0


@dataclass
class Installation:
    """A data folder and the environment in which ``sijeong`` runs on it."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        told = {
            "SIJEONG_MODE": "demo",
            "SIJEONG_DATA": str(self.data),
            "SIJEONG_CITIES": str(ROOT / "cities"),
        }
        return clean | told | {"PYTHONPATH": str(ROOT / "src")} | self.environment

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run to the end and expect the exit code."""
        done = subprocess.run(  # noqa: PLW1510 - told below, with what it said
            [*SIJEONG, *words],
            env=self.variables,
            cwd=self.data.parent,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == code, (
            f"sijeong {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done

    def python(self, text: str) -> str:
        """Run a piece of code with all rooms loaded; what it prints."""
        prelude = "from sijeong.site import cli; cli.setup_django()\n"
        done = subprocess.run(  # noqa: PLW1510 - told below, with what it said
            [sys.executable, "-c", prelude + text],
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def started(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """Have it run meanwhile; what it says goes to a file beside the data folder."""
        log = self.data.parent / f"{words[0]}.log"
        with log.open("w") as out:
            program = subprocess.Popen(
                [*SIJEONG, *words],
                env=self.variables,
                cwd=self.data.parent,
                stdout=out,
                stderr=out,
                text=True,
            )
        try:
            yield program
        finally:
            if program.poll() is None:
                program.kill()
            program.wait()

    def said(self, program: str) -> str:
        return (self.data.parent / f"{program}.log").read_text()


def wait_until(ready: Callable[[], object], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < until, f"{what}: not within {PATIENCE:.0f} s"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - a server of the test
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a city just founded."""
    here = Installation(tmp_path_factory.mktemp("founded") / "data")
    here.run("migrate")
    here.run("found", "--code", "seoul", "--name", "서울특별시", "--admin", "admin", "--admin-name", "관리자")
    return here.data


@pytest.fixture
def installation(founded: Path, tmp_path: Path) -> Installation:
    """A founded city's installation, this test's alone."""
    shutil.copytree(founded, tmp_path / "data")
    return Installation(tmp_path / "data")


@pytest.fixture
def nothing_yet(tmp_path: Path) -> Installation:
    """A data folder in which nothing was ever done."""
    return Installation(tmp_path / "data")
