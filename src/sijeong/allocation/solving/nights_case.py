"""Stays over nights: from checked tables to a problem, and from its plan to a result with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np

from . import intake, lottery, words
from .definition import Definition
from .flow import Ints
from .lending import Lent, solve_type
from .nights import Block, Stays, plan
from .nights_conflict import conflict
from .result import Aim, Result, Use, infeasible


@dataclass(frozen=True)
class House:
    """`whole[type, night]`: all rooms; `part[share, type, night]`: each share's own; `price` by share of a room and
    night above its part (None: never)."""

    whole: Ints
    part: Ints
    price: tuple[int | None, ...]

    @property
    def lends(self) -> bool:
        return any(price is not None for price in self.price)

    def lent(self, room: int) -> Lent:
        return Lent(self.part[:, room], self.whole[room], self.price)

    def limits(self, wanted: Ints) -> tuple[Ints, Ints]:
        """Rooms and wishes by share; where shares lend, those that do are held by what all have together."""
        if not self.lends:
            return self.part, wanted
        hard = [share for share, price in enumerate(self.price) if price is None]
        rooms = np.where(np.isin(np.arange(len(self.price)), hard)[:, None, None], self.part, self.whole)
        together = np.concatenate([wanted.sum(axis=1, keepdims=True), wanted], axis=1)
        return np.concatenate([self.whole[None], rooms]), together


def rooms_by_night(definition: Definition) -> House:
    """Each type by season, split by the quota (rounded down; the others the rest)."""
    part = definition.the_nights
    days = [part.first + timedelta(days=k) for k in range((part.last - part.first).days + 1)]
    high = [
        day.month in part.high_months or day.weekday() in part.high_weekdays or day in part.high_dates
        for day in days
    ]
    whole = np.array([[each.high if peak else each.low for peak in high] for each in part.rooms], np.int64)
    shares = max(1, len(definition.shares))
    split = np.zeros((shares, *whole.shape), np.int64)
    limited = {definition.shares.index(quota.share): quota for quota in definition.quotas}
    for share, quota in limited.items():
        split[share] = whole * quota.percent // 100
    rest = [share for share in range(shares) if share not in limited]
    for share in rest:
        split[share] = np.maximum(whole - split.sum(axis=0), 0) if share == rest[-1] else 0
    price = tuple(limited[share].price if share in limited else None for share in range(shares))
    return House(whole, split, price)


def read(definition: Definition, rows: Any, seed: bytes | None) -> Stays:
    """Stays from rows of text. Raises BadTable, also for a stay that ends after the season."""
    part = definition.the_nights
    total = (part.last - part.first).days + 1
    parse = {
        "id": intake.named,
        "received": intake.moment,
        "class": intake.one_of([each.code for each in definition.classes]),
        "share": intake.one_of(definition.shares),
        "room": intake.one_of([each.room for each in part.rooms]),
        "start": intake.night(part.first, part.last),
        "nights": intake.whole(1, part.longest),
        "before": intake.whole(0, 999),
    }
    table = definition.applicants
    wanted = {role: intake.Column(head, parse[role], role == "id") for role, head in table.columns.items()}
    found = intake.columns(table.noun, rows, wanted)
    late = [
        intake.Fault(
            table.noun,
            intake.line_of(rows, at),
            table.columns["nights"],
            f"마지막 밤({part.last})을 넘깁니다",
        )
        for at, (start, nights) in enumerate(zip(found["start"], found["nights"], strict=True), start=1)
        if start + nights > total
    ]
    if late:
        raise intake.BadTable(late)
    ids = tuple(found["id"])
    rank = lottery.draw(seed, ids) if seed is not None else lottery.receipt(found["received"], ids)
    roles = ("class", "share", "room", "start", "nights", "before")
    return Stays(ids, rank, *(np.array(found.get(role, [0] * len(ids)), np.int64) for role in roles))


def run(definition: Definition, tables: Any, seed: bytes | None) -> Result:
    return decide(definition, read(definition, tables["applicants"], seed))


def solve(definition: Definition, stays: Stays, house: House, aims: tuple[str, ...]) -> list[Block]:
    """The plan of each share and type; of each type where shares lend."""
    count = len(definition.classes)
    if not house.lends:
        return plan(stays, house.part, count, aims)
    types = range(len(house.whole))
    return [
        solve_type(stays, np.flatnonzero(stays.room == room), house.lent(room), count, aims) for room in types
    ]


def decide(definition: Definition, stays: Stays) -> Result:
    """The plan with its reasons."""
    house = rooms_by_night(definition)
    aims = definition.aims or ("before", "nights", "rank")
    blocks = solve(definition, stays, house, aims)
    served = np.zeros(len(stays), bool)
    for block in blocks:
        served[block.rows] = block.served
    must = [k for k, each in enumerate(definition.classes) if each.code in definition.must_serve]
    if np.isin(stays.cls[~served], must).any():
        wanted = occupied(stays, np.ones(len(stays), bool), house, len(definition.classes))
        told = conflict(definition, *house.limits(wanted))
        return infeasible(definition, "nights", stays.ids, 1, told)
    values = aim_values(definition, stays, served, house)
    return result(
        definition, stays, served, house, aims=bounded(values, blocks), worth=worths(definition, blocks)
    )


def result(
    definition: Definition, stays: Stays, served: np.ndarray, house: House,
    *, aims: tuple[Aim, ...], worth: Sequence[str],
) -> Result:  # fmt: skip
    part = definition.the_nights
    slot = stays.room if house.lends else stays.share * len(house.whole) + stays.room
    method, why_method = words.METHODS[definition.method]
    nights = tuple((part.first + timedelta(days=k)).isoformat() for k in range(house.whole.shape[1]))
    return Result(
        allocation=definition.allocation,
        title=definition.title,
        structure="nights",
        method=method,
        why_method=why_method,
        status="optimal" if all(aim.value == aim.bound for aim in aims) else "feasible",
        aims=aims,
        ids=stays.ids,
        got=np.where(served, slot, -1),
        code=np.where(served, 0, 1),
        facts=facts(stays, served, house),
        labels={"first": nights, "room": tuple(each.room for each in part.rooms)},
        resources=tuple(uses(definition, stays, np.where(served, slot, -1), house, worth=worth)),
    )


def again(definition: Definition, stays: Stays, said: Result) -> Result:
    """The result that follows from who is said to be served, with the bounds and worths that are said.

    Raises ValueError where there are too few rooms.
    """
    if said.ids != stays.ids or len(said.got) != len(stays):
        raise ValueError("결과의 신청이 명단과 다릅니다")
    house, served = rooms_by_night(definition), said.got >= 0
    use = occupied(stays, served, house, len(definition.classes)).sum(axis=0)
    hard = np.array([price is None for price in house.price])
    if (use.sum(axis=0) > house.whole).any() or (use > house.part)[hard].any():
        raise ValueError("방보다 많은 신청이 배정된 밤이 있습니다")
    values = aim_values(definition, stays, served, house)
    aims = tuple(replace(aim, bound=told.bound) for aim, told in zip(values, said.aims, strict=True))
    return result(definition, stays, served, house, aims=aims, worth=[use.worth for use in said.resources])


def aim_values(definition: Definition, stays: Stays, served: np.ndarray, house: House) -> tuple[Aim, ...]:
    """Each aim of a plan, counted without any solver."""
    values = {"before": stays.before, "nights": stays.nights, "rank": stays.rank}
    result = []
    for number, each in enumerate(definition.classes):
        count = int((served & (stays.cls == number)).sum())
        result.append(Aim(f"served_{each.code}", f"배정받은 {each.name}", count, count))
    for aim in definition.aims or ("before", "nights", "rank"):
        total = lending_price(stays, served, house) if aim == "quota" else int(values[aim][served].sum())
        result.append(Aim(aim, words.AIMS[aim], total, total))
    return tuple(result)


def lending_price(stays: Stays, served: np.ndarray, house: House) -> int:
    """What the rooms above the shares' own parts cost."""
    over = occupied(stays, served, house, int(stays.cls.max(initial=0)) + 1).sum(axis=0) - house.part
    price = np.array([each or 0 for each in house.price], np.int64)
    return int((np.maximum(over, 0).sum(axis=(1, 2)) * price).sum())


def bounded(aims: tuple[Aim, ...], blocks: list[Block]) -> tuple[Aim, ...]:
    """The aims with the bounds proven for them; each block's aims stand in the same order."""
    if not blocks[0].bounds:
        return aims
    bounds = [abs(sum(several)) for several in zip(*(block.bounds for block in blocks), strict=True)]
    return tuple(replace(aim, bound=bound) for aim, bound in zip(aims, bounds, strict=True))


def occupied(stays: Stays, served: np.ndarray, house: House, classes: int) -> Ints:
    """`[class, share, type, night]`: rooms in use."""
    shares, types, nights = house.part.shape
    steps = np.zeros((classes, shares, types, nights + 1), np.int64)
    rows = np.flatnonzero(served)
    where = (stays.cls[rows], stays.share[rows], stays.room[rows])
    np.add.at(steps, (*where, stays.start[rows]), 1)
    np.subtract.at(steps, (*where, stays.start[rows] + stays.nights[rows]), 1)
    return steps.cumsum(axis=3)[..., :-1]


def crowded(house: House, use: Ints) -> tuple[np.ndarray, Ints]:
    """`[share, type, night]` where a share gets no more, and `[class, share, type, night]` who has those rooms."""
    own = use.sum(axis=0) == house.part
    if not house.lends:
        return own, use
    own &= np.array([price is None for price in house.price])[:, None, None]
    return own | (use.sum(axis=(0, 1)) == house.whole), np.where(own, use, use.sum(axis=1, keepdims=True))


def facts(stays: Stays, served: np.ndarray, house: House) -> dict[str, Ints]:
    """By application: which nights were full, who has the rooms of the night that decides, and the place among equals.

    That night is the first full one where nobody of a lower class sleeps: a refused stay has one, for else those few
    would have made room for it.
    """
    full, use = crowded(house, occupied(stays, served, house, int(stays.cls.max(initial=0)) + 1))
    upto = use.cumsum(axis=0)
    closed = full & (upto == upto[-1])
    nights = full.shape[2]
    before = np.concatenate([np.zeros((*full.shape[:2], 1), np.int64), full.cumsum(axis=2)], axis=2)
    here = (stays.share, stays.room)
    count = before[(*here, stays.start + stays.nights)] - before[(*here, stays.start)]
    ahead = np.where(closed, np.arange(nights), nights)
    next_closed = np.minimum.accumulate(ahead[..., ::-1], axis=3)[..., ::-1]
    first = next_closed[(stays.cls, *here, stays.start)]
    first = np.where(first < stays.start + stays.nights, first, -1)
    same = use[(stays.cls, *here, first)]
    size, given, position = equals(stays, served)
    return {
        "position": stays.rank + 1,
        "nights": stays.nights,
        "room": stays.room,
        "full": count,
        "first": first,
        "higher": np.where(first >= 0, upto[(stays.cls, *here, first)] - same, 0),
        "same": np.where(first >= 0, same, 0),
        "equals": size,
        "equals_served": given,
        "equals_position": position,
    }


def equals(stays: Stays, served: np.ndarray) -> tuple[Ints, Ints, Ints]:
    """By application: how many have the same wish and class, how many of them are served, the position by rank."""
    parts = (stays.share, stays.room, stays.start, stays.nights, stays.cls, stays.before)
    key = np.zeros(len(stays), np.int64)
    for part in parts:
        key = key * (int(part.max(initial=0)) + 1) + part
    order = np.lexsort((stays.rank, key))
    begins = np.flatnonzero(np.diff(key[order], prepend=-1) != 0)
    size = np.diff(begins, append=len(stays))
    given = np.add.reduceat(served[order].astype(np.int64), begins) if len(begins) else size
    columns = [np.empty(len(stays), np.int64) for _ in range(3)]
    columns[0][order] = np.repeat(size, size)
    columns[1][order] = np.repeat(given, size)
    columns[2][order] = np.arange(len(stays)) - np.repeat(begins, size) + 1
    return columns[0], columns[1], columns[2]


def uses(definition: Definition, stays: Stays, got: Ints, house: House, *, worth: Sequence[str]) -> list[Use]:
    """Nights offered and used by share and type, or by type where shares lend."""
    names = [each.room for each in definition.the_nights.rooms]
    rooms = house.whole.sum(axis=1)
    if not house.lends:
        shares = definition.shares or ("",)
        names = [f"{share} {room}".strip() for share in shares for room in names]
        rooms = house.part.sum(axis=2).reshape(-1)
    used = np.bincount(got[got >= 0], weights=stays.nights[got >= 0], minlength=len(names)).astype(np.int64)
    return [Use(*told) for told in zip(names, names, rooms.tolist(), used.tolist(), worth, strict=True)]


def worths(definition: Definition, blocks: list[Block]) -> list[str]:
    """What one room more in all the season would bring."""
    told = []
    for block in blocks:
        gains = zip(definition.classes, block.worth, strict=False)
        more = ", ".join(f"{each.name} {gain}건" for each, gain in gains if gain > 0)
        brings = f"방 하나가 더 있으면 {more}이 더 배정됩니다."
        told.append(brings if more else "방을 늘려도 더 배정되지 않습니다.")
    return told
