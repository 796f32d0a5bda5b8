"""A field for each fact that a benefit's rule asks for; what is left empty is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from ..facts import Facts, questions
from ..rules.inputs import Inputs
from ..rules.interview import Question
from ..rules.rulebook import BenefitRule

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
YES_NO = [("", "확인하지 않음"), ("yes", "예"), ("no", "아니오")]


def name_of(key: str) -> str:
    """The field of a question; a name of an input may hold a point."""
    return "f_" + key.replace(".", "__")


class FactsForm(forms.Form):
    """The facts of one benefit, as an officer writes them down."""

    def __init__(
        self, rule: BenefitRule, inputs: Inputs, *args: Any, told: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.questions = questions(rule, inputs)
        for question in self.questions:
            self.fields[name_of(question.key)] = _control(question)
            if question.shortcut and question.kind == "date":
                self.fields[name_of(question.key) + "_none"] = forms.BooleanField(
                    label=question.shortcut[0], required=False
                )
        for key, value in (told or {}).items():
            self._begin_with(key, value)

    def _begin_with(self, key: str, value: Any) -> None:
        field = name_of(key)
        if field not in self.fields:
            return
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, int) and isinstance(self.fields[field], forms.DateField):
            field, value = field + "_none", True
        self.initial[field] = value

    def facts(self) -> Facts:
        """What was filled in, by question. Call after ``is_valid``."""
        found: Facts = {}
        for question in self.questions:
            value = self.cleaned_data.get(name_of(question.key))
            if question.shortcut and self.cleaned_data.get(name_of(question.key) + "_none"):
                value = question.shortcut[1]
            if question.kind == "bool" and value:
                value = value == "yes"
            if value is not None and value != "":
                found[question.key] = value
        return found


def _control(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.text, "help_text": question.why, "required": False}
    match question.kind:
        case "bool":
            return forms.ChoiceField(choices=YES_NO, **common)
        case "choice":
            return forms.ChoiceField(
                choices=[("", "확인하지 않음"), *((c, c) for c in question.choices)], **common
            )
        case "date":
            return forms.DateField(widget=DAY, **common)
    common["label"] += f" ({question.unit})"
    return forms.IntegerField(min_value=question.low, max_value=question.high, **common)


class DayField(forms.DateField):
    """A day that is not to come."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DAY, **kwargs)

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError("아직 오지 않은 날입니다.")
        return day
