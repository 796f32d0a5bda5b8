"""How wide the columns of a table should be, and how tall its rows: from what stands in them."""

from __future__ import annotations

import unicodedata

from .model import Grid

_LEAST, _MOST = 6.0, 60.0


def breadth(text: str) -> int:
    """Width of a line in half-width letters: a Hangul syllable counts two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def shares(grid: Grid) -> list[float]:
    """Each column's share of the table's width; they sum to 1."""
    wanted = [_LEAST] * grid.width
    for _, column, square in grid.placed:
        if square.colspan == 1:
            widest = max(map(breadth, square.texts), default=0) + 2
            wanted[column] = max(wanted[column], min(widest, _MOST))
    for _, column, square in grid.placed:
        span = range(column, column + square.colspan)
        lack = min(max(map(breadth, square.texts), default=0) + 2, _MOST) - sum(wanted[c] for c in span)
        for c in span if lack > 0 else ():
            wanted[c] += lack / square.colspan
    whole = sum(wanted)
    return [one / whole for one in wanted]


def line_counts(grid: Grid, letters: float) -> list[int]:
    """Lines each row needs when the table is ``letters`` half-width letters wide."""
    share = shares(grid)
    rows = [1] * len(grid.rows)
    for row, column, square in grid.placed:
        room = max(1.0, letters * sum(share[column : column + square.colspan]) - 2)
        lines = sum(max(1, -int(-breadth(text) // room)) for text in square.texts)
        if square.rowspan == 1:
            rows[row] = max(rows[row], lines)
    return rows
