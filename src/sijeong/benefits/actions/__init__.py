"""Every write of the room: the lock, the check, the change and its event, in one transaction."""

from .appealing import appeal
from .deciding import decide
from .paying import pay
from .receiving import Applicant, apply, verify

__all__ = ["Applicant", "appeal", "apply", "decide", "pay", "verify"]
