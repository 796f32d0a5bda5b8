"""The small city with its case types, for the tests of the room."""

from sijeong.cases.tests.filed import applied, case, promise
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "case", "city", "promise", "signed_in"]
