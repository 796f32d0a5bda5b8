"""A worker outlives a database that is locked or away, and does again what it could not finish writing."""

import pytest
from django.db import OperationalError
from django_tasks import task
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from sijeong.site.commands import worker

pytestmark = pytest.mark.django_db(transaction=True)


@task
def nothing() -> None:
    """Done at once."""


@pytest.fixture
def hand(monkeypatch):
    monkeypatch.setattr(worker, "AGAIN", 0.0)
    return worker.Calm(
        queue_names=["*"], interval=0.01, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="w" * 32, excluded_queue_names=[],
    )  # fmt: skip


def failing_once(monkeypatch, owner, name):
    """The named function, which at its first call finds the database locked."""
    real, calls = getattr(owner, name), []

    def fails_once(*args, **kwargs):
        calls.append(name)
        if len(calls) == 1:
            raise OperationalError("database is locked")
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, fails_once)
    return calls


def test_a_locked_queue_is_asked_again(hand, monkeypatch):
    begun = nothing.enqueue()
    calls = failing_once(monkeypatch, db_worker, "exclusive_transaction")
    hand.run()
    assert len(calls) > 1 and DBTaskResult.objects.get(pk=begun.id).status == "SUCCESSFUL"


def test_a_task_whose_end_was_not_written_is_done_again(hand, monkeypatch):
    begun = nothing.enqueue()
    failing_once(monkeypatch, DBTaskResult, "set_successful")
    calls = failing_once(monkeypatch, DBTaskResult, "set_failed")
    hand.run()
    done = DBTaskResult.objects.get(pk=begun.id)
    assert (done.status, len(done.worker_ids), len(calls)) == ("SUCCESSFUL", 2, 1)
