"""What the room `allocation` is measured against: the bare flow, greedy rules, HiGHS."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from sijeong.allocation.solving.flow import Network, cheapest, weigh
from sijeong.allocation.solving.splitting import tier_rooms
from sijeong.allocation.solving.transport import People, Rules, Sites


def bare(people: People, sites: Sites, rules: Rules) -> tuple[np.ndarray, Network, np.ndarray]:
    """The flow alone: groups counted, arcs laid, solved. District x class to district, tiers merged.

    With fewer places than people an arc a group leads past them all, dear by class.
    """
    places, classes = len(rules.hops), len(rules.weights)
    demand = np.bincount(people.place * classes + people.cls, minlength=places * classes)
    groups = places * classes
    sink = groups + places
    a, b = np.divmod(np.arange(groups * places), places)
    hops = rules.hops[a // classes, b]
    rooms = np.array([np.bincount(sites.place, r, places) for r in tier_rooms(sites, rules)], np.int64)
    tail = np.concatenate([a, np.tile(groups + np.arange(places), len(rooms))])
    head = np.concatenate([groups + b, np.full(rooms.size, sink)])
    capacity = np.concatenate([demand[a], rooms.reshape(-1)])
    flat, none = np.zeros(rooms.size, np.int64), np.zeros(len(a), np.int64)
    balance = np.repeat([price for _, price in rules.tiers], places)
    weights = np.array(rules.weights)
    costs = (
        np.concatenate([(hops > 0).astype(np.int64), flat]),
        np.concatenate([hops * weights[a % classes], flat]),
        np.concatenate([none, balance]),
    )
    supply = np.concatenate([demand, np.zeros(places, np.int64), [-demand.sum()]])
    if rooms.sum() < len(people):
        group = np.arange(groups)
        tail, head = np.concatenate([tail, group]), np.concatenate([head, np.full(groups, sink)])
        capacity, past = np.concatenate([capacity, demand]), np.zeros(groups, np.int64)
        refused = [
            np.concatenate([np.zeros(len(costs[0]), np.int64), group % classes == k]) for k in range(classes)
        ]
        costs = (*refused, *(np.concatenate([cost, past]) for cost in costs))
    network = Network(tail, head, capacity, supply, costs)
    cost = weigh(costs, network.nodes).cost
    return cheapest(network, cost), network, cost


def per_person(people: People, sites: Sites, rules: Rules) -> int:
    """One node a patient, arcs to every institution within one border: what not grouping costs."""
    near = [np.flatnonzero(rules.hops[place, sites.place] <= 1) for place in range(len(rules.hops))]
    size = np.array([len(near[place]) for place in people.place])
    who = np.repeat(np.arange(len(people)), size)
    where = np.concatenate([near[place] for place in people.place])
    sink = len(people) + len(sites)
    rooms = tier_rooms(sites, rules)
    tail = np.concatenate(
        [who, np.tile(len(people) + np.arange(len(sites)), len(rooms)), np.arange(len(people))]
    )
    head = np.concatenate([len(people) + where, np.full(rooms.size, sink), np.full(len(people), sink)])
    capacity = np.concatenate(
        [np.ones(len(who), np.int64), rooms.reshape(-1), np.ones(len(people), np.int64)]
    )
    price = np.repeat([price for _, price in rules.tiers], len(sites))
    far = np.full(len(people), 10**6)
    cost = np.concatenate([1000 * rules.hops[people.place[who], sites.place[where]], price, far])
    supply = np.concatenate([np.ones(len(people), np.int64), np.zeros(len(sites), np.int64), [-len(people)]])
    return int(cost @ cheapest(Network(tail, head, capacity, supply, (cost,)), cost))


def highs(network: Network, cost: np.ndarray) -> float:
    """The same flow as a linear programme in HiGHS (SciPy's: highspy and OR-Tools clash in one process)."""
    arcs = np.arange(len(network.tail))
    ends = np.concatenate([network.tail, network.head]), np.concatenate([arcs, arcs])
    signs = np.concatenate([np.ones(len(arcs)), -np.ones(len(arcs))])
    balance = sparse.csr_matrix((signs, ends), (network.nodes, len(arcs)))
    bounds = np.stack([np.zeros(len(arcs)), network.capacity], axis=1)
    return float(linprog(cost, A_eq=balance, b_eq=network.supply, bounds=bounds, method="highs").fun)


def nearest(people: People, sites: Sites, rules: Rules) -> np.ndarray:
    """Greedy: in the order of class and receipt, the nearest place that is free."""
    lists = [np.argsort(row[sites.place], kind="stable").tolist() for row in rules.hops]
    left, at, result = sites.capacity.tolist(), [0] * len(rules.hops), np.full(len(people), -1)
    place = people.place.tolist()
    for row in np.lexsort((people.rank, people.cls)).tolist():
        mine = place[row]
        order, k = lists[mine], at[mine]
        while k < len(order) and not left[order[k]]:
            k += 1
        at[mine] = k
        if k < len(order):
            left[order[k]] -= 1
            result[row] = order[k]
    return result


def marginal(people: People, sites: Sites, rules: Rules) -> np.ndarray:
    """Greedy: in the same order, the place that is cheapest now, crowding counted."""
    lists = [np.argsort(row[sites.place], kind="stable").tolist() for row in rules.hops]
    steps = [np.repeat([p for _, p in rules.tiers], room).tolist() for room in tier_rooms(sites, rules).T]
    used, result = [0] * len(sites), np.full(len(people), -1)
    hops = (100 * rules.hops[:, sites.place]).tolist()
    place = people.place.tolist()
    for row in np.lexsort((people.rank, people.cls)).tolist():
        mine, best, cheapest_yet = place[row], -1, 10**9
        for site in lists[mine]:
            way = hops[mine][site]
            if way >= cheapest_yet:
                break
            if used[site] < len(steps[site]) and way + steps[site][used[site]] < cheapest_yet:
                best, cheapest_yet = site, way + steps[site][used[site]]
        if best >= 0:
            used[best] += 1
            result[row] = best
    return result


def greedy_nights(stays: Any, rooms: np.ndarray) -> np.ndarray:
    left, served = rooms.tolist(), np.zeros(len(stays), bool)
    parts = [part.tolist() for part in (stays.share, stays.room, stays.start, stays.nights)]
    for k in np.lexsort((stays.rank, -stays.nights, stays.cls)).tolist():
        share, room, start, nights = (part[k] for part in parts)
        row = left[share][room]
        if min(row[start : start + nights]) > 0:
            for night in range(start, start + nights):
                row[night] -= 1
            served[k] = True
    return served
