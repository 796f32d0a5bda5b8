"""What people type, checked at the field."""

from .applying import CounterForm, PersonForm, PublicForm, StatusForm
from .deciding import AppealForm, PayForm, VerifyForm
from .facts import FactsForm
from .simulating import SimulationForm

__all__ = [
    "AppealForm", "CounterForm", "FactsForm", "PayForm", "PersonForm", "PublicForm", "SimulationForm", "StatusForm", "VerifyForm",
]  # fmt: skip
