"""Where those who must be matched cannot all be: which demands, seats and standings conflict, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .conflict import smallest_conflict
from .definition import Definition
from .flow import Ints, Network, largest
from .matching import Market, match


def conflict(
    definition: Definition, market: Market, cls: Ints, *, regions: tuple[str, ...]
) -> tuple[str, ...]:
    """The smallest conflict among the classes' demands, the regions' seats, and the rule that choices are kept.

    All stable matches serve the same applicants (Roth, 1986), so the applicants' best one tells whether any serves all.
    """
    must = [k for k, each in enumerate(definition.classes) if each.code in definition.must_serve]
    wide = len(regions)

    def holds(chosen: Sequence[int]) -> bool:
        wanted = np.isin(cls, [must[k] for k in chosen if k < len(must)])
        limited = np.isin(np.arange(wide), [k - len(must) for k in chosen])
        capacity = np.where(limited, market.capacity, len(cls))
        part = Market(market.wishes[wanted], market.standing[wanted], capacity)
        if len(must) + wide in chosen:
            return bool((match(part) >= 0).all())
        return seated(part) == int(wanted.sum())

    told = []
    for item in smallest_conflict(len(must) + wide + 1, holds):
        if item < len(must):
            count = int((cls == must[item]).sum())
            told.append(f"{definition.classes[must[item]].name} {count}팀은 모두 배정되어야 합니다.")
        elif item < len(must) + wide:
            told.append(
                f"{regions[item - len(must)]}의 자리는 {int(market.capacity[item - len(must)])}개입니다."
            )
        else:
            told.append("서로 고른 순위를 지킵니다. 앞선 팀을 덜 원한 곳으로 보내 자리를 만들지 않습니다.")
    return tuple(told)


def seated(market: Market) -> int:
    """How many applicants fit into regions they wish, were nobody's standing looked at."""
    count, wide = len(market.wishes), len(market.capacity)
    who, wish = np.nonzero(market.wishes >= 0)
    source, sink = count + wide, count + wide + 1
    regions = np.arange(wide)
    tail = np.concatenate([np.full(count, source), who, count + regions])
    head = np.concatenate([np.arange(count), count + market.wishes[who, wish], np.full(wide, sink)])
    one = np.ones(count + len(who), np.int64)
    network = Network(tail, head, np.concatenate([one, market.capacity]), np.zeros(sink + 1, np.int64), ())
    return int(largest(network, source, sink)[:count].sum())
