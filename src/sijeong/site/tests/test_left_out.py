"""Where nothing may be left out, a test that skips has failed, however it was skipped."""

import os
import subprocess
import sys

import pytest

from .installation import ROOT
from .left_out import EVERYTHING, WRONGLY

TESTS = """
import pytest

@pytest.mark.postgres
@pytest.mark.skip
def test_on_postgresql(): pass

@pytest.mark.samples
@pytest.mark.skip
def test_of_documents_that_are_not_ours(): pass

@pytest.mark.skipif(True, reason="no browser")
def test_marked(): pass

def test_on_its_way():
    pytest.skip("no Java")

@pytest.fixture
def server():
    pytest.skip("no server")

def test_in_a_fixture(server): pass

@pytest.mark.xfail
def test_expected_to_fail():
    assert False
"""
WHOLE = 'import pytest\npytest.importorskip("nothing_such")\ndef test_never_seen(): pass\n'
WRONG = {"test_marked", "test_on_its_way", "test_in_a_fixture", "test_expected_to_fail", "test_whole.py"}


@pytest.mark.parametrize(
    ("everything", "options", "failed"),
    [("", [], set()), ("1", [], WRONG), ("1", ["--postgres"], WRONG | {"test_on_postgresql"})],
)
def test_what_is_left_out_is_told(tmp_path, everything, options, failed):
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    postgres\n    samples\n")
    (tmp_path / "conftest.py").write_text(
        "def pytest_addoption(parser):\n    parser.addoption('--postgres', action='store_true')\n"
    )
    (tmp_path / "test_parts.py").write_text(TESTS)
    (tmp_path / "test_whole.py").write_text(WHOLE)
    plugins = [
        f"-p{name}" for name in ("sijeong.site.tests.left_out", "no:django", "no:xdist", "no:schemathesis")
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rfE", "--continue-on-collection-errors", *plugins, *options],
        env=os.environ | {EVERYTHING: everything, "PYTHONPATH": str(ROOT / "src")}, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR "))]
    assert {line.split()[1].rpartition("::")[2] for line in told} == failed, done.stdout + done.stderr
    assert (done.returncode != 0) == bool(failed)
    assert done.stdout.count(WRONGLY) >= len(failed)
