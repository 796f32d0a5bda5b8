"""A worker killed while it writes an allocation: another takes the run up, and nothing is left of the half result."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing

from sijeong.site.tests.installation import PATIENCE, Installation

PREPARE = """
from sijeong.allocation import actions, tasks
from sijeong.allocation.tests.made import Made
from sijeong.org.models import Government
from sijeong.org.tests.people import build_city
Government.objects.update(code="founded")
made = Made(build_city())
found = made.round(tables=made.tables("home_care", scale=0.4))
tasks.work.enqueue(run_id=actions.solve(found=found, by=made.viewer("officer")).pk)
"""
STANDING = """
SELECT r.state, u.state, u.attempts, (SELECT count(*) FROM allocation_decision),
    (SELECT count(DISTINCT number) FROM allocation_decision), (SELECT count(*) FROM allocation_holding)
FROM allocation_round r JOIN allocation_run u ON u.round_id = r.id
"""
PEOPLE, BATCH = 23_778, 5_000


def test_a_run_whose_worker_is_killed_while_writing_is_taken_up_again_and_comes_out_whole(
    installation: Installation,
):
    installation.python(PREPARE)
    path = installation.data / "sijeong.sqlite3"
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as database:

        def standing() -> tuple:
            return database.execute(STANDING).fetchone()

        with installation.started("worker") as worker:
            until = time.monotonic() + PATIENCE
            some = "SELECT 1 FROM allocation_decision LIMIT 1"
            while not database.execute(some).fetchone() and time.monotonic() < until:
                time.sleep(0.002)
            database.execute("BEGIN IMMEDIATE")  # nobody else writes from here on
            worker.send_signal(signal.SIGKILL)
            worker.wait(30)
            database.execute("COMMIT")
        state, run, attempts, written, *_ = standing()
        assert (state, run, attempts) == ("solving", "running", 1)
        assert 0 < written < PEOPLE and written % BATCH == 0
        # A minute later nobody has heard of it, and its task is put back.
        database.execute("UPDATE allocation_run SET beat_at = '2026-01-01 00:00:00'")
        database.execute("UPDATE django_tasks_database_dbtaskresult SET status = 'READY', started_at = NULL")
        with installation.started("worker") as worker:
            while standing()[0] != "solved" and time.monotonic() < until + PATIENCE:
                time.sleep(0.1)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        assert standing() == ("solved", "done", 2, PEOPLE, PEOPLE, 0)
