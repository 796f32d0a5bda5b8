"""Reads a city folder (text), checks it, and says what is wrong and where. Pure: no Django."""
