"""How wide the columns of a table should be, how tall its rows, and how small its letters: from what stands in them.

Widths are counted in half-width letters: a Hangul syllable counts two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from .model import Grid, Square

_PAD = 2.0  # what a cell's own margins take
_LEAST = 4.0
_LONGEST = 26.0  # a longer word may be broken, a figure never
_SMALLEST = 0.2
_FIGURE = re.compile(r"[\d.,%△▲/()+~:′'’-]+\w{0,2}")

Measure = Callable[[str], float]


class Fit(NamedTuple):
    """Each column's share of the table's width (they sum to 1), the scale of its letters, and each row's lines."""

    shares: list[float]
    scale: float
    lines: list[int]


class _Measured(NamedTuple):
    """What a cell asks for: ``unbroken`` on one line, ``lines`` if nothing has to be broken."""

    row: int
    column: int
    square: Square
    unbroken: float
    lines: list[float]


@lru_cache(maxsize=4096)
def breadth(text: str) -> int:
    """Width of a line in half-width letters."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def fit(grid: Grid, letters: float, measure: Measure = breadth) -> Fit:
    """The columns of a table ``letters`` wide: no figure and no word is broken while smaller letters help.

    ``measure`` tells the width of a text in half-width letters, where the font is known.
    """
    cells = [_measured(*placed, measure) for placed in grid.placed]
    least = _wanted(grid.width, cells, [cell.unbroken for cell in cells])
    natural = _wanted(grid.width, cells, [max(cell.lines, default=0) for cell in cells])
    scale = 1.0
    if sum(least) >= letters:
        natural, scale = least, max(_SMALLEST, letters / sum(least))
    elif sum(natural) > letters:
        natural = _filled(least, natural, _volumes(grid.width, cells), letters)
    whole = sum(natural)
    shares = [one / whole for one in natural]
    return Fit(shares, scale, _line_counts(len(grid.rows), cells, shares, letters / scale))


def _measured(row: int, column: int, square: Square, measure: Measure) -> _Measured:
    texts = square.texts
    unbroken = max((_unbroken(text, measure) for text in texts), default=0)
    return _Measured(row, column, square, unbroken, [*map(measure, texts)])


@lru_cache(maxsize=4096)
def _unbroken(text: str, measure: Measure) -> float:
    """The widest thing in a text that has to stay on one line."""
    words = ((word, measure(word)) for word in text.split())
    return max((w if _FIGURE.fullmatch(word) else min(w, _LONGEST) for word, w in words), default=0)


def _wanted(width: int, cells: list[_Measured], asked: Sequence[float]) -> list[float]:
    wanted = [_LEAST] * width
    spanning = []
    for (_, column, square, *_), room in zip(cells, asked, strict=True):
        if square.colspan > 1:
            spanning.append((column, square.colspan, room))
        elif room + _PAD > wanted[column]:
            wanted[column] = room + _PAD
    for column, colspan, room in spanning:
        lack = room + _PAD - sum(wanted[column : column + colspan])
        for c in range(column, column + colspan) if lack > 0 else ():
            wanted[c] += lack / colspan
    return wanted


def _volumes(width: int, cells: list[_Measured]) -> list[float]:
    """How much there is to read in each column."""
    told = [1.0] * width
    for cell in cells:
        told[cell.column] += sum(cell.lines) / cell.square.colspan
    return told


def _filled(
    least: Sequence[float], natural: Sequence[float], volumes: Sequence[float], room: float
) -> list[float]:
    """Room beyond the least goes where there is most to read, and never beyond what a column can use."""
    wide = list(least)
    while (spare := room - sum(wide)) > 0.5:
        hungry = [c for c in range(len(wide)) if natural[c] - wide[c] > 0.1]
        whole = sum(sqrt(volumes[c]) for c in hungry)
        for c in hungry:
            wide[c] += min(spare * sqrt(volumes[c]) / whole, natural[c] - wide[c])
        if not hungry:
            break
    return wide


def _line_counts(rows: int, cells: list[_Measured], shares: list[float], letters: float) -> list[int]:
    """Lines each row needs when the table is ``letters`` of its own wide."""
    counts = [1] * rows
    for row, column, square, _, lines in cells:
        room = max(1.0, letters * sum(shares[column : column + square.colspan]) - _PAD)
        if square.rowspan == 1:
            counts[row] = max(counts[row], sum(max(1, -int(-line // room)) for line in lines))
    return counts
