"""Two texts that grew from one, joined so that nothing either writer added is lost. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

Change = tuple[int, int, list[str]]


@dataclass(frozen=True)
class Merged:
    """The joined text, and in how many places both had changed the same lines (there it holds both)."""

    text: str
    clashes: int


def merged(base: str, mine: str, theirs: str) -> Merged:
    """Join ``mine`` and ``theirs`` line by line, as both began from ``base``.

    What one changed and the other left is taken as changed. Where both changed the same lines differently, their
    lines come first and mine follow: every line that either added stands in the result.
    """
    if theirs in {mine, base}:
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    lines = base.splitlines()
    ours, others = _changes(lines, mine), _changes(lines, theirs)
    out: list[str] = []
    at = clashes = 0
    for start, end, my_part, their_part in _regions(ours, others):
        out += lines[at:start]
        now = lines[start:end]
        my_text, their_text = _applied(now, start, my_part), _applied(now, start, their_part)
        if not my_part or my_text == their_text:
            out += their_text
        elif not their_part:
            out += my_text
        else:
            clashes += 1
            out += their_text + [line for line in my_text if line not in their_text]
        at = end
    return Merged("\n".join(out + lines[at:]), clashes)


def _changes(lines: list[str], text: str) -> list[Change]:
    """What turns the lines into the text: from, to (of the lines), and what stands there now."""
    now = text.splitlines()
    codes = SequenceMatcher(None, lines, now, autojunk=False).get_opcodes()
    return [(a, b, now[c:d]) for tag, a, b, c, d in codes if tag != "equal"]


def _regions(
    ours: list[Change], others: list[Change]
) -> Iterator[tuple[int, int, list[Change], list[Change]]]:
    """Stretches of the base that either changed, those that touch as one: (from, to, my changes, their changes)."""
    tagged = sorted(
        [(change, 0) for change in ours] + [(change, 1) for change in others], key=lambda c: c[0][:2]
    )
    while tagged:
        start, end = tagged[0][0][:2]
        group: tuple[list[Change], list[Change]] = ([], [])
        while tagged and tagged[0][0][0] <= end:
            change, whose = tagged.pop(0)
            end = max(end, change[1])
            group[whose].append(change)
        yield start, end, *group


def _applied(lines: list[str], offset: int, changes: list[Change]) -> list[str]:
    out: list[str] = []
    at = 0
    for start, end, now in changes:
        out += lines[at : start - offset] + now
        at = end - offset
    return out + lines[at:]
