"""The place in a text that answers a query, with its words marked. Pure."""

from __future__ import annotations

import re

from .grams import Word, words

WINDOW = 160
Marked = list[tuple[str, bool]]
GAP = r"[\s·ㆍ・‧]*"


def _pattern(text: str) -> str:
    return GAP.join(map(re.escape, text))


def _longest_found(word: Word, text: str) -> str | None:
    """A pattern of the word, or of the longest part of it (two syllables or more) that stands in the text."""
    shortest = 2 if len(word.stem) > 1 else 1
    for length in range(len(word.stem), shortest - 1, -1):
        for start in range(len(word.stem) - length + 1):
            pattern = _pattern(word.stem[start : start + length])
            if re.search(pattern, text, re.IGNORECASE):
                return pattern
        if not word.joined:
            return None
    return None


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Where the query's words stand in the text: starts and ends, in order."""
    patterns = [found for word in words(query) if (found := _longest_found(word, text))]
    if not patterns:
        return []
    whole = re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE)
    return [match.span() for match in whole.finditer(text)]


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
