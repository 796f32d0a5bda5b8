"""Min-cost flow with several aims in strict order, on integers throughout.

One solve serves many aims: in a network of n nodes an optimal flow has no improving simple cycle, and a
simple cycle has at most n arcs, so an aim weighted with more than n times the largest arc cost of all aims
below it can never be traded for them (Ahuja, Magnanti, Orlin, Network Flows, 1993, ch. 9 and 5.2).
Where such weights leave the safe range of 64 bits, the remaining aims are solved on the optimal face of the
first: arcs with a positive reduced cost stay empty, arcs with a negative one stay full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sijeong.late import Late

if TYPE_CHECKING:
    from ortools.graph.python import max_flow, min_cost_flow
else:
    max_flow = Late("ortools.graph.python.max_flow")
    min_cost_flow = Late("ortools.graph.python.min_cost_flow")

Ints = NDArray[np.int64]
FAR = np.int64(2**61)


class NoFlow(Exception):
    """The supplies cannot be carried at all."""


@dataclass(frozen=True)
class Network:
    """Arcs `tail` -> `head` with `capacity`, and `supply` by node (negative where flow is taken).

    `costs` holds one array of arc costs an aim, the first aim first; smaller is better.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    supply: Ints
    costs: tuple[Ints, ...]

    @property
    def nodes(self) -> int:
        return len(self.supply)


@dataclass(frozen=True)
class Stage:
    """Aims solved together: `cost` is their weighted sum an arc, `weights` one weight an aim."""

    cost: Ints
    weights: tuple[int, ...]

    def split(self, total: int) -> tuple[int, ...]:
        """A weighted sum along a path back into one figure an aim (exact: weights leave room for the sign)."""
        parts = []
        for weight in self.weights:
            part = (2 * total + weight) // (2 * weight)
            parts.append(part)
            total -= part * weight
        return tuple(parts)


@dataclass(frozen=True)
class Flow:
    """An optimal flow: units by arc, and the value of each aim."""

    units: Ints
    values: tuple[int, ...]
    stages: tuple[Stage, ...]


def weigh(costs: Sequence[Ints], nodes: int, limit: int = 0) -> Stage:
    """One cost an arc in which each aim outweighs all aims after it over any simple path or cycle.

    Raises OverflowError where an arc would cost more than `limit` (0: what the solver carries safely).
    """
    limit = limit or 2**62 // (nodes + 1) ** 2
    weight, weights, peak = 1, [], 0
    for cost in reversed(costs):
        weight = 2 * (nodes + 1) * peak + 1
        peak += weight * int(np.abs(cost).max(initial=0))
        if peak > limit:
            raise OverflowError(peak)
        weights.append(weight)
    weights.reverse()
    combined = np.array(weights, np.int64) @ np.stack(costs)
    return Stage(combined, tuple(weights))


def solve(network: Network) -> Flow:
    """The flow that is best in the first aim, among those best in the second, and so on.

    Raises NoFlow if the supplies cannot be carried.
    """
    rest, stages, free = list(network.costs), [], network
    units = np.zeros(len(network.tail), np.int64)
    while rest:
        stage, count = longest_stage(rest, network.nodes)
        stages.append(stage)
        rest = rest[count:]
        found = cheapest(free, stage.cost)
        if not rest:
            units += found
            break
        fixed, free = optimal_face(free, found, stage.cost)
        units += fixed
    values = tuple(int(cost @ units) for cost in network.costs)
    return Flow(units, values, tuple(stages))


def face(network: Network) -> tuple[Ints, Network, Flow]:
    """All aims solved, and what stays open then: units fixed in every optimum, the rest, and one optimum."""
    rest, stages, free = list(network.costs), [], network
    fixed = np.zeros(len(network.tail), np.int64)
    units = fixed
    while rest:
        stage, count = longest_stage(rest, network.nodes)
        stages.append(stage)
        rest = rest[count:]
        found = cheapest(free, stage.cost)
        units = fixed + found
        settled, free = optimal_face(free, found, stage.cost)
        fixed = fixed + settled
    return fixed, free, Flow(units, tuple(int(cost @ units) for cost in network.costs), tuple(stages))


def longest_stage(costs: Sequence[Ints], nodes: int, limit: int = 0) -> tuple[Stage, int]:
    """As many leading aims as one solve can carry exactly."""
    for count in range(len(costs), 1, -1):
        try:
            return weigh(costs[:count], nodes, limit), count
        except OverflowError:
            continue
    return weigh(costs[:1], nodes, limit), 1


def cheapest(network: Network, cost: Ints) -> Ints:
    """Units by arc of a cheapest flow for one cost an arc. Raises NoFlow."""
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, cost)
    solver.set_nodes_supplies(np.arange(network.nodes), network.supply)
    status = solver.solve()
    if status == solver.OPTIMAL:
        return np.asarray(solver.flows(arcs), np.int64)
    if status in (solver.INFEASIBLE, solver.UNBALANCED):
        raise NoFlow
    raise ArithmeticError(f"min-cost flow: {status}")


def largest(network: Network, source: int, sink: int) -> Ints:
    """Units by arc of a largest flow from `source` to `sink`."""
    solver = max_flow.SimpleMaxFlow()
    arcs = solver.add_arcs_with_capacity(network.tail, network.head, network.capacity)
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise ArithmeticError("max flow")
    return np.asarray(solver.flows(arcs), np.int64)


def optimal_face(network: Network, units: Ints, cost: Ints) -> tuple[Ints, Network]:
    """What every optimal flow has in common, and the network of what is still free."""
    potential = distances(network, units, cost)
    reduced = cost + potential[network.tail] - potential[network.head]
    fixed = np.where(reduced < 0, network.capacity, 0)
    supply = network.supply.copy()
    np.subtract.at(supply, network.tail, fixed)
    np.add.at(supply, network.head, fixed)
    capacity = np.where(reduced == 0, network.capacity, 0)
    return fixed, Network(network.tail, network.head, capacity, supply, network.costs)


def distances(network: Network, units: Ints, cost: Ints, source: int | None = None) -> Ints:
    """Shortest distances in the residual network, from `source` or from anywhere (then they are potentials).

    Bellman-Ford over whole arrays; FAR where there is no way. Correct for optimal `units` (no negative cycle).
    Arcs that join neighbours of a line, as nights do, are swept to and fro so that long chains cost one round.
    """
    ahead, back = network.capacity > units, units > 0
    tail = np.concatenate([network.tail[ahead], network.head[back]])
    head = np.concatenate([network.head[ahead], network.tail[back]])
    length = np.concatenate([cost[ahead], -cost[back]])
    line = chain(tail, head, length, network.nodes)
    reach = np.zeros(network.nodes, np.int64) if source is None else np.full(network.nodes, FAR)
    if source is not None:
        reach[source] = 0
    for _ in range(network.nodes + 1):
        before = reach.copy()
        known = before[tail]
        np.minimum.at(reach, head, np.where(known < FAR, known + length, FAR))
        if line is not None:
            reach = sweep(reach, *line)
        if (reach == before).all():
            return reach
    raise ArithmeticError("negative cycle: the flow was not optimal")


def way_stage(costs: Sequence[Ints], nodes: int) -> Stage:
    """As many leading aims as fit where only simple paths are added up: for prices, not for solving."""
    return longest_stage(costs, nodes, 2**60 // (nodes + 1))[0]


def chain(tail: Ints, head: Ints, length: Ints, nodes: int) -> tuple[list[int], list[int]] | None:
    """Lengths of the steps t -> t+1 and t+1 -> t, or None where the network is no line."""
    forward, backward = np.full(nodes - 1, FAR), np.full(nodes - 1, FAR)
    up, down = head == tail + 1, head == tail - 1
    np.minimum.at(forward, tail[up], length[up])
    np.minimum.at(backward, head[down], length[down])
    if (np.minimum(forward, backward) == FAR).any():
        return None
    return forward.tolist(), backward.tolist()


def sweep(reach: Ints, forward: list[int], backward: list[int]) -> Ints:
    """Relax every step of the line once forwards and once backwards."""
    far = int(FAR)
    now = reach.tolist()
    for at, step in enumerate(forward):
        if step < far and now[at] < far and now[at] + step < now[at + 1]:
            now[at + 1] = now[at] + step
    for at in range(len(backward) - 1, -1, -1):
        if backward[at] < far and now[at + 1] < far and now[at + 1] + backward[at] < now[at]:
            now[at] = now[at + 1] + backward[at]
    return np.array(now, np.int64)
