"""Where those who must be served cannot all be: which demands and capacities conflict, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .conflict import smallest_conflict
from .definition import Definition
from .result import Result
from .result import infeasible as nothing
from .transport import People, Plan, Rules, Sites, plan
from .transport_reasons import NOT_OFFERED

Item = tuple[str, int]


@dataclass(frozen=True)
class Case:
    """A checked instance. `site_names` by site, for people to read."""

    people: People
    sites: Sites
    rules: Rules
    site_names: tuple[str, ...]


def infeasible(definition: Definition, case: Case, found: Plan, pools: tuple[str, ...]) -> Result:
    """A result that assigns nothing and names the smallest set of demands and limits that cannot all hold."""
    codes = [each.code for each in definition.classes]
    items: list[Item] = [("class", codes.index(code)) for code in definition.must_serve]
    items += [("pool", number) for number in range(len(pools))]
    chosen = smallest_conflict(len(items), lambda kept: holds(case, found, {items[k] for k in kept}))
    structure = "places" if definition.the_places.districts else "seats"
    conflict = tuple(told(definition, case, found, pools, items[k]) for k in chosen)
    return nothing(definition, structure, case.people.ids, NOT_OFFERED, conflict)


def holds(case: Case, found: Plan, kept: set[Item]) -> bool:
    """Whether the kept demands fit into the kept capacities, all others being without limit."""
    limited = np.isin(found.pools.of, [number for kind, number in kept if kind == "pool"])
    capacity = np.where(limited, case.sites.capacity, len(case.people))
    wanted = np.isin(case.people.cls, [number for kind, number in kept if kind == "class"])
    sites = replace(case.sites, capacity=capacity)
    return bool((plan(only(case.people, wanted), sites, case.rules).site >= 0).all())


def told(definition: Definition, case: Case, found: Plan, pools: Sequence[str], item: Item) -> str:
    kind, number = item
    if kind == "pool":
        return f"{pools[number]}의 정원은 {int(found.pools.capacity[number])}입니다."
    members = case.people.cls == number
    lost = int((~np.isin(found.groups.of[members], found.model.arc_group)).sum())
    nowhere = f" 그 가운데 {lost}명은 필요한 것을 제공하는 곳이 없습니다." if lost else ""
    return f"{definition.classes[number].name} {int(members.sum())}명은 모두 배정되어야 합니다.{nowhere}"


def only(people: People, chosen: np.ndarray) -> People:
    """Those applicants alone, in the same order of rank."""
    rank = np.argsort(np.argsort(people.rank[chosen]))
    ids = tuple(ident for ident, keep in zip(people.ids, chosen, strict=True) if keep)
    cls, place, need, share = (part[chosen] for part in (people.cls, people.place, people.need, people.share))
    return People(ids, rank, cls, place, need, share)
