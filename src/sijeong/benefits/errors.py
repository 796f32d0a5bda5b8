"""What the room refuses, in words for the person at the screen."""


class BenefitError(ValueError):
    """A fact, a state or a limit forbids the act. Nothing was changed."""
