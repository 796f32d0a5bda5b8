"""The districts of a city, `districts.csv` of its folder: the one place where they stand."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = "districts.csv"


@dataclass(frozen=True)
class District:
    """`voters`: residents entitled to vote, a measure of size; `beside`: names of those it borders on; `tile`: column
    and row in a schematic map of the city."""

    code: int
    name: str
    voters: int
    beside: tuple[str, ...]
    tile: tuple[int, int]


def read_districts(folder: Path) -> tuple[District, ...]:
    """The districts of a city folder, in its order; none where it has no such file. Raises ValueError."""
    path = folder / FILE
    return districts_in(path.read_text(encoding="utf-8"), str(path)) if path.exists() else ()


def districts_in(text: str, place: str) -> tuple[District, ...]:
    """The districts of such a table. Raises ValueError `place:line: …` for a cell that is none, or a border of one side."""
    found = []
    for line, row in enumerate(csv.reader(text.splitlines()), 1):
        if line == 1:
            continue
        try:
            code, name, voters, beside, column, at = row
            found.append(
                District(int(code), name, int(voters), tuple(beside.split()), (int(column), int(at)))
            )
        except ValueError:
            raise ValueError(
                f"{place}:{line}: 행정표준코드,자치구,선거인수,맞닿은 자치구,열,행이어야 합니다"
            ) from None
    borders = {(one.name, other) for one in found for other in one.beside}
    if wrong := sorted((one, other) for one, other in borders if (other, one) not in borders):
        raise ValueError(f"{place}: 한쪽에만 적힌 이웃이 있습니다: {'-'.join(wrong[0])}")
    return tuple(found)
