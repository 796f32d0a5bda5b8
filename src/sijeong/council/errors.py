"""What a meeting refuses, in words for the person who asked."""


class MeetingError(ValueError):
    """What a meeting's state or its facts forbid. Nothing was changed."""


class Overtaken(MeetingError):
    """Somebody amended the meeting since its form was opened."""
