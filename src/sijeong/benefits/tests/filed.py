"""Applications in any state, for every test of the room."""

import datetime as dt

from sijeong.benefits import actions
from sijeong.benefits.actions import Applicant
from sijeong.cases import actions as cases
from sijeong.legaltime import KST

BORN = dt.date(1990, 5, 5)
DENTAL = {"resident": True, "defector": True, "welfare": "생계급여", "dental_cost": 5_000_000}
WATCH = {"resident": True, "has_smartphone": True, "watch_received": False}


def moment(year, month, day):
    return dt.datetime(year, month, day, 10, tzinfo=KST)


def file(city, *, who="officer", benefit="defector_dental", name="홍길순", at=None, claims=None, **told):
    """An application taken in at the counter (``who`` None: from the public page)."""
    given = Applicant(
        name=name, born_on=BORN, phone="010-1234-5678", bank="서울은행", account="110-222-333444",
        claims=DENTAL if claims is None else claims,
    )  # fmt: skip
    return actions.apply(
        government=city.seoul, benefit=benefit, applicant=given, by=city.viewer(who) if who else None,
        received_at=at, **told,
    )  # fmt: skip


def decide(city, application, facts=None, who="officer"):
    """Verify the claims, or these facts, and decide."""
    by = city.viewer(who)
    actions.verify(
        application=application, facts=application.claims if facts is None else facts, proof="신분증", by=by
    )
    return actions.decide(application=application, by=by)


def approve(city, application):
    cases.submit(case=application.case, by=city.viewer("officer"))
    cases.approve(case=application.case, by=city.viewer("head"))


def deliver(city, application):
    cases.deliver(case=application.case, channel="post", receipt="등기 1", by=city.viewer("officer"))
    application.case.refresh_from_db()
