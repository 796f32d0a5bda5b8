"""A case and what belongs to it. Only ``actions`` writes these rows; each write leaves its event."""

from .answers import Answer, Delivery, FollowUp
from .basis import OutcomeBasis
from .calendars import AppliedCalendar
from .case import Case, CaseQuerySet, Has, Part
from .imports import ImportRun
from .tally import Tally, TallyDelta
from .types import CaseTypeVersion, NumberSeries
from .writing import AnswerTemplate, Attachment, Judgement, Writing

__all__ = [
    "Answer",
    "AnswerTemplate",
    "AppliedCalendar",
    "Attachment",
    "Case",
    "CaseQuerySet",
    "CaseTypeVersion",
    "Delivery",
    "FollowUp",
    "Has",
    "ImportRun",
    "Judgement",
    "NumberSeries",
    "OutcomeBasis",
    "Part",
    "Tally",
    "TallyDelta",
    "Writing",
]
