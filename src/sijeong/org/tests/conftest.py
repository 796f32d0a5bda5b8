"""The small city, for every test of the room."""

from sijeong.org.tests.people import city, signed_in

__all__ = ["city", "signed_in"]
