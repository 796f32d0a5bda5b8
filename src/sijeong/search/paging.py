"""Pages of a list by key: no counting, and a row that moves meanwhile shows at most once a page."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Any, TypeVar

import orjson
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def page(rows: QuerySet[Row], by: str, after: str, size: int) -> tuple[list[Row], str]:
    """The rows after a key, in the order of the field ``by`` (a day or a moment; ``-`` before it: newest first).

    With them the key of the page that follows, empty at the end. A key that is not ours is as if there were none.
    """
    name, descending = by.removeprefix("-"), by.startswith("-")
    if mark := _unpacked(after):
        side = "lt" if descending else "gt"
        value, pk = mark
        rows = rows.filter(Q(**{f"{name}__{side}": value}) | Q(**{name: value, f"pk__{side}": pk}))
    found = list(rows.order_by(by, "-pk" if descending else "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], _packed(getattr(last, name), last.pk) if last else ""


def _packed(value: dt.date, pk: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([value, pk])).decode().rstrip("=")


def _unpacked(key: str) -> tuple[str, int] | None:
    """The key as packed, or None for one that is not ours."""
    try:
        value, pk = orjson.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        dt.datetime.fromisoformat(value)
    except (ValueError, TypeError, binascii.Error):
        return None
    return (value, pk) if isinstance(pk, int) else None
