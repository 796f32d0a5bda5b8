"""Keeps several programs running as one: all of them stand, or none does. Knows no Django."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PATIENCE = 20.0
LOOK_EVERY = 0.1


class Ended(Exception):
    """A program ended by itself, or did not come up in time; the text says which, and its last words."""


class Stopped(Exception):
    """Somebody asked for an end: Ctrl-C, SIGTERM, or the terminal was closed."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


@dataclass
class Household:
    """The programs by name; what each says goes to ``logs``/name.log. Use as a context: leaving it stops them."""

    logs: Path
    programs: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> Household:
        self.logs.mkdir(parents=True, exist_ok=True)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        return self

    def __exit__(self, *error: object) -> None:
        # Asked once is enough: a second Ctrl-C must not leave a program behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for program in self.programs.values():
            program.terminate()
        until = time.monotonic() + PATIENCE
        for program in self.programs.values():
            try:
                program.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()

    def start(self, name: str, command: list[str], environment: Mapping[str, str] | None = None) -> None:
        """Start a program. Its own session keeps the terminal's Ctrl-C from it: it is stopped from here."""
        with (self.logs / f"{name}.log").open("wb") as log:
            self.programs[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env=os.environ | (environment or {}),
            )  # fmt: skip

    def wait_until(self, ready: Callable[[], bool], what: str, seconds: float) -> None:
        """Return once ``ready`` says so. Raises Ended where a program ends first or time runs out."""
        until = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise Ended(f"{what}: {seconds:.0f}초 안에 준비되지 않았습니다. 기록: {self.logs}")
            time.sleep(LOOK_EVERY)

    def watch(self) -> None:
        """Return never: raises Stopped when asked to stop, Ended when a program ends by itself."""
        while True:
            self.check()
            time.sleep(LOOK_EVERY)

    def check(self) -> None:
        for name, program in self.programs.items():
            if program.poll() is not None:
                raise Ended(
                    f"{name} 이(가) 끝났습니다 ({_cause(program.returncode)}).\n{self.last_words(name)}"
                )

    def last_words(self, name: str, lines: int = 15) -> str:
        log = self.logs / f"{name}.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) + f"\n(전체 기록: {log})"


def _cause(code: int) -> str:
    return f"신호 {signal.Signals(-code).name}" if code < 0 else f"종료 코드 {code}"
