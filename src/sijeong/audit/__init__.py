"""The append-only journal: what happened, to what, by whom, chained so that a change shows.

It knows no other room.
"""
