"""Writes a work report: one model, five formats, every figure bound to its source."""
