"""``make`` does each step of setting up once, in order, and again only when what it was made from has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Stands for python3, pip, uv and sijeong: makes the environment's programs (itself again) and notes what was asked.
PYTHON = """#!/bin/sh
case "$*" in
*version_info*) exit ${OLD:-0} ;;
"-m venv .venv") [ -z "$NO_VENV" ] || exit 1; mkdir -p .venv/bin; cp "$0" .venv/bin/python; cp "$0" .venv/bin/sijeong ;;
esac
echo "$(basename "$0") $*" >> asked
echo "$PYTHONDONTWRITEBYTECODE $PYTHONPYCACHEPREFIX" >> compiled
"""
VENV = "python3 -m venv .venv"
UV = "python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock"
SYNC = "python tools/uv.py pip sync --require-hashes {}.lock"
INSTALL = "python tools/uv.py pip install --quiet --no-deps --no-build-isolation --reinstall-package sijeong --editable ."


class Checkout:
    """A bare copy of what make looks at, with a python3 that only takes notes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (
            "Makefile",
            "pyproject.toml",
            "hatch_build.py",
            *(p.name for p in ROOT.glob("requirements*.lock")),
        ):
            shutil.copy(ROOT / name, folder)
        (folder / "frontend" / "src").mkdir(parents=True)
        (folder / "frontend" / "src" / "app.ts").touch()
        (folder / "python3").write_text(PYTHON)
        (folder / "python3").chmod(0o755)
        self.clock = 1_700_000_000
        for path in folder.rglob("*"):
            os.utime(path, (self.clock, self.clock))

    def make(self, *words: str, code: int = 0, **variables: str) -> str:
        command = ["make", "--no-print-directory", "PYTHON=./python3", *words]
        done = subprocess.run(
            command, cwd=self.folder, env=os.environ | variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def asked(self) -> list[str]:
        """What was asked of the programs since the last time."""
        notes = self.folder / "asked"
        lines = notes.read_text().splitlines() if notes.exists() else []
        notes.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_fresh_machine_gets_everything_in_order(checkout: Checkout):
    told = checkout.make("demo")
    assert checkout.asked() == [VENV, UV, SYNC.format("requirements"), INSTALL, "sijeong demo"]
    assert [told.index(f"▶ {step}/3") for step in (1, 2, 3)] == sorted(
        told.index(f"▶ {step}/3") for step in (1, 2, 3)
    )


def test_programs_are_compiled_once_whatever_the_shell_says(checkout: Checkout):
    checkout.make("demo", PYTHONDONTWRITEBYTECODE="1")
    told = (checkout.folder / "compiled").read_text().splitlines()
    assert set(told) == {f" {checkout.folder}/.venv/compiled"}


def test_the_second_time_it_starts_at_once(checkout: Checkout):
    checkout.make("demo")
    checkout.asked()
    checkout.make("demo", "ARGS=--port 9000")
    assert checkout.asked() == ["sijeong demo --port 9000"]


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("requirements.lock", [SYNC.format("requirements"), INSTALL]),
        ("requirements-bootstrap.lock", [VENV, UV, SYNC.format("requirements"), INSTALL]),
        ("frontend/src/app.ts", [INSTALL]),
        ("hatch_build.py", [INSTALL]),
        ("pyproject.toml", [INSTALL]),
        ("requirements-dev.lock", []),
    ],
)
def test_only_what_changed_is_made_again(checkout: Checkout, changed, again):
    checkout.make("demo")
    checkout.asked()
    os.utime(checkout.folder / changed)
    later = (checkout.folder / ".venv" / ".installed").stat().st_mtime + 5
    os.utime(checkout.folder / changed, (later, later))
    checkout.make("demo")
    assert checkout.asked() == [*again, "sijeong demo"]


def test_what_the_tests_need_is_added_once_and_stays(checkout: Checkout):
    checkout.make("demo")
    checkout.make(".venv/.installed", "MAKECMDGOALS=test")
    assert checkout.asked()[-2:] == [SYNC.format("requirements-dev"), INSTALL]
    checkout.make("demo")
    assert checkout.asked() == ["sijeong demo"]


def test_an_old_python_is_told_what_is_needed(checkout: Checkout):
    assert "Python 3.11 이상이 필요합니다" in checkout.make("demo", code=2, OLD="1")
    assert not (checkout.folder / ".venv").exists()


def test_a_python_without_venv_is_told_what_to_install(checkout: Checkout):
    assert "apt install python3-venv" in checkout.make("demo", code=2, NO_VENV="1")


def test_a_step_that_failed_is_done_again(checkout: Checkout):
    checkout.make("demo", code=2, NO_VENV="1")
    checkout.asked()
    checkout.make("demo")
    assert checkout.asked() == [VENV, UV, SYNC.format("requirements"), INSTALL, "sijeong demo"]


def test_spark_is_added_once_and_again_after_the_rest(checkout: Checkout):
    spark = "python tools/uv.py pip install --quiet --require-hashes --require-build-hashes"
    spark += " --build-constraints requirements-spark.lock -r requirements-spark.lock"
    for asked in ([VENV, UV, SYNC.format("requirements-dev"), INSTALL, spark], []):
        checkout.make(".venv/.spark", "MAKECMDGOALS=test")
        assert checkout.asked() == asked
    later = (checkout.folder / ".venv" / ".spark").stat().st_mtime + 5
    os.utime(checkout.folder / "pyproject.toml", (later, later))
    checkout.make(".venv/.spark", "MAKECMDGOALS=test")
    assert checkout.asked() == [INSTALL, spark]  # a sync of the lock takes away what is not in it
