"""What an allocation is made of: its definition, a round of it, the tables brought, what was solved, what is held."""

from .outcomes import Decision, Holding, Place, Resource
from .rounds import Application, Round, RoundQuerySet, Run, Scheme, Sheet, Sketch

__all__ = [
    "Application", "Decision", "Holding", "Place", "Resource", "Round", "RoundQuerySet", "Run", "Scheme", "Sheet", "Sketch",
]  # fmt: skip
