"""Stays over nights in rooms of a type, by min-cost flow along the line of nights.

Rooms of a type are alike, so a set of stays fits if no night has more stays than rooms (interval graphs are
perfect), and the best set is a flow: rooms run from night to night, idle or inside a stay (Arkin and Silverberg,
Scheduling jobs with fixed start and end times, 1987). Equal stays are one arc; among all plans that are best in
every aim the tie rule takes those with the smallest sum of ranks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .flow import FAR, Flow, Ints, Network, cheapest, distances, face, way_stage


@dataclass(frozen=True)
class Stays:
    """One row an application: `start` in nights from the first; `rank` 0 first; `cls` 0 highest."""

    ids: tuple[str, ...]
    rank: Ints
    cls: Ints
    share: Ints
    room: Ints
    start: Ints
    nights: Ints
    before: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Block:
    """One share's part of one room type, or the whole type where shares lend: which rows, who is served, and what
    one room more is worth by aim. `bounds` as proven for `values` (smaller is better); empty where they are equal."""

    rows: Ints
    served: np.ndarray
    values: tuple[int, ...]
    worth: tuple[int, ...]
    bounds: tuple[int, ...] = ()


def plan(stays: Stays, rooms: Ints, classes: int, aims: tuple[str, ...]) -> list[Block]:
    """The best plan for `rooms[share, room, night]`; shares and types do not touch, so each is solved alone."""
    shares, types, _ = rooms.shape
    blocks = []
    for share in range(shares):
        for room in range(types):
            rows = np.flatnonzero((stays.share == share) & (stays.room == room))
            blocks.append(solve_block(stays, rows, rooms[share, room], classes, aims))
    return blocks


def solve_block(stays: Stays, rows: Ints, rooms: Ints, classes: int, aims: tuple[str, ...]) -> Block:
    """The best set of the stays `rows` for `rooms` by night."""
    key = np.stack([stays.start[rows], stays.nights[rows], stays.cls[rows], stays.before[rows]], axis=1)
    single = ((key[:, 0] * 64 + key[:, 1]) * 64 + key[:, 2]) * 1024 + key[:, 3]
    _, first, of, size = np.unique(single, return_index=True, return_inverse=True, return_counts=True)
    network = line(key[first], size, rooms, classes, aims)
    fixed, free, solved = face(network)
    nights = len(rooms)
    units = fixed[nights:][of] > 0
    open_rows = np.flatnonzero(free.capacity[nights:][of] > 0)
    if len(open_rows):
        units[open_rows] = by_rank(free, open_rows, of, stays.rank[rows], nights)
    return Block(rows, units, solved.values, one_more_room(network, solved))


def line(groups: Ints, size: Ints, rooms: Ints, classes: int, aims: tuple[str, ...]) -> Network:
    """Nights as nodes; an idle arc a night and an arc for each group of equal stays."""
    nights, count = len(rooms), len(groups)
    start, length, cls, before = groups.T
    idle = np.zeros(nights, np.int64)
    costs = [np.concatenate([idle, -(cls == number).astype(np.int64)]) for number in range(classes)]
    values = {"before": before, "nights": -length}
    costs += [np.concatenate([idle, values[aim]]) for aim in aims if aim in values]
    most = int(rooms.max(initial=0)) + 1
    return Network(
        np.concatenate([np.arange(nights), start]),
        np.concatenate([np.arange(nights) + 1, start + length]),
        np.concatenate([np.full(nights, most), size]).astype(np.int64),
        np.diff(rooms, prepend=0, append=0),
        tuple(np.asarray(cost, np.int64).reshape(nights + count) for cost in costs),
    )


def by_rank(free: Network, rows: Ints, of: Ints, rank: Ints, nights: int) -> np.ndarray:
    """Who of the open stays is served: the smallest sum of ranks among all plans that are still best."""
    arcs = nights + of[rows]
    network = Network(
        np.concatenate([free.tail[:nights], free.tail[arcs]]),
        np.concatenate([free.head[:nights], free.head[arcs]]),
        np.concatenate([free.capacity[:nights], np.ones(len(rows), np.int64)]),
        free.supply,
        (),
    )
    cost = np.concatenate([np.zeros(nights, np.int64), rank[rows]])
    return cheapest(network, cost)[nights:] > 0


def one_more_room(network: Network, solved: Flow) -> tuple[int, ...]:
    """Gain by aim of one room more through the whole season (exact: a shortest path)."""
    stage = way_stage(network.costs, network.nodes)
    way = int(distances(network, solved.units, stage.cost, 0)[-1])
    return tuple(-part for part in stage.split(0 if way >= int(FAR) else min(0, way)))


def rooms_needed(stays: Stays, row: int, rooms: Ints, classes: int, aims: tuple[str, ...]) -> int:
    """The fewest rooms more over the nights of a refused stay that serve it, found by solving again.

    Rooms that are added from its first night to its last go the way of its own arc, and no shortest way from there to
    there leads back over that arc: once served with so many rooms, it stays served with more.
    """
    share, room = stays.share[row], stays.room[row]
    rows = np.flatnonzero((stays.share == share) & (stays.room == room))
    nights = slice(int(stays.start[row]), int(stays.start[row] + stays.nights[row]))
    low, high = 0, len(rows)
    while high - low > 1:
        middle = (low + high) // 2
        wider = rooms[share, room].copy()
        wider[nights] += middle
        enough = solve_block(stays, rows, wider, classes, aims).served[rows == row][0]
        low, high = (low, middle) if enough else (middle, high)
    return high
