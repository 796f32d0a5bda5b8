"""Builds a report from the records: which parts in which order says the city's design, the rooms give the figures."""

from .assembling import build, preview
from .designs import designs
from .reconciling import differences, faults

__all__ = ["build", "designs", "differences", "faults", "preview"]
