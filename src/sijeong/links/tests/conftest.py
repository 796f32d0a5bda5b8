from sijeong.org.tests.people import city, signed_in

from .keys import program

__all__ = ["city", "program", "signed_in"]
