"""From groups and pools back to applicants and places: the tie rule in each group, evenness in each pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .flow import Ints

if TYPE_CHECKING:
    from .transport import Groups, Pools, Rules, Sites


def tier_rooms(sites: Sites, rules: Rules) -> Ints:
    """Free places by tier and site: tiers are shares of capacity, filled from below by those who stay."""
    edges = np.array([sites.capacity * percent // 100 for percent, _ in rules.tiers], np.int64)
    edges = np.maximum(edges, sites.taken)
    return np.diff(np.vstack([sites.taken, edges]), axis=0)


def split(groups: Groups, pools: Pools, sites: Sites, rules: Rules, flow: Ints) -> Ints:
    """Places by applicant: in each group the first in line get the nearest pool and the last get none."""
    hops = rules.hops[groups.place][:, pools.place]
    order = np.argsort(hops * len(pools.place) + np.arange(len(pools.place)), axis=1)
    outside = groups.size - flow.sum(axis=1)
    runs = np.hstack([np.take_along_axis(flow, order, axis=1), outside[:, None]])
    names = np.hstack([order, np.full((len(groups), 1), -1)])
    pool_of = np.repeat(names.reshape(-1), runs.reshape(-1))
    by_pool = np.argsort(pool_of.astype(np.int16 if len(pools.place) < 2**15 else np.int64), kind="stable")[
        int(outside.sum()) :
    ]
    site = np.full(len(groups.rows), -1, np.int64)
    load = site_loads(pools, sites, rules, flow.sum(axis=0))
    by_site = np.argsort(pools.of, kind="stable")
    site[groups.rows[by_pool]] = np.repeat(by_site, load[by_site])
    return site


def site_loads(pools: Pools, sites: Sites, rules: Rules, load: Ints) -> Ints:
    """Each pool's load by place: tier by tier, in a tier in proportion, the remainder by the largest fraction."""
    result = np.zeros(len(sites), np.int64)
    left = load.copy()
    rooms = tier_rooms(sites, rules)
    for number, room in enumerate(pools.room):
        used = np.minimum(left, room)
        left -= used
        whole, fraction = np.divmod(used[pools.of] * rooms[number], np.maximum(room[pools.of], 1))
        missing = used - np.bincount(pools.of, weights=whole, minlength=len(used)).astype(np.int64)
        order = np.lexsort((np.arange(len(sites)), -fraction, pools.of))
        begin = np.searchsorted(pools.of[order], np.arange(len(used)))
        position = np.arange(len(sites)) - begin[pools.of[order]]
        whole[order] += position < missing[pools.of[order]]
        result += whole
    return result
