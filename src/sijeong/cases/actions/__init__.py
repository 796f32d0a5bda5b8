"""Every write to a case: the lock, the check, the change and its event, in one transaction."""

from .answering import approve, contribute, save_draft, send_back, submit
from .catalogue import apply_catalog
from .delivering import acknowledge, deliver, publish
from .following import close_follow_up, drop_follow_up, postpone_follow_up
from .handling import (
    assign,
    extend,
    merge,
    pass_on,
    pause,
    reopen,
    resume,
    return_to_planning,
    start,
    withdraw,
)
from .importing import import_cases
from .intake import receive
from .reorganising import hand_over

__all__ = [
    "acknowledge", "apply_catalog", "approve", "assign", "close_follow_up", "contribute", "deliver",
    "drop_follow_up", "extend", "hand_over", "import_cases", "merge", "pass_on", "pause", "postpone_follow_up", "publish",
    "receive", "reopen", "resume", "return_to_planning", "save_draft", "send_back", "start", "submit", "withdraw",
]  # fmt: skip
