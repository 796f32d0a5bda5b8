"""Governments, units, people, posts, absence and delegation, quotas: whose business something is."""
