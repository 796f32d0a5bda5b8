"""Cases for other systems: the same doors, forms and actions as the pages."""

from ninja import Router

from . import (
    acts,
    answers,
    assigning,
    files,
    intake,
    lists,
    planning,
    promises,
    searching,
    sheets,
    subscribing,
    templates,
    together,
    whole,
)

__all__ = ["routers"]


def routers() -> list[Router]:
    """The room's routers, in the order in which the documents show them."""
    rooms = (
        lists, whole, searching, intake, acts, answers, templates, promises, assigning, together, planning, files, sheets,
        subscribing,
    )  # fmt: skip
    return [room.router for room in rooms]
