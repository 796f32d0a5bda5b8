"""Keeps several programs running as one: all of them stand, or none does. Knows no Django.

A program that is stateless may be started anew when it ends by itself, as a supervisor of a real installation does.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PATIENCE = 20.0
LOOK_EVERY = 0.1
ANEW, WITHIN = 3, 90.0  # how often a program is started anew in so many seconds


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
    commands: dict[str, list[str]] = field(default_factory=dict)
    ends: dict[str, list[float]] = field(default_factory=dict)

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

    def start(self, name: str, command: list[str]) -> None:
        """Start a program. Its own session keeps the terminal's Ctrl-C from it: it is stopped from here."""
        with (self.logs / f"{name}.log").open("ab" if name in self.commands else "wb") as log:
            self.programs[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.commands[name] = command

    def wait_until(self, ready: Callable[[], bool], what: str, seconds: float) -> None:
        """Return once ``ready`` says so. Raises Ended where a program ends first or time runs out."""
        until = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > until:
                raise Ended(f"{what}: {seconds:.0f}초 안에 준비되지 않았습니다. 기록: {self.logs}")
            time.sleep(LOOK_EVERY)

    def watch(self, anew: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Return never: raises Stopped when asked to stop, Ended when a program ends by itself.

        Those in ``anew`` (their names for people) are started again and that is said, unless they end again and again.
        """
        while True:
            for name, called in anew.items():
                if (code := self.programs[name].poll()) is not None and not self._hopeless(name):
                    say(
                        f"{called} 멈추었습니다({_cause(code)}). 새로 켭니다. 하던 일은 새 것이 이어서 합니다."
                    )
                    self.start(name, self.commands[name])
            self.check()
            time.sleep(LOOK_EVERY)

    def _hopeless(self, name: str) -> bool:
        """Whether the program, which ended now, did so too often in a short time."""
        now = time.monotonic()
        self.ends[name] = [end for end in self.ends.get(name, []) if now - end < WITHIN] + [now]
        return len(self.ends[name]) > ANEW

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
