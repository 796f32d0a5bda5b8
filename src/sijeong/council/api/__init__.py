"""Meetings for other systems: the same doors, forms and actions as the pages."""

from .meetings import router

__all__ = ["router"]
