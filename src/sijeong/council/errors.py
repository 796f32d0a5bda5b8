"""What a meeting refuses, in words for the person who asked."""


class MeetingError(ValueError):
    """What a meeting's state or its facts forbid; ``field`` names what it is about, if one thing is. Nothing was changed."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Overtaken(MeetingError):
    """Somebody amended the meeting since its form was opened."""
