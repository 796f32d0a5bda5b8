"""Automatic paragraph heads: bullets and numbers that a word processor draws but does not store."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HANGUL = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"
JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Capital Roman numeral of 1-39."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def _letter(letters: str, number: int) -> str:
    return letters[(number - 1) % len(letters)]


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


FORMS = {
    "CIRCLED_DIGIT": _circled,
    "ROMAN_CAPITAL": roman,
    "ROMAN_SMALL": lambda n: roman(n).lower(),
    "LATIN_CAPITAL": lambda n: _letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n),
    "LATIN_SMALL": lambda n: _letter("abcdefghijklmnopqrstuvwxyz", n),
    "CIRCLED_LATIN_SMALL": lambda n: chr(0x24D0 + (n - 1) % 26),
    "HANGUL_SYLLABLE": lambda n: _letter(HANGUL, n),
    "CIRCLED_HANGUL_SYLLABLE": lambda n: chr(0x326E + (n - 1) % 14),
    "HANGUL_JAMO": lambda n: _letter(JAMO, n),
    "CIRCLED_HANGUL_JAMO": lambda n: chr(0x3260 + (n - 1) % 14),
    "IDEOGRAPH": lambda n: _letter("一二三四五六七八九十", n),
}


@dataclass(slots=True)
class Level:
    """One level of a numbering: its form, first number, and pattern (`^1.^2.` shows levels 1 and 2)."""

    form: str = "DIGIT"
    start: int = 1
    pattern: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts one list through a document."""

    levels: list[Level]
    counters: list[int] = field(default_factory=list)

    def next(self, level: int) -> str:
        """The head of the next paragraph at `level` (0 is the outermost)."""
        if level >= len(self.levels):
            return ""
        if not self.counters:
            self.counters = [0] * len(self.levels)
        for outer in range(level):
            self.counters[outer] = self.counters[outer] or self.levels[outer].start
        counted = self.counters[level]
        self.counters[level] = counted + 1 if counted else self.levels[level].start
        self.counters[level + 1 :] = [0] * (len(self.levels) - level - 1)
        return re.sub(r"\^(\d+)", lambda m: self._shown(int(m[1]) - 1), self.levels[level].pattern)

    def _shown(self, level: int) -> str:
        if level >= len(self.levels):
            return ""
        number = max(self.counters[level], 1)
        form = FORMS.get(self.levels[level].form)
        return form(number) if form else str(number)
