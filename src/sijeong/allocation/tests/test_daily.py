"""A day after a released day: who leaves, comes, moves and waits, and that each is told why."""

import datetime as dt

import pytest

from sijeong.allocation import actions
from sijeong.allocation.errors import AllocationError

from .made import FIRST

pytestmark = pytest.mark.django_db

HEAD = ["접수번호", "접수시각", "등급", "자치구"]
PLACES = ["기관번호", "기관명", "자치구", "정원"]
DAY = dt.timedelta(1)


@pytest.fixture
def first_day(made):
    """Two clinics of two places each: three patients in them, released."""
    tables = {
        "applicants": [
            HEAD,
            ["P1", "1", "가", "중구"],
            ["P2", "2", "나", "중구"],
            ["P3", "3", "나", "종로구"],
        ],
        "resources": [PLACES, ["A", "중구 의원", "중구", "2"], ["B", "종로 의원", "종로구", "2"]],
    }
    return made.bring(made.round(tables=tables, valid_to=FIRST), "released")


def next_day(made, before, days, **tables):
    officer, day = made.viewer("officer"), before.valid_from + days * DAY
    found = actions.follow(
        found_=before, title=f"{day}", valid_from=day, valid_to=day, daily=True, by=officer
    )
    for role, rows in tables.items():
        actions.bring(found=found, role=role, rows=rows, by=officer)
    return made.bring(found, "solved")


def told(found):
    rows = found.run.decisions.values_list("number", "change", "place__key").order_by("number")
    return {number: (change, place) for number, change, place in rows}


def test_arrivals_departures_and_a_changed_capacity(made, first_day):
    found = next_day(
        made, first_day, 1,
        applicants=[HEAD, ["P4", "1", "가", "종로구"], ["P5", "2", "다", "종로구"]],
        resources=[PLACES, ["A", "중구 의원", "중구", "2"], ["B", "종로 의원", "종로구", "1"]],
        departures=[["접수번호"], ["P1"]],
    )  # fmt: skip
    assert told(found) == {
        "P1": ("left", None), "P2": ("", "A"), "P3": ("", "B"), "P4": ("placed", "A"), "P5": ("waits", None),
    }  # fmt: skip
    why = dict(found.run.decisions.values_list("number", "why"))
    assert why["P1"].startswith("일찍 나갔습니다")
    assert why["P4"] == "새로 배정되었습니다. 중구 의원에 배정되었습니다."
    assert why["P2"] == "있던 곳에 그대로 있습니다."


def test_who_waits_comes_first_when_a_stay_is_over(made, first_day):
    resources = [PLACES, ["A", "중구 의원", "중구", "2"], ["B", "종로 의원", "종로구", "1"]]
    second = next_day(made, first_day, 1, applicants=[HEAD, ["P4", "1", "다", "중구"]], resources=resources)
    assert told(second)["P4"] == ("waits", None)
    made.bring(second, "released")
    # Seven days after the first, those of classes 나 leave; the one of 가 stays three days longer.
    third = next_day(made, second, 6, applicants=[HEAD], resources=resources)
    assert told(third) == {"P1": ("", "A"), "P2": ("left", None), "P3": ("left", None), "P4": ("placed", "A")}


def test_a_place_that_people_are_in_cannot_be_missing(made, first_day):
    found = next_day(
        made, first_day, 1, applicants=[HEAD], resources=[PLACES, ["A", "중구 의원", "중구", "2"]]
    )
    assert found.state == "preparing"
    assert found.runs.get().faults == [
        ["의료기관", 1, "기관번호", "B: 있던 사람이 있는 곳입니다. 닫았으면 정원을 0으로 적습니다"]
    ]


def test_a_day_that_is_not_later_and_a_definition_without_stays_are_refused(made, first_day):
    officer = made.viewer("officer")
    with pytest.raises(AllocationError, match="뒤의 날"):
        actions.follow(
            found_=first_day, title="같은 날", valid_from=FIRST, valid_to=FIRST, daily=True, by=officer
        )
    tests = made.bring(made.round("tests"), "released")
    with pytest.raises(AllocationError, match="나가는 날"):
        actions.follow(
            found_=tests,
            title="다음 날",
            valid_from=FIRST + DAY,
            valid_to=FIRST + DAY,
            daily=True,
            by=officer,
        )
