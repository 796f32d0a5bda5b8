"""Why each applicant got what they got, and what one more place would be worth: facts, not yet words."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from . import serving
from .flow import FAR, Ints, Network, distances, way_stage
from .transport import People, Plan, Rules

HOME, NEXT_FULL, NEXT_BETTER, SHORT, NOT_OFFERED = range(5)


@dataclass(frozen=True)
class Reasons:
    """By applicant: `code`; `best`, the nearest pool open to them (-1: none); `position` in their class's line.

    For those not served also `ahead`: how many others would come before them at `best`, were it widened;
    `more`: the fewest places there that would have served them (exactly, all else equal).
    """

    code: Ints
    best: Ints
    position: Ints
    ahead: Ints
    more: Ints


@dataclass(frozen=True)
class Price:
    """One more place in a pool: the class it would serve (-1: nobody more), else what each aim would gain."""

    serves: int
    gains: dict[str, int]


def reasons(people: People, plan: Plan, rules: Rules) -> Reasons:
    """Facts for every applicant, by group where equals share them."""
    nearest = nearest_pool(plan, rules)
    groups, runs = plan.groups, len(people)
    pool_of = np.append(plan.pools.of, -1)[plan.site]
    code = codes(plan, rules, nearest)[groups.of, pool_of]
    more = np.zeros(runs, np.int64)
    waiting = plan.queue[plan.site[plan.queue] < 0]
    if len(waiting):
        more[waiting] = places_needed(plan, groups.of[waiting], nearest)
    return Reasons(code, nearest[groups.of], positions(people, plan.queue), np.maximum(more - 1, 0), more)


def nearest_pool(plan: Plan, rules: Rules) -> Ints:
    """By group the eligible pool with the fewest steps, -1 where there is none."""
    hops = rules.hops[plan.groups.place][:, plan.pools.place]
    if not hops.size:
        return np.full(len(hops), -1, np.int64)
    eligible = np.zeros(hops.shape, bool)
    eligible[plan.model.arc_group, plan.model.arc_pool] = True
    best = np.where(eligible, hops, rules.reach + 1).argmin(axis=1)
    return np.where(eligible.any(axis=1), best, -1)


def codes(plan: Plan, rules: Rules, nearest: Ints) -> Ints:
    """By group and pool (the last column: nowhere) the code of the reason."""
    hops = rules.hops[plan.groups.place][:, plan.pools.place]
    if not hops.size:
        return np.full((len(hops), 1), NOT_OFFERED)
    free = plan.flow.sum(axis=0) < plan.pools.room.sum(axis=0)
    eligible = np.zeros(hops.shape, bool)
    eligible[plan.model.arc_group, plan.model.arc_pool] = True
    open_at = np.where(eligible & free[None, :], hops, rules.reach + 1).min(axis=1)
    table = np.where(open_at[:, None] < hops, NEXT_BETTER, NEXT_FULL)
    table = np.where(hops == hops[np.arange(len(hops)), nearest][:, None], HOME, table)
    return np.hstack([table, np.where(nearest < 0, NOT_OFFERED, SHORT)[:, None]])


def positions(people: People, queue: Ints) -> Ints:
    """1 for the first of each class by the tie rule."""
    size = np.bincount(people.cls)
    rows = queue if people.now is None else queue[np.argsort(people.cls[queue], kind="stable")]
    position = np.empty(len(people), np.int64)
    position[rows] = np.arange(len(people)) - np.repeat(np.cumsum(size) - size, size) + 1
    return position


def places_needed(plan: Plan, queue: Ints, nearest: Ints) -> Ints:
    """By waiting applicant (`queue`: their groups, in line) how many places more in their group's nearest pool
    would serve them; -1 where no number would, 0 where there is no such pool.

    Each added place lets in at most one, in the order of the line, and never turns out anybody (bases of a
    strong map are nested), so one answer with an unlimited pool tells the number for everyone.
    """
    more, best = np.zeros(len(queue), np.int64), nearest[queue]
    wanting = np.bincount(queue, minlength=len(plan.groups)) > 0
    direct = np.zeros((len(plan.groups), len(plan.pools.place)), bool)
    direct[plan.model.arc_group, plan.model.arc_pool] = True
    residual = Residual.of(plan)
    alike: dict[bytes, list[int]] = {}
    for pool in np.unique(nearest[wanting]).tolist():
        if pool < 0:
            continue
        entering = direct[:, pool] & wanting
        if not plan.model.quotas and (residual.leading_to(plan, pool) & wanting == entering).all():
            alike.setdefault(entering.tobytes(), []).append(pool)
        else:
            here = best == pool
            more[here] = by_solving(plan, queue, pool)[here]
    for mask, pools in alike.items():
        entering = np.frombuffer(mask, bool)
        enters = entering[queue]
        there = np.zeros(direct.shape[1] + 1, bool)  # the last one for those without any pool
        there[pools] = True
        np.copyto(more, np.where(enters, np.cumsum(enters), -1), where=there[best])
    return more


@dataclass(frozen=True)
class Residual:
    """Which groups lead to which others by giving up a place: a group may take what another has in a pool."""

    reach: np.ndarray

    @classmethod
    def of(cls, plan: Plan) -> Residual:
        """`reach[g, h]`: a place freed by h can, over any number of exchanges, serve g."""
        count, wide = len(plan.groups), len(plan.pools.place)
        direct = np.zeros((count, wide), np.float32)
        direct[plan.model.arc_group, plan.model.arc_pool] = 1
        reach = (direct @ (plan.flow > 0).T.astype(np.float32)) > 0
        reach |= np.eye(count, dtype=bool)
        while True:
            wider = (reach.astype(np.float32) @ reach.astype(np.float32)) > 0
            if (wider == reach).all():
                return cls(reach)
            reach = wider

    def leading_to(self, plan: Plan, pool: int) -> np.ndarray:
        """By group whether it could get into the pool, were there room without end."""
        into = np.zeros(len(self.reach), bool)
        into[plan.model.arc_group[plan.model.arc_pool == pool]] = True
        return np.asarray(self.reach[:, into].any(axis=1), bool)


def by_solving(plan: Plan, queue: Ints, pool: int) -> Ints:
    """The number for everyone waiting, from a solve with the pool unlimited."""
    network = widened(plan.model.network, plan, pool, int(plan.groups.size.sum()))
    counts = serving.most(network, plan.model.sink, queue, len(plan.groups), plan.counts)
    entering = counts - plan.counts
    turn = np.argsort(queue, kind="stable")
    starts = np.searchsorted(queue[turn], queue[turn])
    enters = np.zeros(len(queue), bool)
    enters[turn] = np.arange(len(queue)) - starts < entering[queue[turn]]
    return np.where(enters, np.cumsum(enters), -1)


def widened(network: Network, plan: Plan, pool: int, by: int) -> Network:
    """The same network with `by` places more in the dearest tier of `pool`; quotas stay."""
    capacity = network.capacity.copy()
    wide = len(plan.pools.place)
    capacity[len(capacity) - wide + pool] += by
    return replace(network, capacity=capacity)


def prices(plan: Plan, people: People) -> list[Price]:
    """What one more place in each pool (in its dearest tier) is worth, from shortest residual paths."""
    groups, model = plan.groups, plan.model
    outside = groups.size - plan.counts
    top = int(groups.cls.max(initial=0)) + 1
    count = len(groups)
    nothing = np.zeros(count, np.int64)
    network = Network(
        np.concatenate([model.network.tail, np.arange(count)]),
        np.concatenate([model.network.head, np.full(count, model.sink)]),
        np.concatenate([model.network.capacity, outside]),
        model.network.supply,
        (),
    )
    served = np.concatenate([np.zeros(len(model.network.tail), np.int64), top - groups.cls])
    aims = [served, *(np.concatenate([cost, nothing]) for cost in model.network.costs)]
    stage = way_stage(aims, network.nodes)
    units = np.concatenate([plan.solved.units, outside])
    reach = distances(network, units, stage.cost, model.sink)
    wide = len(plan.pools.place)
    last = stage.cost[len(model.network.tail) - wide : len(model.network.tail)]
    result = []
    for pool in range(wide):
        way = int(reach[model.pool_node + pool])
        saved = 0 if way >= int(FAR) else min(0, way + int(last[pool]))
        parts = [-part for part in stage.split(saved)]
        gains = dict(zip(model.aims, parts[1:], strict=False)) if not parts[0] else {}
        result.append(Price(top - parts[0] if parts[0] else -1, gains))
    return result
