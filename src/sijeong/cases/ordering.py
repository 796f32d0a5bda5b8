"""The orders of a list of cases, the keys of its pages, and the rows behind such a key.

By due date, what only a source states to be in progress comes last: its days are counted nowhere here, and those that
really are late would otherwise stand behind all that was ever brought in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from sijeong.org import paging

from .models import Case, CaseQuerySet
from .models.basis import Stated

ORDERS = {"due": "due_on", "received": "-received_at"}
STATED = "s"  # before the key of a row that a source alone states; what ``paging`` gives begins otherwise


class Place(NamedTuple):
    """The row behind which a page begins, as ``paging.place`` tells it, and whether only a source states it."""

    values: tuple[Any, ...] = ()
    stated: bool = False


START = Place()


def place_of(order: str, after: str) -> Place:
    """The place that a key names. Raises BadKey."""
    stated = order == "due" and after.startswith(STATED)
    return Place(paging.place(Case, ORDERS[order], after[stated:]), stated)


def key_of(order: str, row: Mapping[str, Any]) -> str:
    """The key of the page after a row, told by its columns, the basis of its outcome among them."""
    stated = order == "due" and row["outcome_basis"] == "source"
    return STATED * stated + paging.key_of(ORDERS[order], row)


def beyond(cases: CaseQuerySet, order: str, place: Place = START) -> CaseQuerySet:
    """The cases in the order, from behind a place on."""
    if order != "due":
        return paging.beyond(cases, ORDERS[order], *place.values)
    behind = paging.behind(Case, "due_on", *place.values)
    if place.values:
        behind &= Q(stated=place.stated)
        if not place.stated:
            behind |= Q(stated=True)
    return cases.alias(stated=Stated("outcome_basis")).filter(behind).soonest()
