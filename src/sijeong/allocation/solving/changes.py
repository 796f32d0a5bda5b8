"""The smallest change that would have served somebody who was refused, found by solving again with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from . import lending, matching_case, nights_case, visits_case
from .definition import Definition
from .districts import Districts
from .matching import seats_needed
from .nights import rooms_needed
from .result import Result
from .visits import plan

Tables = Mapping[str, Sequence[Sequence[str]]]


def smallest_change(
    definition: Definition,
    tables: Tables,
    districts: Districts,
    result: Result,
    *,
    number: str,
    seed: bytes | None,
) -> str:
    """In words what would have sufficed for `number`; empty for the served and where the reason says it already.

    Raises KeyError for a number that is not in the result.
    """
    row = result.row(number)
    if result.got[row] >= 0 or result.status == "infeasible":
        return ""
    match definition.structure:
        case "nights":
            return more_rooms(definition, tables, seed, row)
        case "choices":
            return more_seats(definition, tables, seed, row)
        case "visits":
            return another_slot(definition, tables, districts, seed, row)
        case _:
            return ""


def more_rooms(definition: Definition, tables: Tables, seed: bytes | None, row: int) -> str:
    stays = nights_case.read(definition, tables["applicants"], seed)
    house, room = nights_case.rooms_by_night(definition), int(stays.room[row])
    count, aims = len(definition.classes), definition.aims
    if house.lends:
        more = lending.rooms_needed(stays, row, house.lent(room), count, aims)
    else:
        more = rooms_needed(stays, row, house.part, count, aims)
    return f"그 밤들에 {definition.the_nights.rooms[room].room} 방이 {more}개 더 있었다면 배정되었습니다."


def more_seats(definition: Definition, tables: Tables, seed: bytes | None, row: int) -> str:
    case = matching_case.read(definition, tables, seed)
    wishes = [int(region) for region in case.market.wishes[row] if region >= 0]
    needed = [(seats_needed(case.market, row, region), k, region) for k, region in enumerate(wishes)]
    more, _, region = min(needed)
    return f"{case.regions[region]}에 자리가 {more}개 더 있었다면 그곳이나 더 앞선 희망에 배정되었습니다."


def another_slot(
    definition: Definition, tables: Tables, districts: Districts, seed: bytes | None, row: int
) -> str:
    """One more free half-day of the household with which more visits are possible.

    More is possible in all only if this household is visited: without it the plan would have been there before.
    """
    case = visits_case.read(definition, districts, tables, seed)
    homes, first = case.homes, replace(case.limits, aims=("served",))
    if not homes.due[row]:
        return ""
    before = plan(homes, case.staff, first).aims[0][1]
    for slot, name in enumerate(definition.the_visits.slots):
        if not homes.slots[row] >> slot & 1:
            slots = homes.slots.copy()
            slots[row] |= np.int64(1) << slot
            if plan(replace(homes, slots=slots), case.staff, first).aims[0][1] > before:
                return f"{name}에도 시간이 되었다면 방문이 잡혔습니다."
    return "시간을 하나 더 내는 것만으로는 방문이 잡히지 않았습니다. 맞는 분야의 담당자가 더 있어야 합니다."
