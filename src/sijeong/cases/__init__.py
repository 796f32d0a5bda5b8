"""Anything asked of the city that must be answered by a date: taken in, due-dated, assigned, answered, delivered with proof."""
