"""What changed between two texts, so that an office reads it: lines side by side, words and particles marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Particles that hang on a noun (조사); the longest is taken first. A one-letter noun keeps its letter.
PARTICLES = (
    "에게서|으로서|으로써|에서는|에서도|까지는|부터는|이라고|이라는|에는|에도|에서|에게|께서|까지|부터|보다|처럼|마다|조차|밖에|이나|으로|라는|이며|이고|하고|"
    "은|는|이|가|을|를|의|에|와|과|도|만|로"
)
TOKEN = re.compile(
    rf"([가-힣]{{2,}}?)({PARTICLES})(?![가-힣])|[가-힣]+|[A-Za-z]+|\d[\d,.]*\d|\d|\s+|.", re.DOTALL
)
LIKE = 0.3  # below it two lines are other lines, not one line changed


@dataclass(frozen=True)
class Piece:
    """A stretch of a line: ``same``, ``gone`` (only in the old one) or ``new`` (only in the new one)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line of each text beside the other; None where the other has none there."""

    old: tuple[Piece, ...] | None
    new: tuple[Piece, ...] | None

    @property
    def changed(self) -> bool:
        return self.old is None or self.new is None or any(p.kind != "same" for p in (*self.old, *self.new))

    @property
    def inline(self) -> tuple[Piece, ...]:
        """Both in one line: what went just before what came."""
        if self.old is None or self.new is None:
            return self.old or self.new or ()
        return tuple(_woven(self.old, self.new))


def tokens(text: str) -> list[str]:
    """Words, numbers, spaces and marks; a particle is a token of its own: ``예산|을``. Joined they are the text."""
    found: list[str] = []
    for match in TOKEN.finditer(text):
        found += [match[1], match[2]] if match[2] else [match[0]]
    return found


def compared(old: str, new: str) -> list[Line]:
    """The lines of both texts in their order, each changed one told by its words."""
    a, b = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line((Piece("same", line),), (Piece("same", line),)) for line in a[i1:i2]]
        else:
            pairs = zip_longest(a[i1:i2], b[j1:j2])
            lines += [line for one, other in pairs for line in _line(one, other)]
    return lines


def _line(old: str | None, new: str | None) -> list[Line]:
    if old is None:
        return [Line(None, (Piece("new", new or ""),))]
    if new is None:
        return [Line((Piece("gone", old),), None)]
    a, b = tokens(old), tokens(new)
    match = SequenceMatcher(None, a, b, autojunk=False)
    if match.ratio() < LIKE:
        return [Line((Piece("gone", old),), None), Line(None, (Piece("new", new),))]
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in match.get_opcodes():
        if tag == "equal":
            left.append(Piece("same", "".join(a[i1:i2])))
            right.append(Piece("same", "".join(b[j1:j2])))
            continue
        if i2 > i1:
            left.append(Piece("gone", "".join(a[i1:i2])))
        if j2 > j1:
            right.append(Piece("new", "".join(b[j1:j2])))
    return [Line(tuple(left), tuple(right))]


def _woven(old: tuple[Piece, ...], new: tuple[Piece, ...]) -> Iterator[Piece]:
    """The same pieces once, and between them what went and what came."""
    rest = list(new)
    for piece in old:
        if piece.kind == "gone":
            yield piece
            continue
        while rest and rest[0].kind == "new":
            yield rest.pop(0)
        yield rest.pop(0)
    yield from rest
