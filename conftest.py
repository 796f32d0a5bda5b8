"""What holds for every test: which database it wants, what may be left out, who shares a browser."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib import import_module
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.management.color import Style
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from sijeong.site.tests import cluster

POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
WITHOUT_POSTGRES = "PostgreSQL에서 돌 때: make test" if cluster.binaries() else cluster.MISSING
# Fixtures that bring an SQLite database of their own.
OWN_SQLITE = {"founded", "installation", "nothing_yet"}
DATABASE = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}
# What Django tells itself of the models, the same after every test.
KEPT = {"django_content_type", "auth_permission"}

hypothesis.settings.register_profile("sijeong", deadline=None, print_blob=True)
hypothesis.settings.load_profile("sijeong")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and not POSTGRES:
            item.add_marker(pytest.mark.skip(reason=WITHOUT_POSTGRES))
        elif item.get_closest_marker("browser"):
            # One file's pages share one chromium, and two files run beside each other.
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        elif OWN_SQLITE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("installation"))
    if POSTGRES:
        again = {item for item in items if not _says_more_on_postgres(item)}
        config.hook.pytest_deselected(items=[item for item in items if item in again])
        items[:] = [item for item in items if item not in again]


def _says_more_on_postgres(item: pytest.Item) -> bool:
    """Whatever asks a database runs on both; what is the same on both has been seen on SQLite.

    That is: what asks none, what brings its own, what a browser sees, whose statements the tests of the same pages
    without a browser ask too, and what is marked ``alike``. A browser test marked ``postgres_too`` is run again.
    """
    if item.get_closest_marker("postgres") or item.get_closest_marker("postgres_too"):
        return True
    if item.get_closest_marker("alike"):
        return False
    wanted = set(getattr(item, "fixturenames", ()))
    if OWN_SQLITE & wanted or item.get_closest_marker("browser"):
        return False
    return bool(DATABASE & wanted) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef) -> Iterator[object]:
    """Making the tables makes ten thousand classes; looking for garbage among them took a quarter of it."""
    if fixturedef.argname != "django_db_setup":
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


TESTS = count()


@pytest.fixture(autouse=True)
def _own_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The rows of a test are gone after it, and so is what was indexed of them. Made when something is searched."""
    settings.SEARCH_ROOT = Path(tmp_path_factory.getbasetemp(), "search", str(next(TESTS)))


@pytest.fixture(scope="session", autouse=True)
def _emptied_past_the_guards() -> Iterator[None]:
    """A test with real transactions empties all tables after itself: also the journal, which refuses that.

    Of a hundred tables it has filled ten. What Django itself keeps of the models stays there, and is not made anew.
    """
    guards = import_module("sijeong.audit.migrations.0002_append_only")
    flush = BaseDatabaseOperations.execute_sql_flush

    def of_filled(
        self: BaseDatabaseOperations, _style: Style, tables: list[str], **_more: object
    ) -> list[str]:
        asked = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {self.quote_name(name)})" for name in tables]  # noqa: S608 - our own tables
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked))
            filled = {name for (name,) in cursor} - KEPT
        return [f"DELETE FROM {self.quote_name(name)}" for name in sorted(filled)]  # noqa: S608

    def flush_all(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        vendor = self.connection.vendor
        flush(self, [*guards.UNDO[vendor], *sql_list, *guards.GUARDS[vendor]] if sql_list else [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_all)
        patch.setattr(type(connection.ops), "sql_flush", of_filled)
        patch.setattr(
            "django.core.management.commands.flush.emit_post_migrate_signal", lambda *_args, **_more: None
        )
        yield
