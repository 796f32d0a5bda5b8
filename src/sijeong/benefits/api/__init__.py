"""Benefits for other systems: what there is, what somebody would get, applications and their decisions."""

from . import applications, offered

__all__ = ["routers"]

routers = (offered.router, applications.router)
"""The room's routers, in the order in which the documents show them."""
