"""What a case refuses, in words for the person who asked."""

from .korean import settled


class CaseError(ValueError):
    """An act that the state of a case, its type, or its evidence forbids; ``field`` names what it is about, if one
    thing is. Nothing was changed."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(settled(message))
        self.field = field


class StaleEdit(CaseError):
    """Someone saved in between, or (``own``) another window of the same person kept text; both texts are there."""

    def __init__(self, message: str, *, theirs: dict[str, str], own: bool = False) -> None:
        super().__init__(message)
        self.theirs, self.own = theirs, own
