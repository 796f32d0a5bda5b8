"""What the room refuses, told so that the person at the screen knows what is allowed."""

from __future__ import annotations


class OrgError(Exception):
    """A state or value forbids the act. The text is for the screen; ``field`` names what it is about, if one thing is."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class CannotFound(OrgError):
    """A government or unit cannot begin like this."""


class CannotReorganise(OrgError):
    """A unit cannot be renamed, merged or abolished like this."""


class CannotAdmit(OrgError):
    """An account cannot be made, changed or closed like this."""


class CannotPost(OrgError):
    """A post cannot be given, ended or moved like this."""


class CannotDeputise(OrgError):
    """An absence and its deputy cannot be set or cancelled like this."""


class CannotSetQuota(OrgError):
    """A quota cannot be set like this."""
