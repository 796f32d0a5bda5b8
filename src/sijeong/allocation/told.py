"""The words of the pure side with their particles settled, as pages show them."""

from __future__ import annotations

from sijeong.cases.korean import settled

from .solving.definition import Definition
from .solving.telling import Section, sections


def definition_told(definition: Definition) -> tuple[Section, ...]:
    """A definition in plain words."""
    return tuple((name, tuple(settled(line) for line in lines)) for name, lines in sections(definition))
