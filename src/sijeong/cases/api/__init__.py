"""Cases for other systems: the same doors, forms and actions as the pages."""

from ninja import Router

from . import acts, answers, files, intake, lists, planning, promises, searching, sheets, subscribing, whole

__all__ = ["routers"]


def routers() -> list[Router]:
    """The room's routers, in the order in which the documents show them."""
    rooms = (lists, whole, searching, intake, acts, answers, promises, planning, files, sheets, subscribing)
    return [room.router for room in rooms]
