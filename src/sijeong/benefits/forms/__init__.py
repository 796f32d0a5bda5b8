"""What people type, checked at the field."""

from .applying import CounterForm, PersonForm, PublicForm, StatusForm
from .deciding import AppealForm, PayForm, VerifyForm
from .facts import FactsForm

__all__ = [
    "AppealForm", "CounterForm", "FactsForm", "PayForm", "PersonForm", "PublicForm", "StatusForm", "VerifyForm",
]  # fmt: skip
