"""Builds a report from the records: which parts in which order says the city's design, the rooms give the figures."""

from .assembling import build
from .design import Design, designs, read_designs
from .reconciling import differences, faults

__all__ = ["Design", "build", "designs", "differences", "faults", "read_designs"]
