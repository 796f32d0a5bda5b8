"""What is to be told to one person. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One of several things that a notice tells: what it is about, in words, and where to read on."""

    about: str
    text: str
    address: str


@dataclass(frozen=True)
class Told:
    """A notice before it is made.

    ``key`` names what is told: one person is told it once. ``about`` names its subject (``case:12``) to whoever
    decides whether the person may still see it. ``subject`` and ``text`` may leave the house by mail; ``title``
    may hold more, and is shown on our own pages only. ``subscription`` is the one by which it comes, if any.
    """

    person: int
    kind: str
    key: str
    subject: str
    text: str
    address: str
    about: str = ""
    title: str = ""
    lines: tuple[Line, ...] = ()
    subscription: int | None = None
