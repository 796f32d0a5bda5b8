"""The small city with the definitions of Seoul's folder, for every test of the room."""

from sijeong.allocation.tests.made import made
from sijeong.org.tests.people import city, signed_in

__all__ = ["city", "made", "signed_in"]
