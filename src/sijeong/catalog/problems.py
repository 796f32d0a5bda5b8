"""What is wrong with a city folder, and where: `case_types/data_request.yaml:12: …; allowed: …`."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The way from the root of a file to one of its nodes: ("states", 2, "public")."""


class Remark(NamedTuple):
    """A fault at a node, before the file and line are known."""

    path: Path
    what: str
    allowed: str = ""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault with its place; line and column count from 1."""

    file: str
    line: int
    column: int
    what: str
    allowed: str = ""

    def __str__(self) -> str:
        allowed = f"; allowed: {self.allowed}" if self.allowed else ""
        return f"{self.file}:{self.line}: {self.what}{allowed}"


class CatalogError(Exception):
    """A city folder that can't be used. `problems` holds every fault found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def meant(word: str, words: Iterable[str]) -> str:
    """ " (did you mean 'x'?)", or nothing if no word is near."""
    near = get_close_matches(word, list(words), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
