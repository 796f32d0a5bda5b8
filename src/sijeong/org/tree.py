"""The organisation tree as it stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from .models import FormerParent, Unit

LEVELS = list(Unit.Level)


@dataclass
class Node:
    """A unit on a day with those under it, in the order of level and code."""

    unit: Unit
    below: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Itself and everything under it, from above to below."""
        yield self
        for node in self.below:
            yield from node.walk()


def tree_on(government: int, day: dt.date) -> list[Node]:
    """The tops of a government's tree on ``day``; two queries.

    A unit whose parent did not exist that day stands at the top rather than vanish (``checks`` reports it).
    """
    nodes = {unit.pk: Node(unit) for unit in Unit.objects.on(day).filter(government=government)}
    above = {pk: node.unit.parent_id for pk, node in nodes.items()} | _former_parents(government, day)
    tops: list[Node] = []
    for pk, node in sorted(nodes.items(), key=lambda item: _order(item[1].unit)):
        parent = nodes.get(above[pk] or 0)
        (parent.below if parent else tops).append(node)
    return tops


def _former_parents(government: int, day: dt.date) -> dict[int, int | None]:
    """Unit → the parent it had on ``day``, for units moved since: the earliest move after that day tells."""
    moves = FormerParent.objects.filter(unit__government=government, until__gte=day).order_by("-until")
    return dict(moves.values_list("unit", "parent"))


def _order(unit: Unit) -> tuple[int, str]:
    return LEVELS.index(Unit.Level(unit.level)), unit.code


def node_of(tops: list[Node], unit: int) -> Node | None:
    """The node of a unit, or None where it did not exist that day."""
    return next((node for top in tops for node in top.walk() if node.unit.pk == unit), None)


def path_to(tops: list[Node], unit: int) -> list[Unit]:
    """The units from the top down to a unit, itself included; empty where it did not exist."""
    for top in tops:
        if top.unit.pk == unit:
            return [top.unit]
        if below := path_to(top.below, unit):
            return [top.unit, *below]
    return []
