"""Which division a case is for, by those that earlier cases of like text went to, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer
from sijeong.search import searching
from sijeong.search.engine import Asked
from sijeong.search.grams import bigrams, normal

from .models import Case
from .searching import KIND, reaches

NEIGHBOURS = 12
LEAST_ALIKE = 25  # per cent: below it two titles merely share a phrase of all requests
NEAR = 0.6  # of the nearest one's score: what lies farther off has no say
KEPT = 24 * 3600  # seconds; earlier cases change little in a day
MOST_TEXT = 400


@dataclass(frozen=True)
class Earlier:
    """An earlier case of like text.

    ``alike`` per cent of the titles' bigrams are shared (Dice), ``words`` name some; ``score`` is the index's own
    measure, in which rare words count for more than those of every request.
    """

    number: str
    title: str
    unit: int
    alike: int
    words: tuple[str, ...]
    score: float = 1.0


@dataclass(frozen=True)
class Suggestion:
    """A division with the earlier cases that went to it: ``of`` so many of ``all`` that are alike."""

    unit: Unit
    of: int
    all: int
    earlier: list[Earlier]


def alike(one: str, other: str) -> int:
    """How much two texts share, in per cent: Sørensen-Dice over the sets of their bigrams (Dice, Ecology 26, 1945)."""
    mine, theirs = (set(bigrams(normal(text).replace(" ", ""))) for text in (one, other))
    return round(200 * len(mine & theirs) / (len(mine) + len(theirs))) if mine and theirs else 0


def _neighbours(viewer: Viewer, case: Case) -> list[Earlier]:
    """Earlier cases that went to a division, nearest first."""
    asked = Asked("", reaches(viewer), kinds=(KIND,), limit=NEIGHBOURS * 2)
    text = f"{case.title}\n{case.question[:MOST_TEXT]}"
    hits = searching.like(viewer.user.government, text, asked)
    ids = [hit.id for hit, _ in hits if hit.id != case.pk]
    rows = Case.objects.visible_to(viewer).filter(pk__in=ids, lead__isnull=False)
    leads = dict(rows.values_list("pk", "lead_id"))
    return [
        Earlier(
            hit.number, hit.title, leads[hit.id], alike(case.title, hit.title), tuple(words[:3]), hit.score
        )
        for hit, words in hits
        if hit.id in leads
    ][:NEIGHBOURS]


def _living(units: dict[int, Unit], key: int) -> Unit | None:
    """The unit, or who followed on it, where it still takes cases."""
    unit = units.get(key)
    seen: set[int] = set()
    while unit and unit.valid_to is not None and unit.pk not in seen:
        seen.add(unit.pk)
        unit = units.get(unit.successor_id or 0)
    return unit if unit and unit.valid_to is None and unit.answers_cases else None


def suggest(earlier: Iterable[Earlier], units: dict[int, Unit]) -> Suggestion | None:
    """The division with most of the likeness among the earlier cases; None where none is like enough."""
    listed = list(earlier)
    near = NEAR * max((one.score for one in listed), default=0)
    votes: dict[int, list[Earlier]] = defaultdict(list)
    for one in listed:
        unit = _living(units, one.unit)
        if unit and one.alike >= LEAST_ALIKE and one.score >= near:
            votes[unit.pk].append(one)
    if not votes:
        return None
    best = max(votes, key=lambda key: (sum(one.score for one in votes[key]), -key))
    return Suggestion(units[best], len(votes[best]), sum(map(len, votes.values())), votes[best][:3])


def suggestions(viewer: Viewer, cases: Iterable[Case]) -> dict[int, Suggestion]:
    """Suggestions by the key of the case. What was looked up once is kept for a day."""
    listed = list(cases)
    keys = {case.pk: f"division.{case.pk}.{case.version}" for case in listed}
    known: dict[str, list[Earlier]] = cache.get_many(keys.values())
    fresh = {
        keys[case.pk]: found
        for case in listed
        if keys[case.pk] not in known and (found := _neighbours(viewer, case))
    }
    if fresh:
        cache.set_many(fresh, KEPT)
    known |= fresh
    units = {unit.pk: unit for unit in Unit.objects.filter(government_id=viewer.government_id)}
    suggested = {case.pk: suggest(known.get(keys[case.pk], ()), units) for case in listed}
    return {pk: one for pk, one in suggested.items() if one}
