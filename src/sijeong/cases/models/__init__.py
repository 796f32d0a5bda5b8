"""A case and what belongs to it. Only ``actions`` writes these rows; each write leaves its event."""

from .answers import Answer, Delivery, FollowUp
from .case import Case, CaseQuerySet, OutcomeBasis, Part
from .imports import ImportRun
from .types import CaseTypeVersion, NumberSeries

__all__ = [
    "Answer",
    "Case",
    "CaseQuerySet",
    "CaseTypeVersion",
    "Delivery",
    "FollowUp",
    "ImportRun",
    "NumberSeries",
    "OutcomeBasis",
    "Part",
]
