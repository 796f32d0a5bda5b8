"""Places given by an allocation: what goes out and what comes back, as plain data.

The rooms are siblings and know nothing of each other. Who stands above both names an `Allocator` in the setting
BENEFIT_PLACES.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from sijeong.org.viewer import Viewer


@dataclass(frozen=True)
class Waiting:
    """One who meets the rule and waits for a place: the case's number, the moment of receipt, the class."""

    number: str
    received_at: dt.datetime
    cls: str


@dataclass(frozen=True)
class Handed:
    """What an allocation is asked: so many places of `key` among these, by the definition named `allocation`."""

    allocation: str
    key: str
    title: str
    year: int
    places: int
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class Standing:
    """Where the allocation stands: its name, state and address; `final` when it is released, `free` while nothing of
    it was made public."""

    title: str
    state: str
    url: str
    final: bool
    free: bool


@dataclass(frozen=True)
class Fate:
    """What the released allocation says of one: a place or none, and why."""

    served: bool
    why: str


class Allocator(Protocol):
    """Gives places. Each may raise BenefitError in words for the person at the screen."""

    def begin(self, handed: Handed, by: Viewer) -> int:
        """Begin an allocation with the tables in; returns its number."""

    def standing(self, number: int) -> Standing:
        """Where it stands now."""

    def fates(self, number: int) -> Mapping[str, Fate]:
        """What was released, by the case's number."""


def allocator() -> Allocator:
    """The one that this installation has."""
    found: Allocator = import_string(settings.BENEFIT_PLACES)()
    return found
