"""What the room refuses, in words for the person at the screen."""


class TokenRefused(ValueError):
    """A token that cannot be made or revoked like this."""
