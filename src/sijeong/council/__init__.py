"""Meetings with the council: who met whom, when, about what, with which files; what was suggested there becomes a case."""
