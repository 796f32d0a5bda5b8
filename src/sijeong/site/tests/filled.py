"""The small city at work: something on every desk of every room, so that its pages show all the forms they have."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from django.utils import timezone

from sijeong.allocation.tests.made import Made
from sijeong.benefits import actions as benefits
from sijeong.benefits.tests import filed as applications
from sijeong.cases import actions as cases
from sijeong.cases.models import ImportRun
from sijeong.cases.tests.filed import ask, bring
from sijeong.council import actions as council
from sijeong.council.tests.meetings import meet
from sijeong.documents.actions import store
from sijeong.figures.actions import bring as bring_book
from sijeong.figures.arithmetic import Row
from sijeong.links.tests.keys import token_of
from sijeong.notices.actions import subscribe
from sijeong.org.models import Absence
from sijeong.org.tests.people import City
from sijeong.portal.tests.told import ask_about
from sijeong.reports import actions as reports

REPORT = {
    "new": 4, "known": 1, "refused": 0, "by_kind": {"건의": 4}, "by_outcome": {"완료": 4}, "joint": 1, "promises": 2,
    "refusals": [], "sample": [[4, "조직도에 싣기 바람", "총무과", "2021-11-16"]],
}  # fmt: skip
STATES = ["received", "assigned", "in_hand", "in_approval", "answered", "delivered"]


def fill(city: City) -> list[str]:
    """Where to begin: pages that no list leads to in one step."""
    officer, today = city.viewer("officer"), timezone.localdate()
    at = {state: bring(city, ask(city), state) for state in STATES}
    paused, late = (bring(city, ask(city), "in_hand") for _ in range(2))
    cases.pause(case=paused, reason="어느 청사인지", by=officer)
    cases.ask_extension(case=late, reason="자료가 방대함", by=officer)
    cases.make_template(
        government=city.seoul, unit=city.units["general_affairs"], type_code="data_request", name="자료 제출",
        body={"answer": "{질문}에 대한 자료를 냅니다."}, by=officer,
    )  # fmt: skip
    open_to_all = ask_about(city)
    meeting = meet(city)
    council.suggest(meeting=meeting, text="승강기를 고칠 것", said_by="서의원", by=officer)
    subscribe(person=officer.user, subject="asker:1", label="의원", address="/", by=officer.user)
    token_of(city, "officer")
    return [
        *(f"/cases/{case.number}/" for case in (*at.values(), paused, late)),
        f"/cases/{at['in_hand'].number}/write/",
        f"/publication/{open_to_all.number}/",
        f"/council/{meeting.pk}/",
        *_of_organisation(city, today),
        *_of_records(city, today),
        *_of_benefits(city),
    ]


def _of_organisation(city: City, today: dt.date) -> list[str]:
    head, ahead = city.people["head"], today + dt.timedelta(days=30)
    Absence.objects.create(
        user=head, deputy=city.people["officer"], valid_from=ahead, valid_to=ahead, reason="연가"
    )
    file = store(stream=BytesIO(b"a,b\n"), name="표.csv", government=city.seoul, by=city.people["officer"])
    run = ImportRun.objects.create(
        government=city.seoul, file=file, type_code="audit_finding", label="감사", received_on="2021-11-16",
        state="checked", report=REPORT, started_by=city.people["planning_officer"],
    )  # fmt: skip
    return [
        f"/import/{run.pk}/",
        f"/organisation/{city.units['personnel'].pk}/",
        f"/administration/{head.pk}/",
    ]


def _of_records(city: City, today: dt.date) -> list[str]:
    officer, unit = city.viewer("officer"), city.units["general_affairs"]
    rows = [Row("계", {"budget": 341_200_000, "spent": 43_544_000})]
    book = bring_book(
        unit=unit, year=today.year, kind="spending", base_on=today, rows=rows, source="집행현황", by=officer
    )
    programme = reports.add_programme(unit=unit, year=today.year, title="청사 개방 확대", by=officer)
    return [f"/figures/{book.pk}/", f"/reports/programmes/{programme.pk}/"]


def _of_benefits(city: City) -> list[str]:
    new, decided = applications.file(city), applications.file(city, name="김길동")
    applications.decide(city, decided)
    asked = {
        "year": 2024, "benefits": ["defector_dental"], "population": {"people": 9, "seed": 1}, "whole": None, "against": None,
        "changes": {}, "take_up": {}, "budget": {},
    }  # fmt: skip
    run = benefits.ask(title="셈", request=asked, by=city.viewer("officer"))
    made = Made(city)
    found = [made.round("home_care"), made.round("jeju_retreat", tables={})]
    return [
        *(f"/benefits/applications/{one.case.number}/" for one in (new, decided)),
        f"/benefits/simulations/{run.pk}/",
        *(f"/allocations/{round_.pk}/" for round_ in found),
    ]
