"""What this room refuses, in words for the person who asked."""


class AllocationError(ValueError):
    """An act that the state of a round, its tables or somebody else's release forbids. Nothing was changed."""
