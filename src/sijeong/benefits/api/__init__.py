"""Benefits for other systems: what there is, what somebody would get, applications, payments, simulations."""

from . import accounted, applications, offered

__all__ = ["routers"]

routers = (offered.router, applications.router, accounted.router)
"""The room's routers, in the order in which the documents show them."""
