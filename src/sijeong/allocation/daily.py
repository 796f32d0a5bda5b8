"""A day that follows a released day: its book from the decisions that stand, its plan from the pure engine."""

from __future__ import annotations

import datetime as dt

from .carrying import Brought, Outcome, Person
from .models import Round, Run
from .solving import lottery
from .solving.daily import Known, plan_day


def book_of(run: Run) -> list[Known]:
    """Everyone of the day before who is somewhere or waits."""
    rows = run.decisions.exclude(change="left").order_by("number")
    first = run.round.valid_from
    told = rows.values_list("number", "given", "place__key", "since")
    return [Known(number, said, key or "", (since or first).toordinal()) for number, said, key, since in told]


def day_of(found: Round, brought: Brought) -> Outcome:
    """The plan of the round's first day. Raises BadTable and ValueError."""
    before = found.replaces
    if before is None or before.run is None:
        raise ValueError("앞선 배정이 없습니다.")
    known = book_of(before.run)
    planned = plan_day(
        found.definition, brought.districts, known, brought.own, day=found.valid_from.toordinal()
    )
    people = {}
    for number, said in planned.said.items():
        fate = planned.fates[number]
        since = dt.date.fromordinal(fate.since) if fate.since else None
        people[number] = Person(
            number, lottery.pseudonym(brought.salt, number), dict(said), fate.kind, fate.why, since
        )
    return Outcome(planned.result, b"", people)
