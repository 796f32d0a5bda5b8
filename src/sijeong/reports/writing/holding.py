"""Which words of a line have to be held together: typst breaks between Hangul syllables, offices between words.

Holding every word costs as much as setting the page. So lines are filled here as typst fills them, with the advance
widths of the font, and only the words that may meet a line's end are held.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import ImageFont

_EM = 1000
_WIDEST = 1.2  # ems of a letter
_SLACK = 0.002  # of a line: between this measure and the setter's


@cache
def advances(font: Path) -> Callable[[str], float]:
    """A measure of text in ems of the font; letters that the font lacks count one em."""
    face = ImageFont.truetype(font, _EM)
    known: dict[str, float] = {}

    def width(text: str) -> float:
        try:
            return sum(map(known.__getitem__, text))
        except KeyError:
            known.update({letter: face.getlength(letter) / _EM for letter in set(text) - known.keys()})
            return width(text)

    return width


def at_risk(widths: list[float], space: float, first: float, rest: float) -> set[int]:
    """Numbers of the words that a line may end in: ``first`` and ``rest`` are the room of the lines, as ``widths`` are.

    Where this measure can't tell which way a line breaks, every word after it is named.
    """
    risky: set[int] = set()
    used, room = 0.0, first
    for number, width in enumerate(widths):
        over = used + width - room
        if abs(over) <= room * _SLACK or width > rest:
            return risky.union(range(number, len(widths)))
        if over > 0:
            risky.add(number)
            used, room = 0.0, rest
        used += width + space
    return {number for number in risky if widths[number] <= rest}


def held(
    text: str, measure: Callable[[str], float], first: float, rest: float | None = None
) -> list[tuple[str, bool]]:
    """The text in pieces and whether each is one word to be held; ``first``, ``rest`` in ems."""
    rest = first if rest is None else rest
    if len(text) * _WIDEST < first or measure(text) < first * (1 - _SLACK):
        return [(text, False)]
    words = text.split(" ")
    widths = [*map(measure, words)]
    risky = at_risk(widths, measure(" "), first, rest)
    pieces: list[tuple[str, bool]] = []
    loose = ""
    for number, (word, width) in enumerate(zip(words, widths, strict=True)):
        if width > rest and word.isascii():
            # An address or a code wider than the line: nothing in it may be broken, so it is held in parts.
            pieces += [(loose, False), *((part, True) for part in _parts(word, measure, rest))]
            loose = ""
        elif number in risky and word and width <= rest:
            pieces += [(loose, False), (word, True)]
            loose = ""
        else:
            loose += word
        loose += " " if number < len(words) - 1 else ""
    return [(piece, hold) for piece, hold in [*pieces, (loose, False)] if piece]


def _parts(word: str, measure: Callable[[str], float], room: float) -> list[str]:
    """The word cut into parts that fit a line."""
    parts = [""]
    for letter in word:
        if parts[-1] and measure(parts[-1] + letter) > room:
            parts.append("")
        parts[-1] += letter
    return parts
