"""A pytest plugin: lets the test runner empty its own throw-away database between transactional tests.

Emptying goes past the journal's guard, which refuses DELETE and TRUNCATE. So the guard is taken down, as a migration
would, for the length of that flush and put up again before the next test. Nothing outside pytest loads this.
"""

from collections.abc import Sequence
from importlib import import_module

import pytest
from django.db import connections, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

guards = import_module("sijeong.audit.migrations.0002_append_only")
EVENTS = "audit_event"


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_journal():
    """Wraps what ``flush`` executes for the session."""
    plain = BaseDatabaseOperations.execute_sql_flush

    def unguarded(operations: BaseDatabaseOperations, statements: Sequence[str]) -> None:
        if not any(EVENTS in statement for statement in statements):
            plain(operations, statements)
            return
        connection = connections[operations.connection.alias]
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in guards.UNDO[connection.vendor]:
                cursor.execute(statement)
            plain(operations, statements)
            for statement in guards.GUARDS[connection.vendor]:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unguarded)
        yield
