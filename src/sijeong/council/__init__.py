"""Meetings with the council, and what was suggested there."""
