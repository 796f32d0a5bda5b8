"""Who is served when not everyone can be: the first in line first, decided on groups.

The served groups of a flow network form a gammoid, so going down the line and serving whoever can still be
served beside all those before gives the set that is best for every prefix of the line at once. Between two
refusals everybody is served; bisection finds the next refusal, and a cut then names every group that is
refused from there on. The cost is a few largest flows for each bottleneck, not one for each applicant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .flow import Ints, Network, largest


@dataclass(frozen=True)
class Queue:
    """A line read by group: of each prefix the members of every group, without walking through it."""

    line: Ints
    keys: Ints
    begins: Ints

    @classmethod
    def of(cls, line: Ints, groups: int) -> Queue:
        small = line.astype(np.uint16 if groups < 2**16 else np.int64)
        order = np.argsort(small, kind="stable")
        begins = np.concatenate([[0], np.cumsum(np.bincount(line, minlength=groups))])
        return cls(line, line[order] * (len(line) + 1) + order, begins)

    def upto(self, length: int) -> Ints:
        """By group how many of the first `length` belong to it."""
        groups = len(self.begins) - 1
        return (
            np.searchsorted(self.keys, np.arange(groups) * (len(self.line) + 1) + length) - self.begins[:-1]
        )


def most(network: Network, sink: int, line: Ints, groups: int, served: Ints | None = None) -> Ints:
    """How many of each group are served.

    `line`: the group of each applicant, first in line first; groups are the first nodes of the network;
    `served`: counts already promised.
    """
    counts = np.zeros(groups, np.int64) if served is None else served.copy()
    queue, at, end = Queue.of(line, groups), 0, len(line)
    while at < end:
        going = still_open(network, sink, counts)
        come = queue.upto(at)

        def more(length: int, going: np.ndarray = going, come: Ints = come) -> Ints:
            return np.where(going, queue.upto(length) - come, 0)

        if not more(end).any():
            break
        fitting = as_many(network, sink, counts + more(end))
        room = fitting - int(counts.sum())
        if room == int(more(end).sum()):
            return counts + more(end)
        # So many at most; mostly it is just they, and else the first refusal is found by halving.
        high = at + int(np.searchsorted(np.cumsum(going[line[at:]]), room, side="right"))
        low = at
        if carried(network, sink, counts + more(high)) is not None:
            low = high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (
                (middle, high) if carried(network, sink, counts + more(middle)) is not None else (low, middle)
            )
        counts = counts + more(low)
        at = low
    return counts


def still_open(network: Network, sink: int, counts: Ints) -> np.ndarray:
    """Which groups could send one more beside these counts."""
    units = carried(network, sink, counts)
    if units is None:
        raise ArithmeticError("counts that cannot be carried")
    return reaching(network, units, sink)[: len(counts)]


def as_many(network: Network, sink: int, counts: Ints) -> int:
    """How many of these can be carried at most."""
    return int(routed(network, sink, counts)[len(network.tail) :].sum())


def carried(network: Network, sink: int, counts: Ints) -> Ints | None:
    """Units by arc with which these counts are carried, None where they cannot be."""
    units = routed(network, sink, counts)
    inner = len(network.tail)
    return units[:inner] if int(units[inner:].sum()) == int(counts.sum()) else None


def routed(network: Network, sink: int, counts: Ints) -> Ints:
    """A largest flow of these counts: units by arc, those out of the source last."""
    source, groups = network.nodes, np.arange(len(counts))
    tail = np.concatenate([network.tail, np.full(len(counts), source)])
    head = np.concatenate([network.head, groups])
    capacity = np.concatenate([network.capacity, counts])
    wide = replace(network, tail=tail, head=head, capacity=capacity, supply=np.zeros(source + 1, np.int64))
    return largest(wide, source, sink)


def reaching(network: Network, units: Ints, goal: int) -> np.ndarray:
    """The nodes from which the residual network still leads to `goal`."""
    ahead, back = network.capacity > units, units > 0
    tail = np.concatenate([network.tail[ahead], network.head[back]])
    head = np.concatenate([network.head[ahead], network.tail[back]])
    found = np.zeros(network.nodes, bool)
    found[goal] = True
    while True:
        new = tail[found[head] & ~found[tail]]
        if not len(new):
            return found
        found[new] = True
