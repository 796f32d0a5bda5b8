"""The small city, for every test of the room."""

from sijeong.org.tests.people import city

__all__ = ["city"]
