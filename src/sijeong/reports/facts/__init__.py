"""What a report says, as facts: each keeps the place it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field

from sijeong.reports.facts.budget import Line, budget_lines
from sijeong.reports.facts.counts import Count, counts
from sijeong.reports.facts.events import Agreement, Event, agreements, events
from sijeong.reports.facts.findings import Finding, findings
from sijeong.reports.facts.grids import Grid, grids
from sijeong.reports.facts.programmes import (
    Improvement,
    LegalBasis,
    Programme,
    improvements,
    legal_bases,
    programmes,
)
from sijeong.reports.facts.staffing import Staffing, staffing
from sijeong.reports.reading.documents import Document
from sijeong.reports.reading.outline import Item, flat


@dataclass
class Reading:
    """A document with everything derived from it once: grids, outline, statements."""

    document: Document
    grids: list[Grid]
    items: list[Item]


@dataclass
class Facts:
    """All facts of one report, in reading order."""

    staffing: list[Staffing] = field(default_factory=list)
    budget: list[Line] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    legal_bases: list[LegalBasis] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    improvements: list[Improvement] = field(default_factory=list)


def reading(document: Document) -> Reading:
    return Reading(document, grids(document), flat(document))


def extract(reading: Reading) -> Facts:
    """The facts of a report."""
    return Facts(
        staffing=[row for grid in reading.grids for row in staffing(grid)],
        budget=[line for grid in reading.grids for line in budget_lines(grid)],
        programmes=programmes(reading.items),
        events=events(reading.items),
        findings=findings(reading.document),
        agreements=agreements(reading.items),
        legal_bases=legal_bases(reading.items),
        counts=counts(reading.items),
        improvements=improvements(reading.items),
    )
