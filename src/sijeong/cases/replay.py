"""The state of a case as its events alone tell it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def replayed(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Fold the ``set`` of each event's data, oldest first, into the values that the row must have."""
    values: dict[str, Any] = {}
    for data in events:
        values |= data.get("set", {})
    return values
