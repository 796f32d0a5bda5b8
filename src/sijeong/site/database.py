"""The database as a whole: which one it is, which migrations wait, bringing it to this version's shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate as django_migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Progress = Callable[[int, int], None]


def described() -> str:
    """Which database this installation uses, without its password."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite {told['NAME']}"
    return f"PostgreSQL {told['NAME']} ({told['HOST'] or 'localhost'}:{told['PORT'] or 5432})"


def waiting() -> list[str]:
    """Migrations that this version has and the database has not, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown(applied: Iterable[str] | None = None) -> list[str]:
    """Migrations that the database (or another, whose list is given) has and this version has not: it is newer."""
    loader = MigrationExecutor(connection).loader
    ours = {f"{app}.{name}" for app, name in loader.disk_migrations}
    rooms = {app for app, _ in loader.disk_migrations}
    names = applied if applied is not None else (f"{app}.{name}" for app, name in loader.applied_migrations)
    return sorted(name for name in names if name not in ours and name.partition(".")[0] in rooms)


def migrate(progress: Progress = lambda done, total: None) -> int:
    """Apply every waiting migration and make the cache's table. How many were applied."""
    total = len(waiting())
    progress(0, total)

    class Told(django_migrate.Command):
        done = 0

        def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
            if action == "apply_success":
                self.done += 1
                progress(self.done, total)

    call_command(Told(), verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return total
