"""Districts of a city, who borders whom, and how many steps lie between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sijeong.catalog.districts import districts_in

from .flow import Ints


@dataclass(frozen=True)
class Districts:
    """`hops[a, b]`: borders to cross from a to b; `weight`: residents entitled to vote, a measure of size."""

    names: tuple[str, ...]
    weight: Ints
    hops: Ints


NOWHERE = Districts(("",), np.ones(1, np.int64), np.zeros((1, 1), np.int64))


def load(path: Path) -> Districts:
    return read(path.read_text(encoding="utf-8"), path.name)


def read(text: str, place: str) -> Districts:
    """How far the districts of a city's table lie from each other. Raises ValueError as `districts_in` does."""
    told = districts_in(text, place)
    names = tuple(one.name for one in told)
    borders = np.array([[name in one.beside for name in names] for one in told], bool)
    return Districts(names, np.array([one.voters for one in told], np.int64), steps(borders))


def steps(borders: np.ndarray) -> Ints:
    """Fewest borders between any two districts (len(borders) where there is no way)."""
    count = len(borders)
    hops = np.where(np.eye(count, dtype=bool), 0, count).astype(np.int64)
    reached = np.eye(count, dtype=bool)
    for step in range(1, count):
        wider = reached | (reached.astype(np.int64) @ borders.astype(np.int64) > 0)
        hops[wider & ~reached] = step
        reached = wider
    return hops
