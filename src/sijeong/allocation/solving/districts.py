"""Districts of a city, who borders whom, and how many steps lie between them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

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


def read(text: str, name: str) -> Districts:
    """Districts from a table of name, size and bordering names. Raises ValueError for a border of one side."""
    rows = list(csv.reader(text.splitlines()))[1:]
    names = tuple(row[0] for row in rows)
    borders = np.zeros((len(names), len(names)), bool)
    for at, (_, _, others) in enumerate(rows):
        for other in others.split():
            borders[at, names.index(other)] = True
    if (borders != borders.T).any():
        raise ValueError(f"{name}: 한쪽에만 적힌 이웃이 있습니다")
    return Districts(names, np.array([int(row[1]) for row in rows], np.int64), steps(borders))


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
