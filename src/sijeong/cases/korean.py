"""Particles after words that are not known beforehand, and days as offices write them. Pure."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

# Written forms with both particles, as ``부서을(를)``: (after a final consonant, after a vowel).
PAIRS = {"을(를)": ("을", "를"), "이(가)": ("이", "가"), "은(는)": ("은", "는"), "(으)로": ("으로", "로")}
# Digits, and letters as their names are read, that end in a consonant when spoken.
CONSONANT_ENDINGS = frozenset("013678LMNRlmnr")
PATTERN = re.compile(r"([가-힣0-9A-Za-z])([’'”\"』」)\]]*)(을\(를\)|이\(가\)|은\(는\)|\(으\)로)")


def settled(text: str) -> str:
    """The text with each double particle settled by the sound before it: ``부처을(를)`` becomes ``부처를``."""

    def choose(match: re.Match[str]) -> str:
        last, closing, pair = match.groups()
        final = (ord(last) - 0xAC00) % 28 if "가" <= last <= "힣" else int(last in CONSONANT_ENDINGS)
        # ㄹ takes 로 like a vowel.
        rieul = last in "1lLrR78" or ("가" <= last <= "힣" and final == 8)
        closed = bool(final) and not (pair == "(으)로" and rieul)
        return f"{last}{closing}{PAIRS[pair][0 if closed else 1]}"

    return PATTERN.sub(choose, text)


@lru_cache(maxsize=4096)
def day(value: dt.date | str) -> str:
    """``2026. 11. 21.(토)`` of a date, or of one written as ISO 8601."""
    date = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{date.year}. {date.month}. {date.day}.({'월화수목금토일'[date.weekday()]})"


def countdown(left: int) -> str:
    """Days to a due date as people say them: ``D-3``, ``D-day``, ``2일 지남``."""
    if left == 0:
        return "D-day"
    return f"D-{left}" if left > 0 else f"{-left}일 지남"
