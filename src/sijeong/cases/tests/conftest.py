"""The small city with its case types, and cases in any state, for every test of the room."""

from sijeong.cases.tests.filed import applied, case, promise
from sijeong.links.tests.keys import program
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "case", "city", "program", "promise", "signed_in"]
