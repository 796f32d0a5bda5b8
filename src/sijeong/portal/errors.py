"""What publication refuses, in words for the reviewer."""

from sijeong.cases.errors import CaseError


class PublicationStopped(CaseError):
    """Something in the texts waits for a person's decision. Nothing was published."""
