"""Stays over nights: from checked tables to a problem, and from its plan to a result with reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from . import intake, lottery, words
from .definition import Definition
from .flow import Ints
from .nights import Block, Stays, plan
from .nights_conflict import conflict
from .result import Aim, Result, Use


def rooms_by_night(definition: Definition) -> Ints:
    """`rooms[share, type, night]`: each type by season, split by the quota (rounded down; the others the rest)."""
    part = definition.the_nights
    days = [part.first + timedelta(days=k) for k in range((part.last - part.first).days + 1)]
    high = [
        day.month in part.high_months or day.weekday() in part.high_weekdays or day in part.high_dates
        for day in days
    ]
    whole = np.array([[each.high if peak else each.low for peak in high] for each in part.rooms], np.int64)
    shares = max(1, len(definition.shares))
    split = np.zeros((shares, *whole.shape), np.int64)
    limited = {definition.shares.index(quota.share): quota.percent for quota in definition.quotas}
    for share, percent in limited.items():
        split[share] = whole * percent // 100
    rest = [share for share in range(shares) if share not in limited]
    for share in rest:
        split[share] = (whole - split.sum(axis=0)) if share == rest[-1] else 0
    return split


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
        intake.Fault(table.noun, at, table.columns["nights"], f"마지막 밤({part.last})을 넘깁니다")
        for at, (start, nights) in enumerate(zip(found["start"], found["nights"], strict=True), start=2)
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


def decide(definition: Definition, stays: Stays) -> Result:
    """The plan with its reasons."""
    rooms = rooms_by_night(definition)
    aims = definition.aims or ("before", "nights", "rank")
    blocks = plan(stays, rooms, len(definition.classes), aims)
    served = np.zeros(len(stays), bool)
    for block in blocks:
        served[block.rows] = block.served
    must = [k for k, each in enumerate(definition.classes) if each.code in definition.must_serve]
    if np.isin(stays.cls[~served], must).any():
        return infeasible(definition, stays, rooms)
    slot = stays.share * rooms.shape[1] + stays.room
    part = definition.the_nights
    method, why_method = words.METHODS["nights"]
    nights = tuple((part.first + timedelta(days=k)).isoformat() for k in range(rooms.shape[2]))
    return Result(
        allocation=definition.allocation,
        title=definition.title,
        structure="nights",
        method=method,
        why_method=why_method,
        status="optimal",
        aims=aim_values(definition, stays, served, aims),
        ids=stays.ids,
        got=np.where(served, slot, -1),
        code=np.where(served, 0, 1),
        facts=facts(stays, served, rooms),
        labels={"first": nights, "room": tuple(each.room for each in part.rooms)},
        resources=tuple(uses(definition, stays, served, rooms, blocks)),
    )


def infeasible(definition: Definition, stays: Stays, rooms: Ints) -> Result:
    """A result that assigns nothing and names the smallest conflict."""
    everyone = np.ones(len(stays), bool)
    wanted = occupied(stays, everyone, rooms, len(definition.classes))
    method, why_method = words.METHODS["nights"]
    nothing = np.full(len(stays), -1, np.int64)
    return Result(
        definition.allocation, definition.title, "nights", method, why_method, "infeasible", (), stays.ids, nothing,
        np.ones(len(stays), np.int64), conflict=conflict(definition, stays, rooms, wanted),
    )  # fmt: skip


def aim_values(
    definition: Definition, stays: Stays, served: np.ndarray, aims: tuple[str, ...]
) -> tuple[Aim, ...]:
    values = {"before": stays.before, "nights": stays.nights, "rank": stays.rank}
    result = []
    for number, each in enumerate(definition.classes):
        count = int((served & (stays.cls == number)).sum())
        result.append(Aim(f"served_{each.code}", f"배정받은 {each.name}", count, count))
    for aim in aims:
        total = int(values[aim][served].sum())
        result.append(Aim(aim, words.AIMS[aim], total, total))
    return tuple(result)


def occupied(stays: Stays, served: np.ndarray, rooms: Ints, classes: int) -> Ints:
    """`[class, share, type, night]`: rooms in use."""
    steps = np.zeros((classes, *rooms.shape[:2], rooms.shape[2] + 1), np.int64)
    rows = np.flatnonzero(served)
    where = (stays.cls[rows], stays.share[rows], stays.room[rows])
    np.add.at(steps, (*where, stays.start[rows]), 1)
    np.subtract.at(steps, (*where, stays.start[rows] + stays.nights[rows]), 1)
    return steps.cumsum(axis=3)[..., :-1]


def facts(stays: Stays, served: np.ndarray, rooms: Ints) -> dict[str, Ints]:
    """By application: which nights were full, who has the rooms, and the place among equals."""
    use = occupied(stays, served, rooms, int(stays.cls.max(initial=0)) + 1)
    full = use.sum(axis=0) == rooms
    before = np.concatenate([np.zeros((*rooms.shape[:2], 1), np.int64), full.cumsum(axis=2)], axis=2)
    count = (
        before[stays.share, stays.room, stays.start + stays.nights]
        - before[stays.share, stays.room, stays.start]
    )
    ahead = np.where(full, np.arange(rooms.shape[2]), rooms.shape[2])
    next_full = np.minimum.accumulate(ahead[..., ::-1], axis=2)[..., ::-1]
    first = next_full[stays.share, stays.room, stays.start]
    first = np.where(count > 0, first, -1)
    below = np.concatenate([np.zeros((1, *rooms.shape), np.int64), use.cumsum(axis=0)])
    higher = below[stays.cls, stays.share, stays.room, first]
    same = use[stays.cls, stays.share, stays.room, first]
    size, given, position = equals(stays, served)
    return {
        "position": stays.rank + 1,
        "nights": stays.nights,
        "room": stays.room,
        "full": count,
        "first": first,
        "higher": np.where(count > 0, higher, 0),
        "same": np.where(count > 0, same, 0),
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


def uses(
    definition: Definition, stays: Stays, served: np.ndarray, rooms: Ints, blocks: list[Block]
) -> list[Use]:
    """Nights offered and used by share and type, and what one room more in all the season would bring."""
    part, result = definition.the_nights, []
    names = definition.shares or ("",)
    for at, block in enumerate(blocks):
        share, room = divmod(at, rooms.shape[1])
        used = int(stays.nights[block.rows[block.served]].sum())
        more = [
            f"{each.name} {gain}건"
            for each, gain in zip(definition.classes, block.worth, strict=False)
            if gain > 0
        ]
        worth = (
            f"방 하나가 더 있으면 {', '.join(more)}이 더 배정됩니다."
            if more
            else "방을 늘려도 더 배정되지 않습니다."
        )
        name = f"{names[share]} {part.rooms[room].room}".strip()
        result.append(Use(name, name, int(rooms[share, room].sum()), used, worth))
    return result
