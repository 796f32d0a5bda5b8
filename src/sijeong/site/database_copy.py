"""A consistent copy of the running database in one file, and putting such a file in the database's place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, connections

# Everything in the schema that an extension did not bring, so that nothing of the database before stays behind.
EMPTY_THE_SCHEMA = """
DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') LOOP
        EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', it.name);
    END LOOP;
    FOR it IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
        EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', it.name);
    END LOOP;
END $$"""


# The name of a copy tells of which kind of database it is.
FILE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


class CopyFault(Exception):
    """The database could not be copied or put back; the text says why and what to do."""


def file_name() -> str:
    """The name of a copy of this installation's database."""
    return FILE_NAMES[connection.vendor]


def copy_to(target: Path) -> None:
    """Write the database as it is at one moment, while others go on writing."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def put_back(source: Path, old: Path) -> None:
    """Make ``source`` the database: wholly, or not at all. The one before is kept at ``old``.

    Raises CopyFault where others are connected.
    """
    if connection.vendor == "sqlite":
        connections.close_all()
        _swap_sqlite(source, Path(connection.settings_dict["NAME"]), old)
    else:
        _refuse_if_shared()
        copy_to(old)
        script = source.with_suffix(".sql")
        # First all of it to a file: psql would take a stream that breaks off for a stream that ends.
        _client("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        connections.close_all()
        _run("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
             f"--command={EMPTY_THE_SCHEMA}", f"--file={script}")  # fmt: skip


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        if (told := new.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise CopyFault(f"데이터베이스가 상했습니다: {told}")


def _swap_sqlite(source: Path, target: Path, old: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # The log belongs to the file it was written for: left behind, it would be played into the new one.
    for ending in ("-wal", "-shm", ""):
        here = target.with_name(target.name + ending)
        if here.exists():
            os.replace(here, old.with_name(old.name + ending))
    os.replace(source, target)


def _refuse_if_shared() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
    if others:
        raise CopyFault(
            f"데이터베이스에 다른 연결이 {others}개 있습니다: sijeong serve 와 worker 를 모두 멈추십시오."
        )


def program(name: str) -> str:
    """A PostgreSQL client program: the newest on this machine, which reads every older server."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if not found:
        raise CopyFault(f"{name} 이 없습니다: apt install postgresql-client")
    return found


def _run(name: str, *args: str) -> None:
    """Run a program against this installation's database; the password goes by the environment."""
    psql, variables = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    *where, database = psql[1:]
    _client(name, *where, f"--dbname={database}", *args, **(variables or {}))


def _client(name: str, *args: str, **variables: str) -> None:
    variables["PGOPTIONS"] = "-c lock_timeout=20s"
    done = subprocess.run(  # noqa: S603 - our own words and the settings' values, no shell
        [program(name), *args], env=os.environ | variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CopyFault(f"{name}: {' '.join(done.stderr.split())}")
