"""A text with one way to write each digit, dash and space, as long as the text itself, so that places stay."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

DASHES = "‐‑‒–—―−ー─━ㅡ－﹣﹘⁃˗­〜～∼"
DOTS = "·․‧∙•ㆍ・。．｡"
SPACES = "\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff"
BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
FIXED = (
    dict.fromkeys(map(ord, DASHES), "-")
    | dict.fromkeys(map(ord, DOTS), ".")
    | dict.fromkeys(map(ord, SPACES), " ")
    | dict.fromkeys(map(ord, BREAKS), "\n")
)


@lru_cache(maxsize=4096)
def _flat(mark: str) -> str:
    if (fixed := FIXED.get(ord(mark))) is not None:
        return fixed
    if (digit := unicodedata.decimal(mark, None)) is not None:
        return str(digit)
    # Full-width Latin letters and signs.
    return chr(ord(mark) - 0xFEE0) if "！" <= mark <= "～" else mark


def flat(text: str) -> str:
    """``text`` with every mark replaced by the plain one that it stands for; of the same length."""
    return text if text.isascii() else "".join(mark if mark < "\x80" else _flat(mark) for mark in text)


def digits(text: str) -> str:
    """The ASCII digits of a flat text."""
    return "".join(mark for mark in text if "0" <= mark <= "9")


def before(text: str, at: int, reach: int) -> str:
    """The ``reach`` marks before a place, not past an empty line."""
    return text[max(0, at - reach) : at].rsplit("\n\n", 1)[-1]


def after(text: str, at: int, reach: int) -> str:
    """The ``reach`` marks after a place, not past an empty line."""
    return text[at : at + reach].split("\n\n", 1)[0]
