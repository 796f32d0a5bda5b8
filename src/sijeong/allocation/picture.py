"""What a page draws of a result: a tile for each district, or a bar for each resource; the table stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db.models import Sum

from sijeong.catalog.districts import read_districts

from .models import Place, Run

SIDE = 64
STEPS = (50, 70, 85, 95)  # per cent at which a tile grows darker
BARS = 20


@dataclass(frozen=True)
class Tile:
    """A district in the schematic map: where it lies, how full it is, and who of it was not served."""

    name: str
    x: int
    y: int
    capacity: int
    used: int
    served: int
    refused: int

    @property
    def percent(self) -> int:
        return self.used * 100 // self.capacity if self.capacity else 0

    @property
    def step(self) -> int:
        return sum(self.percent >= edge for edge in STEPS) if self.capacity else 0


def tiles(run: Run, city: Path) -> list[Tile]:
    """The districts of the city as tiles, in the order of its folder; empty where no table names districts."""
    at = {one.name: one.tile for one in read_districts(city)}
    people = run.outcome["by_area"]
    use = {
        area: (capacity, used)
        for area, capacity, used in run.places.values("area")
        .annotate(capacity=Sum("capacity"), used=Sum("used"))
        .values_list("area", "capacity", "used")
    }
    if not set(use) & set(at):
        return []
    return [
        Tile(name, x * SIDE, y * SIDE, *use.get(name, (0, 0)), *people.get(name, (0, 0)))
        for name, (x, y) in at.items()
    ]


def bars(run: Run) -> tuple[list[tuple[str, int, str]], list[Place]]:
    """The most used resources as bars in per cent, and their rows for the table beside."""
    most = list(run.places.order_by("-used", "pk")[:BARS])
    return [(place.name, place.percent, "bad" if place.percent >= 100 else "main") for place in most], most
