"""What a case refuses, in words for the person who asked."""

from .korean import settled


class CaseError(ValueError):
    """An act that the state of a case, its type, or its evidence forbids. Nothing was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(settled(message))


class StaleEdit(CaseError):
    """Someone saved in between; the text of both is kept."""

    def __init__(self, message: str, *, theirs: dict[str, str]) -> None:
        super().__init__(message)
        self.theirs = theirs
