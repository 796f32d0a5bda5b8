"""A PostgreSQL cluster of the tests' own: made in a temporary folder, on a free port, gone at the end.

As a program (``python -m sijeong.site.tests.cluster sijeong serve``) it runs a command on one; without a command it
says by its exit code whether one can be had.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MISSING = "PostgreSQL이 없습니다: apt install postgresql (또는 DATABASE_URL=postgres://…)"
# Nothing here outlives the run, so nothing waits for the disk.
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


def binaries() -> Path | None:
    """The folder of the newest server on this machine: Debian's place first, then PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda found: float(found.parts[-3]),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    for initdb in [*debian, *([Path(on_path).resolve()] if on_path else [])]:
        if (initdb.parent / "pg_ctl").exists():
            return initdb.parent
    return None


def _owner() -> str | None:
    """PostgreSQL refuses to run as root; there, whom to run it as."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run PostgreSQL with its data below ``folder`` (private; a new one where it is empty) and give its DATABASE_URL."""
    found, owner, port = binaries(), _owner(), _free_port()
    if found is None:
        raise FileNotFoundError(MISSING)
    data = folder / "data"
    if owner:
        shutil.chown(folder, owner)

    def run(program: str, *args: str) -> None:
        done = subprocess.run(
            [found / program, "-D", data, *args],
            user=owner,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")

    if (data / "postmaster.pid").exists():  # whoever started it was killed
        with suppress(RuntimeError):
            run("pg_ctl", "-m", "fast", "stop")
    if not (data / "PG_VERSION").exists():
        run("initdb", "-U", "sijeong", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    place = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"{place} {SETTINGS}", "start")
    try:
        yield f"postgres://sijeong@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-m", "fast", "stop")


@contextmanager
def throw_away() -> Iterator[str]:
    """Run a cluster in a temporary folder and give its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="sijeong-postgres-") as folder, cluster(Path(folder)) as url:
        yield url


def main(command: list[str]) -> int:
    """Run ``command`` on a throw-away cluster; without one, say whether a cluster can be had."""
    if command:
        with throw_away() as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode
    if not os.environ.get("DATABASE_URL", "").startswith("postgres") and binaries() is None:
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
