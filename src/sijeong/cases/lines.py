"""A case as a line of a list: all that any of its columns shows, and nothing else.

Two equal lines read the same, so that what was once written of a line need not be written again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from .models import Case
from .models.types import parsed


class Labels(NamedTuple):
    """What a type's text calls a state, an outcome and a kind."""

    state: str
    public_state: str
    outcome: str
    kind: str


class Line(NamedTuple):
    """What a list shows of a case; moments as they are stored."""

    number: str
    title: str
    type_name: str
    asker_name: str
    lead: str
    officer: str
    received_at: dt.datetime
    delivered_at: dt.datetime | None
    state: str
    outcome: str
    outcome_basis: str
    due_on: dt.date | None
    paused: bool
    open: bool
    extension_asked: bool
    labels: Labels


@lru_cache(maxsize=4096)
def _labels(digest: str, version: int, state: str, outcome: str, kind: str) -> Labels:
    case_type = parsed(digest, version)
    told = case_type.state(state)
    return Labels(
        told.name, told.public,
        next((one.name for one in case_type.outcomes if one.code == outcome), ""),
        next((one.name for one in case_type.kinds if one.code == kind), ""),
    )  # fmt: skip


COLUMNS = (
    "number", "title", "type__name", "asker_name", "lead__name", "officer__name", "received_at", "delivered_at",
    "state", "outcome", "outcome_basis", "due_on", "paused_on", "open", "extension_asked_at", "type__digest",
    "type_id", "kind", "pk",
)  # fmt: skip


def lines(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Line, int]]:
    """Each case as its line, with its key; straight from its ``COLUMNS``, no case is built."""
    for (
        number, title, type_name, asker, lead, officer, received, delivered, state, outcome, basis, due, paused,
        open, asked, digest, version, kind, pk,
    ) in rows:  # fmt: skip
        labels = _labels(digest, version, state, outcome, kind)
        yield Line(
            number, title, type_name, asker, lead or "", officer or "", received, delivered, state, outcome, basis,
            due, paused is not None, open, asked is not None, labels,
        ), pk  # fmt: skip


def line(case: Case) -> Line:
    """The line of a case that is at hand."""
    return Line(
        case.number, case.title, case.type.name, case.asker_name, case.lead.name if case.lead else "",
        case.officer.name if case.officer else "", case.received_at, case.delivered_at, case.state, case.outcome,
        case.outcome_basis, case.due_on, case.paused_on is not None, case.open,
        case.extension_asked_at is not None,
        _labels(case.type.digest, case.type_id, case.state, case.outcome, case.kind),
    )  # fmt: skip
