"""Tasks that a dead worker left behind: put back in the queue, for another worker to do again.

A worker that is killed says nothing, and its task would stay begun for ever. Each worker beats under its own name; a
task whose worker is silent for a while is put back. Tasks are written to be done again: they ask first what is done.
"""

from __future__ import annotations

from uuid import UUID

import structlog
from django.core.cache import cache
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from . import heartbeat

log = structlog.get_logger("sijeong.worker")
TRIES = 3  # a task that kills whoever does it is not given to a fourth


class Watch:
    """What one worker has seen of the others' tasks: a beat missed once may have been cleared away with the cache."""

    def __init__(self) -> None:
        self.missed: dict[UUID, float] = {}

    def look(self, now: float) -> int:
        """Put back what was silent for `heartbeat.LOST_AFTER` seconds (`now` in seconds); how many that were."""
        running = {task.pk: task for task in DBTaskResult.objects.running()}
        silent = {pk for pk, task in running.items() if not heard(task)}
        self.missed = {pk: self.missed.get(pk, now) for pk in silent}
        lost = [pk for pk, since in self.missed.items() if now - since >= heartbeat.LOST_AFTER]
        return sum(put_back(running[pk]) for pk in lost)


def heard(task: DBTaskResult) -> bool:
    """Whether the worker that has the task beats."""
    return cache.get(heartbeat.key_of(task.worker_ids[-1] if task.worker_ids else "")) is not None


def put_back_of(worker_id: str) -> int:
    """Put back what this worker began and did not end; how many that were."""
    begun = [task for task in DBTaskResult.objects.running() if task.worker_ids[-1:] == [worker_id]]
    return sum(put_back(task) for task in begun)


def put_back(task: DBTaskResult) -> bool:
    """Into the queue again, or among the failed when three workers died of it; False where somebody was faster."""
    again = len(task.worker_ids) < TRIES
    found = DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids)
    if again:
        changed = found.update(status=TaskResultStatus.READY, started_at=None)
    else:
        changed = found.update(
            status=TaskResultStatus.FAILED, exception_class_path="builtins.ChildProcessError",
            traceback="the worker died three times",
        )  # fmt: skip
    if changed:
        log.warning("task_put_back", task=task.task_path, workers=len(task.worker_ids), again=again)
    return bool(changed)
