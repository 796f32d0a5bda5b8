"""Verdicts on every figure of a report that another figure determines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sijeong.reports.checks.calendar import check_dates
from sijeong.reports.checks.cross import check_children, check_findings, check_headlines
from sijeong.reports.checks.prose import check_counts, check_text
from sijeong.reports.checks.tables import check_table
from sijeong.reports.checks.verdicts import SERIOUS, Verdict
from sijeong.reports.facts import Facts, Reading, extract, reading
from sijeong.reports.reading.documents import Document, Place

_DIGIT = re.compile(r"\d")


@dataclass
class Checked:
    """A reading with its facts, the verdicts in reading order, and how many relations were tried."""

    reading: Reading
    facts: Facts
    verdicts: list[Verdict]
    tried: int

    @property
    def serious(self) -> list[Verdict]:
        """Errors and malformed figures: what stops a release."""
        return [verdict for verdict in self.verdicts if verdict.kind in SERIOUS]


def check(document: Document) -> Checked:
    """Reads the facts of a document and checks every figure that another determines."""
    known = reading(document)
    facts = extract(known)
    found: list[Verdict] = []
    tried = 0
    for grid in known.grids:
        table = check_table(grid)
        found += table.verdicts
        tried += table.tried
    for verdicts, count in (
        check_counts(facts.counts, known.items),
        check_text(known.items),
        check_headlines(known.items, facts.staffing),
        check_findings(facts.findings, known.grids),
        check_children(known.items),
    ):
        found += verdicts
        tried += count
    for text, place in _texts(known):
        verdicts, count = check_dates(text, place)
        found += verdicts
        tried += count
    found.sort(key=lambda verdict: (verdict.place.block, verdict.place.row or 0, verdict.place.column or 0))
    return Checked(known, facts, found, tried)


def _texts(known: Reading) -> Iterator[tuple[str, Place]]:
    """Every text that may hold a date: statements, and cells of tables."""
    for item in known.items:
        if _DIGIT.search(item.text):
            yield item.text, item.place
    for grid in known.grids:
        for (row, column), value in grid.values.items():
            if value.kind == "text" and _DIGIT.search(value.text):
                yield value.text, grid.where(row, column)
