"""The same write sent by two lines at the same moment happens once; two writes from one version are one and a 412."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from sijeong.cases.models import Case

from .filed import bring

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NEW = {"type": "data_request", "title": "청사 예산", "question": "최근 3년 예산"}


def at_once(*asks: Callable[[], object]) -> list:
    """The answers of requests that start together."""
    start = Barrier(len(asks))

    def run(ask):
        start.wait()
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(run, asks))


def test_one_key_at_once_is_one_case(program, applied):
    clients = [program("member") for _ in range(6)]
    told = at_once(*[lambda c=c: c.send("/cases", NEW, Idempotency_Key="once") for c in clients])
    assert {(one.status_code, one.content) for one in told} == {(201, told[0].content)}
    assert sum("Idempotency-Replayed" in one for one in told) == 5
    assert Case.objects.count() == 1


def test_one_key_with_two_bodies_at_once_is_one_case_and_a_refusal(program, applied):
    clients = [program("member") for _ in range(2)]
    bodies = [NEW, NEW | {"title": "다른 것"}]
    told = at_once(
        *[
            lambda c=c, b=b: c.send("/cases", b, Idempotency_Key="k")
            for c, b in zip(clients, bodies, strict=True)
        ]
    )
    assert sorted(one.status_code for one in told) == [201, 422]
    assert Case.objects.count() == 1


def test_two_from_one_version_are_one_and_a_412(program, applied, case):
    bring(applied, case, "in_hand")
    clients = [program("officer"), program("colleague")]
    tag = clients[0].read(f"/cases/{case.number}")["ETag"]
    path = f"/cases/{case.number}/draft"
    told = at_once(
        *[
            lambda c=c, i=i: c.send(path, {"body": {"answer": str(i)}}, If_Match=tag)
            for i, c in enumerate(clients)
        ]
    )
    assert sorted(one.status_code for one in told) == [200, 412]
    assert case.answers.count() == 1
