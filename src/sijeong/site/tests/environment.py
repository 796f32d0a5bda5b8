"""Loaded by pytest before anything of Django: tests run in test mode, whatever the shell says.

Without ``--postgres`` they run on SQLite; with it on DATABASE_URL, or on a cluster of their own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest

from .cluster import throw_away

os.environ["SIJEONG_MODE"] = "test"
# A parallel worker loads this after the settings, and has its parent's folder by then.
if "PYTEST_XDIST_WORKER" not in os.environ:
    FOLDER = tempfile.TemporaryDirectory(prefix="sijeong-test-")
    os.environ["SIJEONG_DATA"] = FOLDER.name


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres", action="store_true", help="run on PostgreSQL: DATABASE_URL, or a cluster of its own"
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Choose the database before pytest-django reads the settings."""
    given = os.environ.get("DATABASE_URL", "")
    if not early_config.known_args_namespace.postgres:
        os.environ.pop("DATABASE_URL", None)
    elif not given.startswith("postgres"):
        running = throw_away()
        os.environ["DATABASE_URL"] = running.__enter__()
        early_config.add_cleanup(lambda: running.__exit__(None, None, None))
    return (yield)
