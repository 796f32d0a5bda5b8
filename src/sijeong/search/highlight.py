"""The place in a text that answers a query, with its words marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .grams import bigrams, words

WINDOW = 160
Marked = list[tuple[str, bool]]
GAP = r"[\s·ㆍ・‧]*"


def _pattern(text: str) -> str:
    return GAP.join(map(re.escape, text))


@lru_cache(maxsize=512)
def _patterns(query: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Of each word of the query: the whole of it, and, of Hangul, its pairs, each found though they overlap.

    The pairs are not compiled, which costs as much as marking a page of hits: where the whole stands, nobody asks them.
    """
    found = []
    for word in words(query):
        whole = re.compile(_pattern(word.stem), re.IGNORECASE)
        pairs = "|".join(map(_pattern, bigrams(word.stem))) if word.joined and len(word.stem) > 2 else ""
        found.append((whole, f"(?=({pairs}))" if pairs else ""))
    return tuple(found)


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Where the query's words stand in the text: starts and ends, in order, none within another.

    A word that does not stand there whole is marked in the stretches of it that do.
    """
    spots: list[tuple[int, int]] = []
    for whole, pairs in _patterns(query):
        here = [match.span() for match in whole.finditer(text)]
        if not here and pairs:
            joined = _joined(match.span(1) for match in re.finditer(pairs, text, re.IGNORECASE))
            longest = max((end - start for start, end in joined), default=0)
            here = [spot for spot in joined if spot[1] - spot[0] > 2 or longest <= 2]
        spots += here
    return _joined(sorted(spots))


def _joined(spots: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spots in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in spots:
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def marked(text: str, query: str) -> Marked:
    """The whole text in pieces, each with whether it is marked."""
    return _pieces(text, marks(text, query), 0, len(text))


def snippet(text: str, query: str, width: int = WINDOW) -> Marked:
    """The stretch of at most ``width`` characters that holds most marks; the beginning where there are none."""
    spots = marks(text, query)
    first = 0
    if spots:
        best = max(spots, key=lambda spot: sum(spot[0] <= start < spot[0] + width // 2 for start, _ in spots))
        first = max(0, best[0] - width // 4)
        if first:
            space = text.find(" ", first, best[0])
            first = space + 1 if space >= 0 else first
    last = min(len(text), first + width)
    pieces = _pieces(text, spots, first, last)
    if first:
        pieces.insert(0, ("… ", False))
    if last < len(text):
        pieces.append((" …", False))
    return pieces


def _pieces(text: str, spots: list[tuple[int, int]], first: int, last: int) -> Marked:
    pieces: Marked = []
    at = first
    for start, end in spots:
        if end <= at or start >= last:
            continue
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[max(at, start) : min(end, last)], True))
        at = min(end, last)
    if at < last:
        pieces.append((text[at:last], False))
    return pieces
