"""Forms of the case pages: what a person types, checked at the field."""

from .acts import (
    AskAgainForm,
    AssignForm,
    CaseForm,
    ConfirmForm,
    ContributeForm,
    DeliverForm,
    JudgeForm,
    MergeForm,
    NoteForm,
    PassOnForm,
    ReasonForm,
    StartForm,
)
from .drafting import DraftForm
from .extending import AskExtensionForm, ExtendForm, RefuseExtensionForm
from .fields import divisions
from .intake import ImportForm, NewCaseForm
from .many import ManyForm
from .promises import PROMISE_FORMS
from .templates import TemplateForm

__all__ = [
    "PROMISE_FORMS",
    "AskAgainForm",
    "AskExtensionForm",
    "AssignForm",
    "CaseForm",
    "ConfirmForm",
    "ContributeForm",
    "DeliverForm",
    "DraftForm",
    "ExtendForm",
    "ImportForm",
    "JudgeForm",
    "ManyForm",
    "MergeForm",
    "NewCaseForm",
    "NoteForm",
    "PassOnForm",
    "ReasonForm",
    "RefuseExtensionForm",
    "StartForm",
    "TemplateForm",
    "divisions",
]
