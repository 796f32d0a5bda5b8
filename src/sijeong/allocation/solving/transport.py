"""Applicants to places with a capacity, by min-cost flow over groups of equals.

Two applicants are equal when class, district, need and share are equal; two places are equal (one pool) when
district and offer are. Grouping is exact: costs and limits do not tell equals apart, and the tie rule then
splits every group in its own order. Who is served is decided first: in the order of class, then of the tie
rule, each applicant is served if that can be done beside all those before (the greedy basis of the gammoid of
the flow network, Schrijver 2003, ch. 39-40), so nobody is left out for someone later. The other aims follow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from . import serving, splitting
from .flow import Flow, Ints, Network, NoFlow, solve


@dataclass(frozen=True)
class People:
    """One row an applicant. `rank`: 0 first, no two alike; `cls`: 0 is the highest; `need`: bits.

    `now`: the site where they already are (-1: none); they come before all newcomers, whatever their class.
    """

    ids: tuple[str, ...]
    rank: Ints
    cls: Ints
    place: Ints
    need: Ints
    share: Ints
    now: Ints | None = None

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Sites:
    """One row a place to go, sorted by id. `taken`: places held by those who stay; `offers`: bits."""

    ids: tuple[str, ...]
    place: Ints
    offers: Ints
    capacity: Ints
    taken: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Quota:
    """At most `percent` of each place's capacity for one share; above it at `price` a place, or never (None)."""

    share: int
    percent: int
    price: int | None = None


@dataclass(frozen=True)
class Rules:
    """`hops[a, b]`: districts from a to b, 0 at home; nobody goes further than `reach`.

    `tiers`: (percent of capacity, price of each place up to there), both rising to 100; `weights`: by class,
    how much a step of distance counts; `aims`: the order of the aims after "served".
    """

    hops: Ints
    reach: int
    tiers: tuple[tuple[int, int], ...] = ((100, 0),)
    weights: tuple[int, ...] = ()
    aims: tuple[str, ...] = ("quota", "own", "distance", "balance")
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True)
class Groups:
    """Equal applicants: `of` each applicant, and `rows`: all applicants sorted by group, then by rank."""

    cls: Ints
    place: Ints
    need: Ints
    share: Ints
    now: Ints
    size: Ints
    of: Ints
    rows: Ints

    def __len__(self) -> int:
        return len(self.size)


@dataclass(frozen=True)
class Pools:
    """Equal places: `of` each site, `room` by tier and pool, `capacity` as published."""

    place: Ints
    offers: Ints
    room: Ints
    capacity: Ints
    of: Ints


@dataclass(frozen=True)
class Plan:
    """The decision and what explains it: `site` by applicant (-1: none), `flow[g, p]` by group and pool,
    `counts` of the served by group, `aims` with their values in order, `queue`: rows in the order of the line."""

    site: Ints
    groups: Groups
    pools: Pools
    flow: Ints
    counts: Ints
    aims: dict[str, int]
    model: Model
    solved: Flow
    queue: Ints


@dataclass(frozen=True)
class Model:
    """The network: which arcs run from group `g` to pool `p`, and where the other blocks of arcs begin."""

    network: Network
    aims: tuple[str, ...]
    arc_group: Ints
    arc_pool: Ints
    sink: int
    pool_node: int
    quotas: bool


def group(people: People) -> Groups:
    """Equal applicants together, in the order of class, district, need, share (whatever the input's order)."""
    now = np.full(len(people), -1, np.int64) if people.now is None else people.now
    parts = (people.cls, people.place, people.need, people.share, now + 1)
    spans = [int(part.max(initial=0)) + 1 for part in parts]
    key = people.cls
    for part, span in zip(parts[1:], spans[1:], strict=True):
        key = key * span + part
    if np.prod([float(span) for span in spans]) < 4_000_000:
        counts = np.bincount(key, minlength=1)
        found = np.flatnonzero(counts)
        lookup = np.zeros(len(counts), np.uint16 if len(found) < 2**16 else np.int64)
        lookup[found] = np.arange(len(found))
        of, size = lookup[key], counts[found]
    else:
        found, of, size = np.unique(key, return_inverse=True, return_counts=True)
    by_rank = np.empty(len(people), np.int64)
    by_rank[people.rank] = np.arange(len(people))
    rows = by_rank[np.argsort(of[by_rank], kind="stable")]
    first = rows[np.cumsum(size) - size] if len(size) else rows
    cls, place, need, share = (part[first] for part in parts[:4])
    return Groups(cls, place, need, share, now[first], size, of.astype(np.int64), rows)


def pool(sites: Sites, rules: Rules, apart: bool = False) -> Pools:
    """Equal places together; with a quota of shares, or somebody who may stay, each place is on its own."""
    alone = np.arange(len(sites)) if rules.quotas or apart else np.zeros(len(sites), np.int64)
    key = np.stack([sites.place, sites.offers, alone], axis=1)
    found, of = np.unique(key, axis=0, return_inverse=True)
    of = of.reshape(-1)
    room = np.zeros((len(rules.tiers), len(found)), np.int64)
    for number, size in enumerate(splitting.tier_rooms(sites, rules)):
        np.add.at(room[number], of, size)
    capacity = np.bincount(of, weights=sites.capacity, minlength=len(found)).astype(np.int64)
    return Pools(found[:, 0], found[:, 1], room, capacity, of)


def may_go(groups: Groups, pools: Pools, rules: Rules) -> np.ndarray:
    """Which group may use which pool: everything it needs is offered, and near enough."""
    needs, offers = groups.need[:, None], pools.offers[None, :]
    near = rules.hops[groups.place][:, pools.place] <= rules.reach
    return ((needs & offers) == needs) & near


Block = tuple[Ints, Ints, Ints, dict[str, Ints]]  # tails, heads, capacities, and costs by aim


def quota_arcs(quota: Quota, pools: Pools, through: int, pool_node: int, everybody: int) -> list[Block]:
    """From the share's own nodes into the pools: free up to the quota, above it at its price."""
    wide = len(pools.place)
    nodes = through + np.arange(wide)
    heads = pool_node + np.arange(wide)
    blocks: list[Block] = [(nodes, heads, pools.capacity * quota.percent // 100, {})]
    if quota.price is not None:
        blocks.append((nodes, heads, np.full(wide, everybody), {"quota": np.full(wide, quota.price)}))
    return blocks


def model(groups: Groups, pools: Pools, rules: Rules) -> Model:
    """Group -> (share of a pool ->) pool -> sink, without anybody left out; supplies are set when solving."""
    eligible = may_go(groups, pools, rules)
    arc_group, arc_pool = np.nonzero(eligible)
    count, wide, tiers = len(groups), len(pools.place), len(rules.tiers)
    quota_nodes = len(rules.quotas) * wide
    pool_node, sink = count + quota_nodes, count + quota_nodes + wide
    head = pool_node + arc_pool
    blocks: list[Block] = []
    for number, quota in enumerate(rules.quotas):
        through = count + number * wide
        head = np.where(groups.share[arc_group] == quota.share, through + arc_pool, head)
        blocks += quota_arcs(quota, pools, through, pool_node, int(groups.size.sum()))
    hops = rules.hops[groups.place[arc_group], pools.place[arc_pool]]
    weights = np.array(rules.weights or [1] * (int(groups.cls.max(initial=0)) + 1), np.int64)
    settled = groups.now[arc_group]
    moved = (settled >= 0) & (pools.of[np.maximum(settled, 0)] != arc_pool)
    costs = {
        "moved": moved.astype(np.int64),
        "own": (hops > 0).astype(np.int64),
        "distance": hops * weights[groups.cls[arc_group]],
    }
    blocks.insert(0, (arc_group, head, groups.size[arc_group], costs))
    prices = np.repeat([price for _, price in rules.tiers], wide)
    inlets = np.tile(pool_node + np.arange(wide), tiers)
    blocks.append((inlets, np.full(len(inlets), sink), pools.room.reshape(-1), {"balance": prices}))
    supply = np.zeros(sink + 1, np.int64)
    return join(
        blocks,
        supply,
        rules.aims,
        arc_group=arc_group,
        arc_pool=arc_pool,
        pool_node=pool_node,
        quotas=bool(rules.quotas),
    )


def join(
    blocks: list[Block],
    supply: Ints,
    aims: tuple[str, ...],
    *,
    arc_group: Ints,
    arc_pool: Ints,
    pool_node: int,
    quotas: bool,
) -> Model:
    tail, head, capacity = (np.concatenate([block[k] for block in blocks]).astype(np.int64) for k in range(3))
    costs = tuple(
        np.concatenate([block[3].get(aim, np.zeros(len(block[0]), np.int64)) for block in blocks])
        for aim in aims
    )
    network = Network(tail, head, capacity, supply, costs)
    return Model(network, aims, arc_group, arc_pool, len(supply) - 1, pool_node, quotas)


def plan(people: People, sites: Sites, rules: Rules) -> Plan:
    """The best plan: nobody left out for someone later, then each aim in its order."""
    queue = in_line(people)
    groups = group(people)
    pools = pool(sites, rules, apart=bool((groups.now >= 0).any()))
    built = model(groups, pools, rules)
    counts, solved = everyone(built, groups, pools)
    if solved is None:
        counts = serving.most(built.network, built.sink, groups.of[queue], len(groups))
        solved = solve(supplied(built, counts))
    flow = np.zeros((len(groups), len(pools.place)), np.int64)
    flow[built.arc_group, built.arc_pool] = solved.units[: len(built.arc_group)]
    site = splitting.split(groups, pools, sites, rules, flow)
    aims = dict(zip(built.aims, solved.values, strict=True))
    return Plan(site, groups, pools, flow, counts, aims, built, solved, queue)


def everyone(built: Model, groups: Groups, pools: Pools) -> tuple[Ints, Flow | None]:
    """Everybody's plan, where there is one."""
    if int(groups.size.sum()) > int(pools.room.sum()):
        return groups.size, None
    try:
        return groups.size, solve(supplied(built, groups.size))
    except NoFlow:
        return groups.size, None


def in_line(people: People) -> Ints:
    """Rows in the order in which they are served: those already placed, then by class, then by rank."""
    by_rank = np.empty(len(people), np.int64)
    by_rank[people.rank] = np.arange(len(people))
    key = people.cls
    if people.now is not None:
        key = key + np.where(people.now < 0, int(people.cls.max(initial=0)) + 1, 0)
    return by_rank[np.argsort(key[by_rank].astype(np.int16), kind="stable")]


def supplied(built: Model, counts: Ints) -> Network:
    supply = built.network.supply.copy()
    supply[: len(counts)] = counts
    supply[built.sink] = -counts.sum()
    return replace(built.network, supply=supply)
