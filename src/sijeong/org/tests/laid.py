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
    """What stood in the tables it touches, the rows that were added and changed, and what was given."""

    before: Rows
    added: Rows
    changed: Rows
    given: bytes

    def fits(self) -> bool:
        """Each table holds what it held then, and nothing else."""
        return held(self.before) == self.before

    @transaction.atomic
    def put(self) -> Any:
        with connection.cursor() as cursor:
            for table, rows in self.changed.items():
                cursor.executemany(f"DELETE FROM {table} WHERE id = %s", [(number,) for number in rows])  # noqa: S608 - our own tables
            for table, rows in [*self.added.items(), *self.changed.items()]:
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
    added: Rows = {}
    changed: Rows = {}
    assert all(rows.keys() <= after.get(table, {}).keys() for table, rows in before.items()), (
        "a copy takes nothing away"
    )
    for table, rows in after.items():
        for number, row in rows.items():
            known = before.get(table, {}).get(number)
            if known != row:
                (changed if known else added).setdefault(table, {})[number] = row
    touched = {table: before.get(table, {}) for table in (*added, *changed)}
    return Copy(touched, added, changed, pickle.dumps(given))


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
