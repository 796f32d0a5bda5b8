"""Every write of the room: keyword-only, atomic, each with its event in the same transaction."""

from .drawing import freeze, thaw
from .founding import adopt, adopt_folder, bring, file_application, follow, found
from .releasing import release, send_back, submit
from .solving import cancel, solve, undo

__all__ = [
    "adopt", "adopt_folder", "bring", "cancel", "file_application", "follow", "found", "freeze", "release", "send_back", "solve",
    "submit", "thaw", "undo",
]  # fmt: skip
