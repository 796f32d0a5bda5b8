"""Rows that hundreds of tests begin with: laid down by the actions once a process, copied in from then on.

A copy is what the actions wrote, under the numbers they gave; what is made later has higher ones, for neither database
gives a number twice. It costs a fifth of having the actions write it anew.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

Given = TypeVar("Given")
Rows = dict[str, dict[Any, tuple]]  # of each table, by their numbers


@dataclass(frozen=True)
class Copy:
    """The rows that were added, those that were changed as they had been, as they became, and what was given."""

    added: Rows
    before: Rows
    after: Rows
    given: bytes

    def fits(self) -> bool:
        """Nothing of it is there yet, and what it changes is as it was."""
        now = held({*self.added, *self.before})
        return not any(now[table].keys() & rows.keys() for table, rows in self.added.items()) and all(
            now[table].get(number) == row
            for table, rows in self.before.items()
            for number, row in rows.items()
        )

    @transaction.atomic
    def put(self) -> Any:
        with connection.cursor() as cursor:
            for table, rows in self.after.items():
                cursor.executemany(f"DELETE FROM {table} WHERE id = %s", [(number,) for number in rows])  # noqa: S608 - our own tables
            for table, rows in [*self.added.items(), *self.after.items()]:
                row = f"({', '.join(['%s'] * len(next(iter(rows.values()))))})"
                values = [value for row in rows.values() for value in row]
                cursor.execute(f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", values)  # noqa: S608
        return pickle.loads(self.given)  # noqa: S301 - our own


_copies: dict[Hashable, Copy] = {}


def laid(name: str, lay: Callable[[], Given], *depending: Hashable) -> Given:
    """What ``lay`` gives, beside the rows it writes; ``depending`` is all that these depend on beside the rows before."""
    key = (name, *depending)
    copy = _copies.get(key)
    if copy and copy.fits():
        return copy.put()
    before = held(filled())
    given = lay()
    _copies[key] = _copied(before, held(filled()), given)
    return given


def _copied(before: Rows, after: Rows, given: object) -> Copy:
    added, old, new = {}, {}, {}
    for table, rows in after.items():
        known = before.get(table, {})
        changed = {number for number, row in rows.items() if number in known and known[number] != row}
        old |= {table: {number: known[number] for number in changed}} if changed else {}
        new |= {table: {number: rows[number] for number in changed}} if changed else {}
        if more := {number: row for number, row in rows.items() if number not in known}:
            added[table] = more
    return Copy(added, old, new, pickle.dumps(given))


def filled() -> list[str]:
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    asked = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor]


def held(tables: Iterable[str]) -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            found[table] = {row[0]: row for row in cursor}
    return found
