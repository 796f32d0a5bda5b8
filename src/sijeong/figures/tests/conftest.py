"""The small city of the organisation's tests."""

from sijeong.org.tests.people import city, signed_in

__all__ = ["city", "signed_in"]
