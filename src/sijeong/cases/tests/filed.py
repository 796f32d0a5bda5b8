"""A small city with its case types applied, and cases brought to any state; for tests of any room."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.models import Case, FollowUp
from sijeong.catalog import read_city
from sijeong.org.tests.laid import laid
from sijeong.org.tests.people import City

SEOUL = Path(__file__).parents[4] / "cities" / "seoul"


@cache
def _folder():
    return read_city(SEOUL)


@pytest.fixture
def applied(city: City) -> City:
    """The city with the types of cities/seoul in force."""
    laid("applied", lambda: _apply(city), settings.CITIES)
    return city


def _apply(city: City) -> None:
    for government in (city.seoul, city.jung_gu):
        actions.apply_catalog(government=government, city=_folder(), by=None)


def ask(
    city: City, *, who: str = "member", days_ago: int = 1, type_code: str = "data_request", **facts
) -> Case:
    """A data request of a member, received some days ago at nine."""
    received = timezone.localtime() - dt.timedelta(days=days_ago)
    told = {
        "title": "최근 3년 청사 시설 개선 예산", "question": "최근 3년간 청사 시설 개선 예산과 집행 내역", "asker": city.people[who],
        "asker_name": city.people[who].name, "received_at": received,
    } | facts  # fmt: skip
    return actions.receive(government=city.seoul, type_code=type_code, by=city.viewer(who), **told)


def bring(city: City, case: Case, state: str) -> Case:
    """The case, brought along the usual way to ``state``."""
    way = ["received", "assigned", "in_hand", "in_approval", "answered", "delivered", "published"]
    for step in way[1 : way.index(state) + 1]:
        _step(city, case, step)
        case.refresh_from_db()
    return case


def _step(city: City, case: Case, state: str) -> None:
    officer, head = city.viewer("officer"), city.viewer("head")
    match state:
        case "assigned":
            actions.assign(
                case=case, lead=city.units["general_affairs"], joint=[city.units["welfare_policy"]],
                by=city.viewer("planning_officer"),
            )  # fmt: skip
        case "in_hand":
            actions.start(case=case, by=officer)
        case "in_approval":
            plan = actions.answering.Plan("개선 결과 보고", timezone.localdate() + dt.timedelta(days=30))
            field = next(f.code for f in case.case_type.answer_fields if f.required)
            outcome = case.case_type.outcomes[0].code
            actions.save_draft(
                case=case, body={field: "붙임과 같이 제출합니다."}, outcome=outcome, plans=[plan], by=officer
            )
            actions.submit(case=case, by=officer)
        case "answered":
            actions.approve(case=case, by=head)
        case "delivered":
            actions.deliver(case=case, channel="here", by=officer)
        case "published":
            actions.publish(case=case, public="0" * 64, by=city.viewer("planning_officer"))


@pytest.fixture
def case(applied: City) -> Case:
    """A data request received yesterday."""
    return laid("case", lambda: ask(applied), settings.CITIES, timezone.localdate())


@pytest.fixture
def promise(applied: City, case: Case) -> FollowUp:
    """The follow-up of a delivered answer."""
    laid("promise", lambda: bring(applied, case, "delivered"), settings.CITIES, timezone.localdate())
    case.refresh_from_db()
    return case.follow_ups.get()
