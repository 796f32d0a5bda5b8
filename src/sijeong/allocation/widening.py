"""The smallest change that would have served somebody, found by solving again, for the page of one person."""

from __future__ import annotations

from sijeong.documents.actions import local_path

from .carrying import draw_of
from .models import Decision, Round
from .solving import bundle
from .solving.changes import smallest_change
from .solving.districts import NOWHERE

# Solving again takes a moment a candidate; above these sizes the page leaves it to the command line.
MOST = {"nights": 60_000, "lending": 5_000, "choices": 12_000, "visits": 400}


def change_for(found: Round, decision: Decision) -> str:
    """In words; empty for the served, and where the reason itself says it."""
    method = found.definition.method
    run = decision.run
    if decision.served or decision.change or method not in MOST or run.bundle is None:
        return ""
    if run.outcome["served"] + run.outcome["refused"] > MOST[method]:
        return ""
    given = bundle.given(local_path(run.bundle).read_bytes())
    seed = draw_of(found).value or None
    districts = given.districts if method == "visits" else NOWHERE
    return smallest_change(
        given.definition, given.tables, districts, given.result, number=decision.public, seed=seed
    )
