"""Many rows at once: keys taken ahead, so that what refers to a row is made before it, and rows written as one stream.

Django's bulk_create builds a statement with every value in it, which costs several times what the database does with
them, and gives the keys only afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
from django.db import connection
from django.db.models import Field, JSONField, Model


def number(rows: Sequence[Model]) -> None:
    """Give each row its key, as the database would on INSERT. In the transaction that writes them."""
    if not rows:
        return
    table = rows[0]._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, len(rows)],
            )
            keys: Iterable[int] = [key for (key,) in cursor.fetchall()]
        else:  # one writer at a time: the next keys are this transaction's
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            keys = range(last + 1, last + 1 + len(rows))
    for row, key in zip(rows, keys, strict=True):
        row.pk = key


def write(rows: Iterable[Model]) -> None:
    """Write new rows of one model; those without a key get one of the database's."""
    listed = list(rows)
    if not listed:
        return
    told = [field for field in listed[0]._meta.concrete_fields if listed[0].pk or not field.primary_key]
    read = [(field, _stored(field)) for field in told]
    values = ([stored(field.pre_save(row, True)) for field, stored in read] for row in listed)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in told)
    table = connection.ops.quote_name(listed[0]._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
                for told_row in values:
                    stream.write_row(told_row)
        else:
            marks = ", ".join(["%s"] * len(told))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values))  # noqa: S608
    for row in listed:
        row._state.adding, row._state.db = False, connection.alias


def _stored(field: Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value of the field is given to the database's driver."""
    if isinstance(field, JSONField):
        return lambda value: None if value is None else orjson.dumps(value).decode()
    if connection.vendor == "postgresql":
        return lambda value: value
    return lambda value: (
        connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, dt.datetime)
        else value.isoformat()
        if isinstance(value, dt.date)
        else value
    )
