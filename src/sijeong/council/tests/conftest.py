"""The small city with its case types, for every test of the room."""

from sijeong.cases.tests.filed import applied
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "city", "signed_in"]
