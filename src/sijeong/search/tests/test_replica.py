"""A replica follows its government's changes: whatever dies, whoever else follows, in whatever order is committed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sijeong.search import outbox, searching
from sijeong.search.engine import Asked, Document, Reach
from sijeong.search.models import Change
from sijeong.search.replica import NotBuilt, Replica
from sijeong.search.shelf import TantivyWriter

ALL = (Reach(frozenset({"all"}), inner=True),)


class Shelf:
    """A source of documents that a test writes: what is there now, by id."""

    kind = "note"

    def __init__(self):
        self.texts: dict[int, str] = {}

    def concerned(self, kind, ids):
        return ids if kind == self.kind else set()

    def documents(self, government_id, ids):
        return (Document(self.kind, id, self.texts[id], frozenset({"all"})) for id in ids if id in self.texts)

    def ids(self, government_id):
        return sorted(self.texts)

    def count(self, government_id):
        return len(self.texts)


NOTES = Shelf()


@pytest.fixture
def notes(settings):
    settings.SEARCH_SOURCES = [f"{__name__}.NOTES"]
    NOTES.texts = {}
    return NOTES.texts


@pytest.fixture
def replica(city, notes):
    made = Replica(city.seoul)
    made.rebuild()
    return made


def write(city, notes, id, text):
    notes[id] = text
    outbox.changed(city.seoul.pk, "note", [id])


def found(replica, q=""):
    return sorted(hit.id for hit in replica.reader().search(Asked(q, ALL, limit=100)).hits)


def test_what_is_written_is_found_and_what_is_gone_is_not(city, notes, replica):
    write(city, notes, 1, "어린이 보호구역")
    write(city, notes, 2, "한강 공원")
    assert replica.behind().changes == 2
    assert replica.follow().changes == 0 and found(replica) == [1, 2]
    del notes[1]
    write(city, notes, 2, "어린이 공원")
    outbox.changed(city.seoul.pk, "note", [1])
    replica.follow()
    assert found(replica, "어린이") == [2]
    # Following again does nothing again.
    before = replica.position()
    replica.follow()
    assert replica.position() == before


def test_nothing_is_built_yet(city):
    with pytest.raises(NotBuilt, match="서울특별시"):
        Replica(city.seoul).reader()


def test_a_government_finds_nothing_of_another(city, notes, replica):
    write(city, notes, 1, "청사")
    replica.follow()
    answered = searching.search(city.jung_gu, Asked("", ()))
    assert answered.found.total == 0 and not Change.objects.filter(government=city.jung_gu).exists()


def test_who_has_no_key_finds_nothing(city, notes, replica):
    write(city, notes, 1, "청사")
    replica.follow()
    for reaches in ((), (Reach(frozenset()),), (Reach(frozenset({"else"})),)):
        assert replica.reader().search(Asked("청사", reaches)).total == 0


def test_it_begins_anew_where_the_log_no_longer_continues(city, notes, replica):
    write(city, notes, 1, "청사")
    replica.follow()
    assert replica.is_sound()
    # A backup was put back: the change that was followed never happened.
    Change.objects.all().delete()
    assert not replica.is_sound()
    assert searching.search(city.seoul, Asked("청사", ALL)).found.total == 1 and replica.is_sound()


def test_old_changes_are_forgotten_but_for_the_last(city, notes, replica):
    for id in range(5):
        write(city, notes, id, "청사")
    Change.objects.update(at=timezone.now() - dt.timedelta(days=40))
    behind = Replica(city.seoul).position()
    assert outbox.prune(city.seoul.pk) == (4 if connection.vendor == "sqlite" else 0)
    if connection.vendor == "sqlite":
        assert not outbox.knows(city.seoul.pk, behind)
    searching.search(city.seoul, Asked("", ALL))
    assert found(replica) == [0, 1, 2, 3, 4] and replica.is_sound()


def test_a_rebuild_loses_nothing_that_changes_meanwhile(city, notes, replica):
    for id in range(600):
        write(city, notes, id, "청사")

    def meanwhile(done, total):
        if done == 500:
            write(city, notes, 1, "한강")
            write(city, notes, 700, "한강")
            replica.follow()
            assert found(replica, "한강") == [1, 700]  # the one that stands answers and follows

    assert replica.rebuild(meanwhile) == 600
    assert replica.behind().changes
    replica.follow()
    assert found(replica, "한강") == [1, 700] and replica.reader().count() == 601
    assert len([path for path in replica.folder.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_that_breaks_leaves_the_old_index(city, notes, replica):
    write(city, notes, 1, "청사")
    replica.follow()

    def breaks(done, total):
        raise RuntimeError("disk")

    with pytest.raises(RuntimeError):
        replica.rebuild(breaks)
    assert found(replica) == [1]
    assert len([path for path in replica.folder.iterdir() if path.is_dir()]) == 1


def test_two_replicas_each_follow_for_themselves(city, notes, replica, settings, tmp_path):
    write(city, notes, 1, "청사")
    replica.follow()
    settings.SEARCH_ROOT = tmp_path
    other = Replica(city.seoul)
    other.rebuild()
    write(city, notes, 2, "청사")
    assert (replica.follow().changes, other.follow().changes) == (0, 0)
    assert found(replica) == found(other) == [1, 2]


def test_of_two_that_follow_at_once_one_writes(city, notes, replica):
    write(city, notes, 1, "청사")
    with replica._held("writing") as ours:
        assert ours
        assert Replica(city.seoul).follow(0.05).changes == 1
    assert Replica(city.seoul).follow().changes == 0


@pytest.mark.parametrize("step", ["put", "before", "after"])
def test_a_process_killed_at_any_step_loses_nothing(city, notes, replica, monkeypatch, step):
    """kill -9 in the middle of following: before the commit nothing happened, after it all of it did."""
    write(city, notes, 1, "청사")
    replica.follow()
    write(city, notes, 2, "청사")
    write(city, notes, 3, "청사")
    put, commit = TantivyWriter.put, TantivyWriter.commit

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    def dying_put(self, document):
        put(self, document)
        if step == "put" and document.id == 2:
            die()

    def dying_commit(self, mark):
        if step == "before":
            die()
        commit(self, mark)
        die()

    waiting = list(outbox.after(city.seoul.pk, replica.position()))
    child = os.fork()
    if child == 0:  # the child asks no database: a connection is its parent's
        monkeypatch.setattr(TantivyWriter, "put", dying_put)
        monkeypatch.setattr(TantivyWriter, "commit", dying_commit)
        writer = TantivyWriter(replica._current(), 0)
        replica._apply(writer, waiting)
        writer.commit(
            outbox.Position(waiting[-1].transaction, waiting[-1].pk, waiting[-1].at.isoformat()).as_mark()
        )
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert found(replica) == ([1, 2, 3] if step == "after" else [1])
    assert replica.behind().changes == (0 if step == "after" else 2)
    replica.follow()
    assert found(replica) == [1, 2, 3]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_lower_number_that_commits_later_is_not_overtaken(city, notes, replica):
    """On PostgreSQL the first writer may be the last to commit."""
    first_wrote, second_done = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                outbox.changed(city.seoul.pk, "note", [1])
                first_wrote.set()
                assert second_done.wait(10)
                notes[1] = "청사"
        finally:
            connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert first_wrote.wait(10)
    write(city, notes, 2, "청사")
    # The later one is found at once, though the horizon stands before it.
    assert replica.follow().changes == 0 and found(replica) == [2]
    assert replica.position().ahead and not replica.position().change
    # A rebuild in the gap must not take the open one for followed either.
    replica.rebuild()
    assert found(replica) == [2]
    second_done.set()
    writer.join()
    replica.follow()
    assert found(replica) == [1, 2]
