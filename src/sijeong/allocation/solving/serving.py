"""Who is served when not everyone can be: the first in line first, decided on groups.

The served groups of a flow network form a gammoid, so going down the line and serving whoever can still be
served beside all those before gives the set that is best for every prefix of the line at once. Between two
refusals everybody is served; bisection finds the next refusal, and a cut then names every group that is
refused from there on. The cost is a few largest flows for each bottleneck, not one for each applicant.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .flow import Ints, Network, largest


def most(network: Network, sink: int, line: Ints, groups: int, served: Ints | None = None) -> Ints:
    """How many of each group are served.

    `line`: the group of each applicant, first in line first; groups are the first nodes of the network;
    `served`: counts already promised.
    """
    counts = np.zeros(groups, np.int64) if served is None else served.copy()
    rest = line
    while len(rest := rest[still_open(network, sink, counts)[rest]]):
        if carried(network, sink, counts + np.bincount(rest, minlength=groups)) is not None:
            return counts + np.bincount(rest, minlength=groups)
        low, high = 0, len(rest)
        while high - low > 1:
            middle = (low + high) // 2
            wanted = counts + np.bincount(rest[:middle], minlength=groups)
            low, high = (low, middle) if carried(network, sink, wanted) is None else (middle, high)
        counts += np.bincount(rest[:low], minlength=groups)
        rest = rest[low:]
    return counts


def still_open(network: Network, sink: int, counts: Ints) -> np.ndarray:
    """Which groups could send one more beside these counts."""
    units = carried(network, sink, counts)
    if units is None:
        raise ArithmeticError("counts that cannot be carried")
    return reaching(network, units, sink)[: len(counts)]


def carried(network: Network, sink: int, counts: Ints) -> Ints | None:
    """Units by arc with which these counts are carried, None where they cannot be."""
    source, groups = network.nodes, np.arange(len(counts))
    tail = np.concatenate([network.tail, np.full(len(counts), source)])
    head = np.concatenate([network.head, groups])
    capacity = np.concatenate([network.capacity, counts])
    wide = replace(network, tail=tail, head=head, capacity=capacity, supply=np.zeros(source + 1, np.int64))
    units = largest(wide, source, sink)
    inner = len(network.tail)
    return units[:inner] if int(units[inner:].sum()) == int(counts.sum()) else None


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
