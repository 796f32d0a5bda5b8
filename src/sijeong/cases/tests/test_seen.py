"""However a page of a list is found, it is the page: that of all the viewer sees, in the same order."""

import datetime as dt
import itertools
import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from sijeong.cases import seen
from sijeong.cases.checks import part_faults
from sijeong.cases.listing import Filters, rows
from sijeong.cases.models import Case, Part
from sijeong.cases.ordering import Place, key_of, place_of
from sijeong.cases.tests.filed import ask
from sijeong.org.models import Unit

pytestmark = pytest.mark.django_db
WHO = ["officer", "team_officer", "head", "bureau_head", "member", "aide", "planning_officer", "auditor"]


@pytest.fixture
def many(applied):
    """Ninety cases of many askers and divisions, received at few moments, half of them ended."""
    like, chance = ask(applied), random.Random(7)
    units = list(Unit.objects.filter(government=applied.seoul, level__in=["division", "agency", "committee"]))
    divisions = [unit for unit in units if unit.level != "committee"]
    askers = [applied.people[who] for who in ("member", "officer", "head")]
    begun = timezone.now() - dt.timedelta(days=400)
    cases = []
    for place in range(90):
        case = Case.objects.get(pk=like.pk)
        case.pk, case.number = None, f"{like.number}-{place}"
        case.received_at = begun + dt.timedelta(days=chance.randrange(25))
        case.asker, case.asker_unit = chance.choice(
            [(chance.choice(askers), None), (None, chance.choice(units))]
        )
        case.open = chance.random() < 0.5
        case.due_on = chance.choice([None, *(case.due_on - dt.timedelta(days=n) for n in range(9))])
        case.outcome, case.outcome_basis = chance.choice([("", ""), ("", ""), ("in_progress", "source")])
        cases.append(case)
    cases = Case.objects.bulk_create(cases)
    Part.objects.bulk_create(
        Part(
            case=case, unit=unit, kind="joint", since=case.received_at, received_at=case.received_at,
            active=chance.random() < 0.8,
        )
        for case in cases
        for unit in chance.sample(divisions, chance.randrange(4))
    )  # fmt: skip
    return applied


def expected(viewer, filters):
    """By a plain sort; what a source alone states comes behind all of the others, by its due date too."""
    found = list(filters.applied(viewer).order_by("pk").values_list(*COLUMNS))
    if filters.order == "received":
        return sorted(found, key=lambda row: (row[0], row[2]), reverse=True)
    return sorted(found, key=lambda row: (row[3] == "source", row[1] or dt.date.max, row[2]))


COLUMNS = ("received_at", "due_on", "pk", "outcome_basis")


@pytest.mark.parametrize(
    "query", ["scope=all", "scope=closed", "scope=open&order=received", "scope=all&year=2025", "order=due"]
)
def test_every_page_is_that_of_all_one_sees(many, query):
    filters = Filters.of(QueryDict(query))
    some = 0
    for who in WHO:
        viewer = many.viewer(who)
        all_of_it = expected(viewer, filters)
        some += len(all_of_it)
        for size in (1, 7, 200):
            assert rows(viewer, filters, Place(), size, COLUMNS) == all_of_it[:size], (who, size)
        for place in (0, 1, 8, 30, len(all_of_it) - 2):
            if 0 <= place < len(all_of_it):
                key = key_of(filters.order, dict(zip(COLUMNS, all_of_it[place], strict=True)))
                shown = rows(viewer, filters, place_of(filters.order, key), 10, COLUMNS)
                assert shown == all_of_it[place + 1 : place + 11], (who, place)
    assert some > 60


def test_who_sees_in_many_ways_is_no_way_of_few(many):
    viewer = many.viewer("officer").sight
    narrow = viewer._replace(units=viewer.units[:1])
    wide = viewer._replace(units=tuple(range(seen.MOST)))
    nobody = viewer._replace(units=())
    told = [
        seen.suits(one, scope)
        for one, scope in itertools.product((narrow, wide, nobody), ("all", "closed", "open"))
    ]
    paged = connection.vendor == "postgresql"
    assert told == [paged, paged, False] + [False] * 6


def test_doctor_finds_a_part_that_knows_another_day(many):
    assert list(part_faults()) == []
    part = Part.objects.select_related("case").order_by("pk").last()
    Part.objects.filter(pk=part.pk).update(received_at=part.received_at + dt.timedelta(days=1))
    assert [part.case.number in fault for fault in part_faults()] == [True]
