"""Two who act at the same moment: no gap, no double, nothing lost. PostgreSQL lets both in; SQLite queues them."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from sijeong.cases import actions, checks, together
from sijeong.cases.errors import CaseError
from sijeong.cases.models import Case
from sijeong.cases.together import Assignment
from sijeong.org import actions as org
from sijeong.org.errors import OrgError

from .filed import ask, bring
from .test_import import ROWS, reading, sheet

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[Exception | None]:
    """Run the acts in threads that start together; each one's refusal, or None where it went through."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except (CaseError, OrgError) as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def sound() -> bool:
    return not [
        *checks.journal_faults(),
        *checks.number_faults(),
        *checks.unit_faults(),
        *checks.part_faults(),
    ]


def test_twenty_cases_received_at_once_are_numbered_one_to_twenty(applied):
    assert at_once(*[lambda: ask(applied)] * 20) == [None] * 20
    serials = sorted(int(number[-5:]) for number in Case.objects.values_list("number", flat=True))
    assert serials == list(range(1, 21))
    assert sound()


def test_two_heads_approve_and_one_is_told(applied, case):
    bring(applied, case, "in_approval")
    head, chief = applied.viewer("head"), applied.viewer("bureau_head")
    told = at_once(lambda: actions.approve(case=case, by=head), lambda: actions.approve(case=case, by=chief))
    assert sorted(type(t).__name__ for t in told) == ["CaseError", "NoneType"]
    assert case.answers.filter(state="approved").count() == 1
    assert sound()


def test_planning_grants_more_time_while_the_head_refuses_it(applied, case):
    bring(applied, case, "in_hand")
    actions.ask_extension(case=case, reason="자료가 방대함", by=applied.viewer("officer"))
    asked = Case.objects.get(pk=case.pk).extension_asked_at
    head, planning = applied.viewer("head"), applied.viewer("planning_officer")
    told = at_once(
        lambda: actions.refuse_extension(case=case, reason="될 일", asked=asked, by=head),
        lambda: actions.extend(case=case, asked=asked, by=planning),
    )
    (second,) = (one for one in told if one)
    case.refresh_from_db()
    assert case.extension_asked_at is None
    granted = told[1] is None
    assert case.extensions == int(granted)
    assert ("받아들였습니다" if granted else "거절했습니다") in str(second)
    assert sound()


def test_a_case_assigned_while_its_division_ends_is_with_a_living_one(applied, case):
    units, planning = applied.units, applied.viewer("planning_officer")
    at_once(
        lambda: actions.assign(case=case, lead=units["personnel"], by=planning),
        lambda: org.abolish_unit(
            unit=units["personnel"], heir=units["general_affairs"], on=dt.date(2024, 7, 1),
            hand_over=actions.hand_over, by=None,
        ),
    )  # fmt: skip
    case.refresh_from_db()
    assert case.lead in {None, units["general_affairs"]}
    assert sound()


def test_opposite_merges_do_not_wait_for_each_other(applied):
    one, two, planning = ask(applied), ask(applied), applied.viewer("planning_officer")
    told = at_once(
        lambda: actions.merge(case=one, into=two, reason="같음", by=planning),
        lambda: actions.merge(case=two, into=one, reason="같음", by=planning),
    )
    assert [t is None for t in told].count(True) == 1
    assert sound()


def test_one_file_taken_in_by_two_makes_no_doubles(applied, tmp_path):
    path = sheet(tmp_path, ROWS)
    read = [reading(applied, path), reading(applied, path)]

    def take_in(found):
        actions.import_cases(government=applied.seoul, reading=found, source="감사", by=None)

    at_once(*(lambda found=found: take_in(found) for found in read))
    assert Case.objects.count() == len(ROWS)
    assert sound()


def test_two_who_acknowledge_the_same_answers_make_one_event_each(applied):
    answers = [
        bring(applied, ask(applied, title=f"요구 {n}"), "delivered").deliveries.get() for n in range(2)
    ]
    keys, people = [one.pk for one in answers], [applied.viewer("member"), applied.viewer("aide")]
    told = []
    assert at_once(*(lambda v=v: told.extend(together.acknowledge(v, keys)) for v in people)) == [None, None]
    assert sorted(one.fate for one in told) == ["already"] * 2 + ["done"] * 2
    assert [one.case.deliveries.get().acknowledged_at is not None for one in answers] == [
        True,
        True,
    ] and sound()


def test_two_planners_assign_the_same_cases_the_other_way_round(applied):
    cases, units = [ask(applied, title=f"요구 {n}") for n in range(3)], applied.units
    planning = applied.viewer("planning_officer")
    ways = [(cases, "personnel"), (cases[::-1], "general_affairs")]
    told = []
    done = at_once(
        *(
            lambda listed=listed, lead=lead: told.append(
                together.assign(planning, [Assignment(case.number, units[lead]) for case in listed])
            )
            for listed, lead in ways
        )
    )
    assert done == [None, None]
    assert sorted({one.fate for one in results}.pop() for results in told) == ["done", "refused"]
    assert len({case.lead_id for case in Case.objects.all()}) == 1 and sound()
