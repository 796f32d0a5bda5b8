"""Fixtures for the tests that look at the whole from outside."""

from sijeong.site.tests.installation import founded, installation, nothing_yet

__all__ = ["founded", "installation", "nothing_yet"]
