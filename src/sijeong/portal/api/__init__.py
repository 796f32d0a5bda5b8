"""What citizens and a person's own calendar see, for other systems."""

from . import calendars, publication

__all__ = ["routers"]

routers = (publication.router, calendars.router)
"""The room's routers, in the order in which the documents show them."""
