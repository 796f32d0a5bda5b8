"""Benefits for other systems: what there is, what somebody would get, applications, payments, simulations."""

from . import applications, offered, simulating

__all__ = ["routers"]

routers = (offered.router, applications.router, simulating.router)
"""The room's routers, in the order in which the documents show them."""
