"""Forms of the case pages: what a person types, checked at the field."""

from .acts import (
    AssignForm,
    CaseForm,
    ConfirmForm,
    ContributeForm,
    DeliverForm,
    MergeForm,
    NoteForm,
    PassOnForm,
    ReasonForm,
    StartForm,
)
from .drafting import DraftForm
from .fields import divisions
from .intake import ImportForm, NewCaseForm
from .promises import PROMISE_FORMS

__all__ = [
    "PROMISE_FORMS",
    "AssignForm",
    "CaseForm",
    "ConfirmForm",
    "ContributeForm",
    "DeliverForm",
    "DraftForm",
    "ImportForm",
    "MergeForm",
    "NewCaseForm",
    "NoteForm",
    "PassOnForm",
    "ReasonForm",
    "StartForm",
    "divisions",
]
