"""Budgets and indicators, with unit, base date, source and the arithmetic that ties them."""
