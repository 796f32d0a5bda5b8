"""What the organisation page shows: a card a bureau, its divisions, and who leads them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from .levels import COUNCIL_SIDE, HEADS
from .models import Post, Role, Unit
from .tree import Node

LEVEL = Unit.Level


@dataclass
class Card:
    """A bureau with what is under it; without a unit, a group of units that stand directly under the city."""

    title: str
    unit: Unit | None = None
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """Cards of the executive and of the council."""

    executive: list[Card]
    council: list[Card]


def chart(tops: list[Node], name: str = "") -> Chart:
    """Lay a government's tree out in cards; with ``name``, only what bears it."""
    council = [node for node in tops if node.unit.level in COUNCIL_SIDE]
    city = [node for node in tops if node.unit.level == LEVEL.CITY]
    under = [below for node in city for below in node.below]
    under += [node for node in tops if node not in council and node not in city]
    bureaus = [
        Card(node.unit.name, node.unit, node.below) for node in under if node.unit.level == LEVEL.BUREAU
    ]
    groups = [
        Card("직속 부서", nodes=[node for node in under if node.unit.level in {LEVEL.DIVISION, LEVEL.TEAM}]),
        Card("투자·출연기관", nodes=[node for node in under if node.unit.level == LEVEL.AGENCY]),
    ]
    direct, agencies = ([group] if group.nodes else [] for group in groups)
    seats = [Card(node.unit.name, node.unit, node.below) for node in council]
    return Chart(_bearing(name, [*direct, *bureaus, *agencies]), _bearing(name, seats))


def _bearing(name: str, cards: list[Card]) -> list[Card]:
    """Cards whose unit bears the name, whole; of the others, the units that do."""
    found = []
    for card in cards:
        whole = card.unit is not None and name in card.title
        nodes = card.nodes if whole else [node for node in card.nodes if name in node.unit.name]
        if whole or nodes:
            found.append(Card(card.title, card.unit, nodes))
    return found


def heads_on(government: int, day: dt.date) -> dict[int, list[Post]]:
    """Unit → who heads it on ``day``, one acting for an absent head included."""
    heads = defaultdict(list)
    posts = Post.objects.on(day).filter(unit__government=government, role__in=HEADS)
    for post in posts.select_related("user").order_by("acting", "valid_from"):
        heads[post.unit_id].append(post)
    return dict(heads)


def members_on(government: int, day: dt.date) -> dict[int, int]:
    """Council unit → number of its members on ``day``."""
    seats = Post.objects.on(day).filter(unit__government=government, role=Role.COUNCIL_MEMBER)
    return dict(seats.values_list("unit").annotate(Count("user", distinct=True)))
