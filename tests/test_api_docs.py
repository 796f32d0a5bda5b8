"""docs/api.md tells today's truth: its client runs, its tables are the program's."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sijeong.cases.models import Case
from sijeong.cases.tests.filed import applied, bring
from sijeong.links.endpoints import told_of
from sijeong.links.scopes import Scope
from sijeong.links.tests.keys import token_of
from sijeong.org.tests.people import city

__all__ = ["applied", "city"]
PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text("utf-8")


def rows(mark: str) -> list[list[str]]:
    table = PAGE.partition(f"<!-- {mark} -->\n")[2].partition("\n\n")[0]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_its_tables_are_the_programs():
    assert rows("scopes") == [[scope.value, scope.label] for scope in Scope]
    assert rows("problems") == [[uri, str(status), title, advice] for uri, status, title, advice in told_of()]


@pytest.mark.postgres  # the test and the server act at once: in memory, SQLite has one connection for both
@pytest.mark.django_db(transaction=True)
def test_its_client_runs(applied, live_server, tmp_path):
    code = re.search(r"```python\n(.+?)```", PAGE, re.DOTALL)[1]
    assert len([line for line in code.splitlines() if line.strip()]) <= 21
    program = tmp_path / "client.py"
    program.write_text(code, "utf-8")
    args = [sys.executable, program, live_server.url, token_of(applied, "member")]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as client:
        patience = threading.Timer(60, client.kill)
        patience.start()
        while not Case.objects.exists() and client.poll() is None:
            pass
        bring(applied, Case.objects.get(), "delivered")
        told, wrong = client.communicate()
        patience.cancel()
    assert (client.returncode, wrong) == (0, "")
    assert told.strip() == f"{Case.objects.get().number} 붙임과 같이 제출합니다."
