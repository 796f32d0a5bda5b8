"""One line of what ``sijeong doctor`` found. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and where it is not well, what to do."""

    what: str
    state: State
    text: str
    todo: str = ""
