"""Korean text as the index keeps it: bigrams of Hangul that do not mind spacing, other writing as words. Pure.

A text's Hangul is read without its spaces, so that 어린이보호구역 and 어린이 보호구역 are one. A query's words lose
their particles; what is left must stand in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from operator import add

# Hangul syllables and letters, and Chinese characters: written without spaces that mean anything.
JOINED = "가-힣ᄀ-ᇿ㄰-㆏一-鿿"
LONGEST_WORD = 40
_RUNS = re.compile(rf"([{JOINED}]+(?:[\s·ㆍ・‧]+[{JOINED}]+)*)|([0-9a-z]+)")
_PIECES = re.compile(rf"([{JOINED}]+)|([0-9a-z]+)")
_SPACES = re.compile(r"[\s·ㆍ・‧]+")
_COMMAS = re.compile(r"(?<=\d),(?=\d{3})")
# Endings that a noun takes in a sentence: of a verb made from it, of place and means, of topic and case.
_ENDINGS = re.compile(
    r"(?:하는|하여|하고|하기|하며|하면|했던|했다|한다|합니다|하였다|한|할|함|되는|되어|되고|되며|된다|됩니다|된|될|됨)?"
    r"(?:에게서|에서|에게|한테|께서|께|으로써|로써|으로서|로서|으로|로|까지|부터|처럼|보다|마다|조차|마저|밖에"
    r"|이나|나|이라|라|이랑|랑|와|과|에)?"
    r"(?:은|는|도|만|의|이|가|을|를)?$"
)
SHORTEST_STEM = 2


@dataclass(frozen=True)
class Word:
    """A piece of a query. ``stem`` is ``text`` without its endings, of at least two syllables where Hangul."""

    text: str
    stem: str
    joined: bool


def normal(text: str) -> str:
    """Composed, in compatibility form, lower case, thousands without commas: what is compared."""
    return _COMMAS.sub("", unicodedata.normalize("NFKC", text).lower())


def bigrams(run: str) -> list[str]:
    """Pairs of neighbouring syllables; a single one stands alone."""
    return list(map(add, run, run[1:])) or [run]


def grams(text: str) -> str:
    """The tokens of a text, separated by spaces, in their order.

    Each stretch of Hangul ends with its last syllable alone, so that every syllable begins some token: a query of
    one syllable finds it. A number is kept also without leading zeros.
    """
    tokens: list[str] = []
    for joined, word in _RUNS.findall(normal(text)):
        if joined:
            run = _SPACES.sub("", joined)
            tokens += map(add, run, run[1:])
            tokens.append(run[-1])
        else:
            tokens.append(word[:LONGEST_WORD])
            if word[0] == "0" and word.isdecimal():
                tokens.append(word.lstrip("0") or "0")
    return " ".join(tokens)


def stem(text: str) -> str:
    """A query's word without its endings; never shorter than two syllables."""
    match = _ENDINGS.search(text, SHORTEST_STEM)
    return text[: match.start()] if match else text


def words(query: str) -> list[Word]:
    """The pieces of a query, each of which must be found. A syllable beside a number (제300회) is left out."""
    found = []
    for chunk in normal(query).split():
        pieces = _PIECES.findall(chunk)
        for joined, word in pieces:
            if word:
                plain = (word.lstrip("0") or "0") if word.isdecimal() else word
                found.append(Word(word, plain[:LONGEST_WORD], joined=False))
            elif len(joined) > 1 or len(pieces) == 1:
                found.append(Word(joined, stem(joined), joined=True))
    return list(dict.fromkeys(found))
