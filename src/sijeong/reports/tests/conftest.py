"""The small city with its case types, for the tests that need a database."""

from sijeong.cases.tests.filed import applied, case
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "case", "city", "signed_in"]
