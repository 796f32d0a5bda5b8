"""Every write of the room: keyword-only, atomic, each with its event in the same transaction."""

from .drawing import freeze, thaw
from .founding import adopt, adopt_folder, bring, file_application, follow, found
from .guiding import make, sketch
from .releasing import release, send_back, submit
from .solving import cancel, solve, undo

__all__ = [
    "adopt", "adopt_folder", "bring", "cancel", "file_application", "follow", "found", "freeze", "make", "release",
    "send_back", "sketch", "solve", "submit", "thaw", "undo",
]  # fmt: skip
