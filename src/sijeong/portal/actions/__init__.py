"""Every write of the portal: decisions, publications, secret calendars, each with its event."""

from .calendars import make_key, revoke_key
from .deciding import Chosen, decide, mask_by_hand
from .publishing import publish, withdraw

__all__ = ["Chosen", "decide", "make_key", "mask_by_hand", "publish", "revoke_key", "withdraw"]
