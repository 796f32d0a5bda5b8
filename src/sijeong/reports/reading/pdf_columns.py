"""Pages whose text is turned or set in two columns, brought into the order in which they are read."""

from __future__ import annotations

from typing import NamedTuple

from sijeong.reports.reading.pdf_page import Box, Char

_MIDDLE = (0.35, 0.65)
_GUTTER = 5.0  # points left and right of the middle of the gap
_FEWEST_LINES = 6
_FEWEST_LETTERS = 12

Size = tuple[float, float]


def upright(box: Box, turn: int, size: Size) -> Box:
    """A box (x0, top, x1, bottom) of a page whose letters are turned, as it stands on the page turned back."""
    (x0, top, x1, bottom), (width, height) = box, size
    if turn == 1:
        return top, width - x1, bottom, width - x0
    if turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    return height - bottom, x0, height - top, x1


class Columns(NamedTuple):
    """Lines over the whole width, and those of the two columns on both sides of `middle`, from `top` on."""

    wide: list[list[Char]]
    left: list[list[Char]]
    right: list[list[Char]]
    middle: float
    top: float

    def side(self, x0: float, x1: float, top: float) -> int:
        """Where in the order of reading a box stands: before the columns, in one of them, or behind."""
        if top >= self.top and x1 <= self.middle + _GUTTER:
            return 1
        if top >= self.top and x0 >= self.middle - _GUTTER:
            return 2
        return 0 if top < self.top else 3


def columns(lines: list[list[Char]], size: Size) -> Columns | None:
    """The two columns of a page; None for the usual page of one."""
    width, height = size
    body = [
        n for n, line in enumerate(lines) if height * 0.07 < line[0].bottom and line[0].top < height * 0.9
    ]
    best: tuple[int, float] | None = None
    for at in range(int(width * _MIDDLE[0]), int(width * _MIDDLE[1]), 4):
        crossing = [n for n in body if any(c.x0 < at + _GUTTER and c.x1 > at - _GUTTER for c in lines[n])]
        first = crossing[-1] + 1 if crossing else 0
        if best is None or first < best[0]:
            best = first, float(at)
    if best is None:
        return None
    first, x = best
    below = [n for n in body if n >= first]
    left = [part for n in below if (part := [c for c in lines[n] if c.x1 <= x])]
    right = [part for n in below if (part := [c for c in lines[n] if c.x1 > x])]
    if not (_full(left) and _full(right)):
        return None
    wide = [line for n, line in enumerate(lines) if n not in set(below)]
    return Columns(wide, left, right, x, min(line[0].top for line in (left[0], right[0])))


def _full(lines: list[list[Char]]) -> bool:
    """True for lines of running text: a column of labels or figures is no column of a page."""
    return len(lines) >= _FEWEST_LINES and sum(map(len, lines)) >= _FEWEST_LETTERS * len(lines)
