"""Two releases at the same moment never give a seat twice. PostgreSQL lets both in; SQLite queues them."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction

from sijeong.allocation import actions
from sijeong.allocation.errors import AllocationError
from sijeong.allocation.models import Holding

from .made import FIRST, LAST

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = ["접수번호", "접수시각", "등급", "자치구"]
PLACES = [
    ["기관번호", "기관명", "자치구", "정원"],
    ["A", "중구 의원", "중구", "3"],
    ["B", "종로 의원", "종로구", "3"],
]


@pytest.fixture(autouse=True)
def on_disk(transactional_db, tmp_path):
    """SQLite as it runs in earnest: a file that threads queue for, not the tests' shared memory."""
    if connection.vendor != "sqlite":
        yield
        return
    memory, settings = connections["default"], connections.settings["default"]
    memory.ensure_connection()
    file = sqlite3.connect(tmp_path / "test.sqlite3")
    memory.connection.backup(file)
    file.close()
    name, settings["NAME"] = settings["NAME"], str(tmp_path / "test.sqlite3")
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    settings["NAME"], connections["default"] = name, memory


def at_once(*acts):
    """Run the acts in threads that start together; each one's refusal, or None where it went through."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except AllocationError as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def submitted(made, letter, count):
    rows = [HEAD, *([f"{letter}{k}", str(k), "가", "중구"] for k in range(count))]
    return made.bring(made.round(tables={"applicants": rows, "resources": PLACES}), "submitted")


def test_of_two_releases_for_the_same_seats_one_is_refused(made):
    rounds = [submitted(made, letter, 4) for letter in "PQ"]
    head = made.viewer("head")
    told = at_once(*[lambda r=r: actions.release(found=r, by=head) for r in rounds])
    assert sorted(type(t).__name__ for t in told) == ["AllocationError", "NoneType"]
    taken = [
        (h.resource_id, seat) for h in Holding.objects.all() for seat in range(h.first_seat, h.last_seat + 1)
    ]
    assert len(taken) == len(set(taken)) == 4


def test_releases_that_fit_beside_each_other_both_stand(made):
    rounds = [submitted(made, letter, 1) for letter in "PQ"]
    head = made.viewer("head")
    told = at_once(*[lambda r=r: actions.release(found=r, by=head) for r in rounds])
    # On PostgreSQL the second may meet the first's seats in the act; asked again, it takes those that are left.
    for found, refusal in zip(rounds, told, strict=True):
        if refusal:
            actions.release(found=found, by=head)
    taken = [
        (h.resource_id, seat) for h in Holding.objects.all() for seat in range(h.first_seat, h.last_seat + 1)
    ]
    assert len(taken) == len(set(taken)) == 2


def test_a_round_is_released_once_however_often_it_is_pressed(made):
    found = submitted(made, "P", 2)
    head = made.viewer("head")
    told = at_once(*[lambda: actions.release(found=found, by=head)] * 4)
    assert told.count(None) == 1


def test_a_round_is_started_once_however_many_press(made):
    found = made.round(tables={"applicants": [HEAD, ["P", "1", "가", "중구"]], "resources": PLACES})
    officers = [made.viewer(who) for who in ("officer", "colleague")] * 2
    told = at_once(*[lambda by=by: actions.solve(found=found, by=by) for by in officers])
    assert told.count(None) == 1 and found.runs.count() == 1
    assert {str(t) for t in told if t} == {"‘계산 중’ 상태에서는 계산할 수 없습니다."}


def test_the_database_itself_refuses_a_seat_given_twice(made):
    found = made.bring(submitted(made, "P", 2), "released")
    held = Holding.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(
            resource=held.resource, round=found, first_seat=held.last_seat, last_seat=held.last_seat + 2,
            first_day=LAST, last_day=LAST,
        )  # fmt: skip
    held.ended_at = found.released_at
    held.save()
    Holding.objects.create(
        resource=held.resource, round=found, first_seat=1, last_seat=3, first_day=FIRST, last_day=LAST
    )
