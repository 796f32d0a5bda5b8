"""The seats that a release takes: numbered, so that the database itself can refuse to give one twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from ..errors import AllocationError
from ..models import Holding, Resource, Round, Run
from ..solving import intake
from ..solving.nights_case import rooms_by_night
from ..solving.seats import Held, NoSeat, Span, take

Wanted = dict[str, list[Span]]


def hold(found: Round) -> int:
    """Take the seats of the round's result beside what others hold; how many rows that took.

    Raises AllocationError where too few are free, IntegrityError where somebody took them a moment ago.
    """
    assert found.run is not None  # noqa: S101 - a round without a run cannot be submitted
    wanted = wanted_by(found, found.run)
    resources = known(found, list(wanted))
    standing: dict[int, list[Held]] = defaultdict(list)
    rows = Holding.objects.filter(resource__in=resources.values(), ended_at=None)
    for row in rows.values_list("resource_id", "first_seat", "last_seat", "first_day", "last_day"):
        standing[row[0]].append(Held(row[1], row[2], row[3].toordinal(), row[4].toordinal()))
    made: list[Holding] = []
    for key, spans in sorted(wanted.items()):
        resource = resources[key]
        try:
            taken = take(spans, standing[resource.pk])
        except NoSeat as none:
            raise AllocationError(short(key, none)) from None
        made += [
            Holding(
                resource=resource, round=found, first_seat=seat.low, last_seat=seat.high,
                first_day=dt.date.fromordinal(seat.first), last_day=dt.date.fromordinal(seat.last),
            )
            for seat in taken
        ]  # fmt: skip
    made.sort(key=lambda each: (each.resource_id, each.first_seat, each.first_day))
    return len(Holding.objects.bulk_create(made, batch_size=1000))


def short(key: str, none: NoSeat) -> str:
    first, last = dt.date.fromordinal(none.span.first), dt.date.fromordinal(none.span.last)
    days = f"{first}" if first == last else f"{first} ~ {last}"
    return (
        f"{key}: {days}에 {none.span.count}자리가 필요한데 {none.free}자리만 비어 있습니다. "
        "나머지는 이미 확정된 다른 배정이 쓰고 있습니다."
    )


def known(found: Round, keys: list[str]) -> dict[str, Resource]:
    """The resources by key, made where this is the first release that uses them."""
    where = {"government_id": found.government_id, "scheme_code": found.scheme.code}
    Resource.objects.bulk_create([Resource(key=key, **where) for key in keys], ignore_conflicts=True)
    return {each.key: each for each in Resource.objects.filter(key__in=keys, **where)}


def wanted_by(found: Round, run: Run) -> Wanted:
    """By key of the resource the seats wanted and the days."""
    match found.definition.structure:
        case "nights":
            return of_nights(found, run)
        case "visits":
            return of_visits(found, run)
        case _:
            first, last = found.valid_from.toordinal(), found.valid_to.toordinal()
            used = run.places.filter(used__gt=0).order_by("key")
            return {p.key: [Span(first, last, p.used, p.capacity)] for p in used}


def of_nights(found: Round, run: Run) -> Wanted:
    """A room for each stay; rooms of a type are alike, whichever share they are given from."""
    nights = found.definition.the_nights
    most = rooms_by_night(found.definition).whole.max(axis=1)
    rooms = {each.room: int(room) for each, room in zip(nights.rooms, most, strict=True)}
    night, length = intake.night(nights.first, nights.last), intake.whole(1, nights.longest)
    wanted: Wanted = defaultdict(list)
    for given in run.decisions.filter(served=True).values_list("given", flat=True):
        first = nights.first.toordinal() + night(given["start"])
        last = first + length(given["nights"]) - 1
        wanted[given["room"]].append(Span(first, last, 1, rooms[given["room"]]))
    return wanted


def of_visits(found: Round, run: Run) -> Wanted:
    """A visit for each specialist in each half-day, both of a pair."""
    visits = found.definition.the_visits
    facts = run.outcome["facts"]
    slot, second = facts.index("slot"), facts.index("second")
    keys = list(run.places.order_by("pk").values_list("key", flat=True))
    count: Counter[str] = Counter()
    for place, told in run.decisions.filter(served=True).values_list("place__key", "facts"):
        count[f"{place} {visits.slots[told[slot]]}"] += 1
        if told[second] >= 0:
            count[f"{keys[told[second]]} {visits.slots[told[slot]]}"] += 1
    first, last = found.valid_from.toordinal(), found.valid_to.toordinal()
    return {key: [Span(first, last, number, visits.each)] for key, number in count.items()}
