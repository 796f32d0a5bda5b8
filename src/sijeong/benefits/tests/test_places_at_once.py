"""Many who decide at the same moment: no place given twice, no cap overrun. PostgreSQL lets all of them in."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from sijeong.audit.models import Journalled
from sijeong.benefits import actions, books
from sijeong.benefits.errors import BenefitError
from sijeong.benefits.models import Decision

from .filed import WATCH, file, moment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    """Every act pauses before its end: what is not locked is read by the others meanwhile."""
    record = Journalled.record

    def recorded_late(*args, **kwargs):
        time.sleep(0.02)
        return record(*args, **kwargs)

    monkeypatch.setattr(Journalled, "record", recorded_late)


def verified(city, **told):
    application = file(city, **told)
    officer = city.viewer("officer")
    actions.verify(application=application, facts=application.claims, proof="신분증", by=officer)
    return application


def decided_at_once(city, applications):
    """Each decided in a thread of its own, again until nobody earlier is open."""
    start, officer = Barrier(len(applications)), city.viewer("officer")

    def run(application):
        start.wait()
        try:
            for _ in range(100):
                try:
                    return actions.decide(application=application, by=officer).status
                except BenefitError as refusal:
                    assert "먼저" in str(refusal)
                    time.sleep(0.02)
            return "never"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(applications)) as pool:
        return list(pool.map(run, applications))


def test_eight_at_once_take_three_places_in_the_order_of_receipt(applied, monkeypatch):
    few = books.book_of(applied.seoul).reformed({"health_watch.places": 3})
    for module in (books, actions.deciding, actions.receiving):
        monkeypatch.setattr(module, "book_of", lambda government: few)
    told = {"benefit": "health_watch", "claims": WATCH, "at": moment(2023, 3, 1)}
    applications = [verified(applied, name=f"사람{n}", **told) for n in range(8)]
    assert decided_at_once(applied, applications) == ["granted"] * 3 + ["waiting"] * 5
    assert Decision.objects.filter(current=True, status="granted").count() == 3


def test_one_person_twice_at_once_does_not_get_more_than_the_yearly_cap(applied):
    ill = {
        "resident": True, "defector": True, "city_hospital": True, "welfare": "해당 없음",
        "illness_cost": 2_000_000, "illness_paid_this_year": 0,
    }  # fmt: skip
    applications = [
        verified(applied, benefit="defector_illness", claims=ill, at=moment(2024, n, 1)) for n in (3, 4, 5)
    ]
    decided_at_once(applied, applications)
    assert sum(Decision.objects.values_list("amount", flat=True)) == 2_000_000
