"""The planted-error study: clean tables as offices draw them, one slip of the hand each, and how many slips
are found.

Ground truth comes from how a table was made, not from what the checks believe about it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sijeong.reports.checks.study_tables import DECOYS, SHAPES, Clean, Square
from sijeong.reports.checks.tables import check_table
from sijeong.reports.checks.verdicts import SERIOUS


def slips(text: str, random: Random) -> Iterator[tuple[str, str]]:
    """(kind, text) of slips that leave a well-formed number: a digit changed, two swapped, the sign
    dropped.
    """
    digits = [i for i, ch in enumerate(text) if ch.isdigit()]
    at = random.choice(digits)
    other = random.choice([d for d in "0123456789" if d != text[at] and not (d == "0" and at == digits[0])])
    yield "digit", text[:at] + other + text[at + 1 :]
    pairs = [
        (i, j)
        for i, j in itertools.pairwise(digits)
        if text[i] != text[j] and not (i == digits[0] and text[j] == "0")
    ]
    if pairs:
        i, j = random.choice(pairs)
        swapped = list(text)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        yield "swapped", "".join(swapped)
    if text.startswith("△"):
        yield "sign", text[1:]


def number(text: str) -> int:
    return 0 if text == "-" else int(text.replace(",", "").replace("△", "-"))


def determined(clean: Clean, square: Square, old: str, new: str) -> bool:
    """True if some relation that holds by construction is broken by more than rounding allows."""
    gap = abs(number(new) - number(old))
    return any(gap > slack for target, terms, slack in clean.truths if square == target or square in terms)


@dataclass
class Outcome:
    """What became of one planted slip."""

    shape: str
    kind: str
    determined: bool
    found: bool
    located: bool


def planted(seed: int) -> Outcome:
    """Makes a clean table, plants one slip, checks; `found` if a serious verdict involves the cell."""
    random = Random(seed)  # noqa: S311 - a study, not a secret
    clean = SHAPES[seed % len(SHAPES)](random)
    squares = sorted(
        {s for target, terms, _ in clean.truths for s in (target, *terms) if clean.rows[s[0]][s[1]] != "-"}
    )
    signed = [s for s in squares if clean.rows[s[0]][s[1]].startswith("△")]
    square = random.choice(signed if signed and random.random() < 0.5 else squares)
    old = clean.rows[square[0]][square[1]]
    kind, new = random.choice(list(slips(old, random)))
    fixed = determined(clean, square, old, new)
    clean.rows[square[0]][square[1]] = new
    grid = clean.grid()
    place = grid.where(*square)
    found = [v for v in check_table(grid).verdicts if v.kind in SERIOUS]
    located = any(v.repair is not None and v.repair.place == place and v.repair.new == old for v in found)
    return Outcome(clean.shape, kind, fixed, any(place in v.cells for v in found), located)


def false_alarms(seed: int) -> int:
    """Serious verdicts on a clean table, or on one whose figures are not bound to each other at all."""
    shapes = SHAPES + DECOYS
    clean = shapes[seed % len(shapes)](Random(seed))  # noqa: S311
    return sum(v.kind in SERIOUS for v in check_table(clean.grid()).verdicts)


def report(trials: int = 1000) -> str:
    """The study as a Markdown page: recall and repairs by shape and by slip, false alarms on as many clean
    tables.
    """
    outcomes = [planted(seed) for seed in range(trials)]
    known = [o for o in outcomes if o.determined]
    alarms = sum(false_alarms(seed) for seed in range(trials))
    found, repaired = _share(known, "found"), _share(known, "located")
    lines = [
        "# How many planted errors the report checks find",
        "",
        "Written by `sijeong check --study`. The tables are seeded: the figures are the same everywhere.",
        "",
        f"- {trials:,} clean tables of {len(SHAPES)} shapes, one slip planted in each.",
        f"- {len(known):,} slips are determined by another figure (a change within rounding is not).",
        f"- Found: {found}. Repaired to the very figure in its cell: {repaired}.",
        f"- False alarms on {trials:,} clean tables: {alarms}. They have the same shapes, or hold figures",
        "  that are not bound to each other, or totals of more than is shown.",
        "",
        "| table or slip | determined | found | repaired |",
        "|---|---:|---:|---:|",
    ]
    for key in ("shape", "kind"):
        for name in Counter(getattr(o, key) for o in known):
            some = [o for o in known if getattr(o, key) == name]
            shares = f"{_share(some, 'found')} | {_share(some, 'located')}"
            lines.append(f"| {name} | {len(some)} | {shares} |")
    return "\n".join(lines) + "\n"


def _share(outcomes: list[Outcome], what: str) -> str:
    return f"{sum(getattr(o, what) for o in outcomes) / max(len(outcomes), 1):.1%}"
