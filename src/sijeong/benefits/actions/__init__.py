"""Every write of the room: the lock, the check, the change and its event, in one transaction."""

from .appealing import appeal
from .deciding import decide
from .paying import pay
from .placing import begin_taking, hand_over, recall, take_back
from .receiving import Applicant, apply, verify
from .simulating import ask, finish, give_up

__all__ = [
    "Applicant", "appeal", "apply", "ask", "begin_taking", "decide", "finish", "give_up", "hand_over", "pay", "recall",
    "take_back", "verify",
]  # fmt: skip
