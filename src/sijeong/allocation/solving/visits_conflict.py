"""Where those who must be visited cannot all be: which demands and whose weeks conflict, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .conflict import smallest_conflict
from .definition import Definition
from .visits import Households, Limits, Specialists, possible


def conflict(
    definition: Definition, homes: Households, staff: Specialists, limits: Limits, *, names: tuple[str, ...]
) -> tuple[str, ...]:
    """The smallest conflict: a demand is that of one class and field, a limit is one specialist's week."""
    kind = homes.cls * len(definition.the_visits.fields) + homes.field
    demands = np.unique(kind[homes.must & homes.due]).tolist()

    def holds(chosen: Sequence[int]) -> bool:
        kinds = [demands[k] for k in chosen if k < len(demands)]
        bound = np.isin(np.arange(len(staff.ids)), [k - len(demands) for k in chosen])
        wanted = homes.must & homes.due & np.isin(kind, kinds)
        return possible(replace(homes, due=wanted), replace(staff, bound=bound), limits)

    told = []
    for item in smallest_conflict(len(demands) + len(staff.ids), holds):
        if item < len(demands):
            members = homes.must & homes.due & (kind == demands[item])
            told.append(demand(definition, homes, staff, limits, members=members))
        else:
            told.append(
                f"{names[item - len(demands)]}은(는) 한나절에 {limits.each}번, 한 주에 {limits.most}번까지 갑니다."
            )
    return tuple(told)


def demand(
    definition: Definition, homes: Households, staff: Specialists, limits: Limits, *, members: np.ndarray
) -> str:
    """One demand, and how many of its households nobody could visit at all."""
    first = int(np.flatnonzero(members)[0])
    name = definition.classes[int(homes.cls[first])].name
    field = definition.the_visits.fields[int(homes.field[first])]
    alone = [
        home for home in np.flatnonzero(members)
        if not possible(replace(homes, due=np.arange(len(members)) == home), unbound(staff), limits)
    ]  # fmt: skip
    lost = f" 그 가운데 {len(alone)}가구는 되는 시간에 갈 담당자가 없습니다." if alone else ""
    return f"{name} 가운데 {field} 분야 {int(members.sum())}가구는 모두 방문을 받아야 합니다.{lost}"


def unbound(staff: Specialists) -> Specialists:
    return replace(staff, bound=np.zeros(len(staff.ids), bool))
