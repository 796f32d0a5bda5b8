"""Figures about cases, each of which opens to its cases and can be recounted."""
