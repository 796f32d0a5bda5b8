"""Django's PostgreSQL, asked less and read faster: a connection is looked at, and moments are read by the driver."""

from __future__ import annotations

import select
from functools import lru_cache
from typing import Any, cast

import psycopg
from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format

TIMESTAMPTZ = psycopg.adapters.types["timestamptz"].oid


@lru_cache(maxsize=8)
def _reading(context: AdaptersMap) -> AdaptersMap:
    """Django's adapters, with the driver's own for moments.

    A connection speaks UTC, so that what the driver gives is UTC already. Django's sets the zone of each moment once
    more, and takes the driver's slow way for it.
    """
    adapters = AdaptersMap(context)
    loader = psycopg.adapters.get_loader(TIMESTAMPTZ, Format.TEXT)
    assert loader is not None  # noqa: S101 - the driver knows PostgreSQL's own types
    adapters.register_loader(TIMESTAMPTZ, loader)
    return adapters


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, in what it gives."""

    _kept: Any = None  # the driver's cursor for ``rows_of``, of the connection that is open

    def rows_of(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        """All rows of a statement, as a new cursor would give them; what is watched or logged goes through one.

        To make a cursor and what Django lays around it costs as much as a small statement takes.
        """
        if self.queries_logged or self.execute_wrappers:
            with self.cursor() as cursor:
                cursor.execute(sql, parameters)
                return cast("list[tuple[Any, ...]]", cursor.fetchall())
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            if self._kept is None or self._kept.connection is not self.connection:
                self._kept = self.connection.cursor()
            return cast("list[tuple[Any, ...]]", self._kept.execute(sql, parameters).fetchall())

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params["context"] = _reading(params["context"])
        return params

    def create_cursor(self, name: str | None = None) -> Any:
        """Django asks its reader of moments, before each statement, whether the zone is still that of the connection;
        ours always is."""
        if name is None:
            return self.connection.cursor()
        return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)

    def is_usable(self) -> bool:
        """A server that ends a connection says so, and what it said waits at the socket: only then need it be asked.

        To ask before every request would cost a statement of the few that a page has.
        """
        if self.connection is None or self.connection.closed:
            return False
        told = select.poll()
        told.register(self.connection.fileno(), select.POLLIN)
        if not self.errors_occurred and not told.poll(0):
            return True
        return bool(super().is_usable())
