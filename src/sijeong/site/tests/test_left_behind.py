"""A worker that was killed leaves its task begun: another takes it up, and leaves alone what a living one does."""

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from sijeong.site import heartbeat
from sijeong.site.left_behind import Watch

from .slow_task import write_slowly

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(tmp_path):
    """A task in the hands of each named worker."""
    cache.clear()

    def begun(*workers):
        task = DBTaskResult.objects.get(pk=write_slowly.enqueue(str(tmp_path)).id)
        for worker in workers:
            task.claim(worker)
        return task

    return begun


def state(task):
    task.refresh_from_db()
    return task.status


def test_what_the_dead_left_is_put_back_and_what_the_living_do_is_not(begun):
    heartbeat.beat("living")
    dead, living, waiting, watch = begun("dead"), begun("living"), begun(), Watch()
    assert watch.look(100.0) == 0 and state(dead) == "RUNNING"
    assert watch.look(100.0 + heartbeat.LOST_AFTER) == 1
    assert (state(dead), state(living), state(waiting)) == ("READY", "RUNNING", "READY")


def test_a_beat_missed_once_is_forgiven(begun):
    task, watch = begun("slow"), Watch()
    watch.look(0.0)
    heartbeat.beat("slow")
    watch.look(20.0)
    cache.clear()
    assert watch.look(40.0) == 0 and state(task) == "RUNNING"


def test_a_task_that_kills_everyone_is_given_up(begun):
    task, watch = begun("one", "two", "three"), Watch()
    watch.look(0.0)
    assert watch.look(heartbeat.LOST_AFTER) == 1 and state(task) == "FAILED"
