"""Reads a city folder (text), checks it, and says what is wrong and where. Pure: no Django."""

from sijeong.catalog.case_type import CaseType, digest
from sijeong.catalog.changes import Change, Difference, Plan, plan
from sijeong.catalog.city import City, read_city
from sijeong.catalog.diagram import draw
from sijeong.catalog.problems import CatalogError, Problem

__all__ = [
    "CaseType",
    "CatalogError",
    "Change",
    "City",
    "Difference",
    "Plan",
    "Problem",
    "digest",
    "draw",
    "plan",
    "read_city",
]
