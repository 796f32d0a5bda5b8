"""Statutory periods and public holidays, counted as the law counts them. Pure: no Django, no clock.

A period is counted by one of four rules over a calendar of public holidays that has a version; the answer is
a `Term` that shows how its last day came about. docs/reference/legaltime.md says which provision does what.
"""

from .calendar import Calendar
from .errors import LegalTimeError
from .facts import KST, Extension, Pause, Step, StepKind
from .lengths import Length, Unit
from .proclaimed import Override
from .rules import Rule, needs_time
from .term import Term, count

__all__ = [
    "KST",
    "Calendar",
    "Extension",
    "LegalTimeError",
    "Length",
    "Override",
    "Pause",
    "Rule",
    "Step",
    "StepKind",
    "Term",
    "Unit",
    "count",
    "needs_time",
]
