"""Django's PostgreSQL, whose connections are looked at before a request instead of asked."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that ends a connection says so, and what it said waits at the socket: only then need it be asked.

    To ask before every request would cost a statement of the few that a page has.
    """

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        told = select.poll()
        told.register(self.connection.fileno(), select.POLLIN)
        if not self.errors_occurred and not told.poll(0):
            return True
        return bool(super().is_usable())
