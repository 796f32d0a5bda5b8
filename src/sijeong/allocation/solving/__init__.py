"""Definitions as text, exact solving, a reason for every decision, and bundles that anyone can check. Pure."""
