"""The demo city: like Seoul, with invented people. Deterministic from a seed and the day it is laid down."""
