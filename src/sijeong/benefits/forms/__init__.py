"""What people type, checked at the field."""

from .applying import CounterForm, PersonForm, PublicForm, StatusForm
from .deciding import AppealForm, PayForm, VerifyForm
from .facts import FactsForm
from .placing import HandOverForm, RecallForm
from .simulating import SimulationForm

__all__ = [
    "AppealForm", "CounterForm", "FactsForm", "HandOverForm", "PayForm", "PersonForm", "PublicForm", "RecallForm",
    "SimulationForm", "StatusForm", "VerifyForm",
]  # fmt: skip
