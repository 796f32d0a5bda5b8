"""Pages of a list by key: no counting, and a row that moves meanwhile shows at most once a page."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

import orjson
from django.db.models import DateField, DateTimeField, F, Field, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])


class BadKey(ValueError):
    """A key that this list did not give."""


def following(rows: Rows, by: str, after: str) -> Rows:
    """The rows in the order of the field ``by`` (``-`` before it: backwards), from the key on. Raises BadKey.

    The field is a day, a moment or the primary key; rows of one day follow each other by theirs.
    """
    return beyond(rows, by, *place(rows.model, by, after))


def place(model: type[Model], by: str, after: str) -> tuple[Any, ...]:
    """The row behind which a page begins: its field and its key, its key alone where the field is empty; nothing for
    the first page. Raises BadKey."""
    return _unpacked(after, model._meta.get_field(by.removeprefix("-"))) if after else ()


def beyond(rows: Rows, by: str, *place: Any, key: str = "pk") -> Rows:
    """The rows in order, from behind a place on; those whose field is empty come last. ``key``: the field by which
    rows that are alike follow each other."""
    rows = rows.filter(behind(rows.model, by, *place, key=key))
    if len(place) > 1:  # what an index finds the place by; says nothing that the other does not
        name, side = by.removeprefix("-"), "lte" if by.startswith("-") else "gte"
        rows = rows.filter(Q(**{f"{name}__{side}": place[0]}) | _empty(rows.model, name))
    return rows.order_by(*order(rows.model, by, key=key))


def behind(model: type[Model], by: str, *place: Any, key: str = "pk") -> Q:
    """Which rows come behind a place; all where there is none."""
    name, side = by.removeprefix("-"), "lt" if by.startswith("-") else "gt"
    if not place:
        return Q()
    *value, pk = place
    if not value:
        return Q(**{f"{name}__isnull": True, f"{key}__{side}": pk})
    later = Q(**{f"{name}__{side}": value[0]}) | Q(**{name: value[0], f"{key}__{side}": pk})
    return later | _empty(model, name)


def _empty(model: type[Model], name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) if model._meta.get_field(name).null else Q()


def order(model: type[Model], by: str, *, key: str = "pk") -> tuple[Any, str]:
    """What rows are ordered by: the field, those where it is empty last, and the key."""
    name, descending = by.removeprefix("-"), by.startswith("-")
    first: Any = by
    if model._meta.get_field(name).null:
        first = F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True)
    return first, f"-{key}" if descending else key


def ordered(rows: Rows, by: str, after: str) -> Rows:
    """``following``, where a key that is not ours is as if there were none."""
    try:
        return following(rows, by, after)
    except BadKey:
        return following(rows, by, "")


def page(rows: QuerySet[Row], by: str, after: str, size: int) -> tuple[list[Row], str]:
    """So many rows after a key, and the key of the page behind them (empty at the end)."""
    found = list(ordered(rows, by, after)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], key_of(by, vars(last) | {"pk": last.pk}) if last else ""


def key_of(by: str, row: Mapping[str, Any]) -> str:
    """The key of the page after a row, told by its columns."""
    return base64.urlsafe_b64encode(orjson.dumps([row[by.removeprefix("-")], row["pk"]])).decode().rstrip("=")


def _unpacked(key: str, field: Any) -> tuple[Any, ...]:
    try:
        value, pk = orjson.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadKey from error
    if not _is_number(pk):
        raise BadKey
    return (pk,) if value is None and field.null else (_value(value, field), pk)


def _value(value: Any, field: Field[Any, Any]) -> Any:
    """What the key says, as the field holds it."""
    if not isinstance(field, DateField):
        if not _is_number(value):
            raise BadKey
        return value
    try:
        moment = dt.datetime.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise BadKey from error
    if isinstance(field, DateTimeField) != (moment.tzinfo is not None):
        raise BadKey
    if not dt.MINYEAR < moment.year < dt.MAXYEAR:  # no database tells them in every zone
        raise BadKey
    return moment if moment.tzinfo else moment.date()


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and abs(value) < 2**63
