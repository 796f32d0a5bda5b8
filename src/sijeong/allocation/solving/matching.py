"""Choice by both sides: applicants propose, regions keep the best so far (Gale and Shapley, 1962).

The result is stable: no applicant and region would both rather have each other. Of all stable results it is the
best for every applicant, and an applicant cannot gain by wishing untruthfully (Roth, 1982).
"""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, replace

import numpy as np

from .flow import Ints


@dataclass(frozen=True)
class Market:
    """`wishes[a, k]`: region of applicant a's k-th wish (-1: none). `standing[a, k]`: how that region ranks a
    (smaller is better, never equal within a region). `capacity` by region."""

    wishes: Ints
    standing: Ints
    capacity: Ints


def match(market: Market) -> Ints:
    """The wish number that each applicant got, -1 for none: stable and best for applicants."""
    wishes, standing = market.wishes.tolist(), market.standing.tolist()
    room = market.capacity.tolist()
    held: list[list[tuple[int, int]]] = [[] for _ in room]
    got = [-1] * len(wishes)
    turn = [0] * len(wishes)
    asking = list(range(len(wishes) - 1, -1, -1))
    while asking:
        who = asking.pop()
        while turn[who] < len(wishes[who]) and wishes[who][turn[who]] < 0:
            turn[who] += 1
        if turn[who] == len(wishes[who]):
            continue
        wish = turn[who]
        region = wishes[who][wish]
        turn[who] += 1
        heapq.heappush(held[region], (-standing[who][wish], who))
        got[who] = wish
        if len(held[region]) > room[region]:
            _, out = heapq.heappop(held[region])
            got[out] = -1
            asking.append(out)
    return np.array(got, np.int64)


def waiting(market: Market, got: Ints) -> list[Ints]:
    """By region the applicants who would rather be there than where they are, best standing first."""
    wide = market.wishes.shape[1]
    rather = np.arange(wide)[None, :] < np.where(got < 0, wide, got)[:, None]
    who, wish = np.nonzero(rather & (market.wishes >= 0))
    region, standing = market.wishes[who, wish], market.standing[who, wish]
    order = np.lexsort((standing, region))
    cuts = np.searchsorted(region[order], np.arange(len(market.capacity) + 1))
    return [who[order[a:b]] for a, b in itertools.pairwise(cuts)]


def one_more_seat(market: Market, got: Ints, region: int) -> int:
    """How many applicants more are matched (0 or 1) with one seat more, by following who moves up.

    The chain ends in a stable result, and all stable results match the same applicants (Roth, 1986).
    """
    now = got.copy()
    seats = np.bincount(market.wishes[np.arange(len(got)), got][got >= 0], minlength=len(market.capacity))
    if seats[region] < market.capacity[region]:
        return 0
    while True:
        queue = waiting(market, now)[region]
        if not len(queue):
            return 0
        who = int(queue[0])
        before = int(now[who])
        now[who] = int(np.flatnonzero(market.wishes[who] == region)[0])
        if before < 0:
            return 1
        region = int(market.wishes[who, before])


def seats_needed(market: Market, who: int, region: int) -> int:
    """The fewest seats more in `region` with which `who` gets it or a better wish (more seats never hurt)."""
    wish = int(np.flatnonzero(market.wishes[who] == region)[0])
    low, high = 0, len(market.wishes)
    while high - low > 1:
        middle = (low + high) // 2
        capacity = market.capacity.copy()
        capacity[region] += middle
        enough = 0 <= match(replace(market, capacity=capacity))[who] <= wish
        low, high = (low, middle) if enough else (middle, high)
    return high
