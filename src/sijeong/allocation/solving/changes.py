"""The smallest change that would have served somebody who was refused, found by solving again with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from . import matching_case, nights_case, visits_case
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
            return another_slot(definition, tables, districts, row)
        case _:
            return ""


def more_rooms(definition: Definition, tables: Tables, seed: bytes | None, row: int) -> str:
    stays = nights_case.read(definition, tables["applicants"], seed)
    rooms = nights_case.rooms_by_night(definition)
    more = rooms_needed(stays, row, rooms, len(definition.classes), definition.aims)
    name = definition.the_nights.rooms[int(stays.room[row])].room
    return f"그 밤들에 {name} 방이 {more}개 더 있었다면 배정되었습니다."


def more_seats(definition: Definition, tables: Tables, seed: bytes | None, row: int) -> str:
    case = matching_case.read(definition, tables, seed)
    wishes = [int(region) for region in case.market.wishes[row] if region >= 0]
    needed = [(seats_needed(case.market, row, region), k, region) for k, region in enumerate(wishes)]
    more, _, region = min(needed)
    return f"{case.regions[region]}에 자리가 {more}개 더 있었다면 그곳이나 더 앞선 희망에 배정되었습니다."


def another_slot(definition: Definition, tables: Tables, districts: Districts, row: int) -> str:
    """One more free half-day of the household with which more visits are possible in all."""
    staff, homes, limits = visits_case.read(definition, districts, tables)
    first = replace(limits, aims=("served",))
    before = plan(homes, staff, first).aims[0][1]
    for slot, name in enumerate(definition.the_visits.slots):
        if homes.due[row] and not homes.slots[row] >> slot & 1:
            slots = homes.slots.copy()
            slots[row] |= np.int64(1) << slot
            if plan(replace(homes, slots=slots), staff, first).aims[0][1] > before:
                return f"{name}에도 시간이 되었다면 방문이 잡혔습니다."
    return ""
