"""Forms about follow-ups."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from ..models import FollowUp
from .fields import DAY


class PromiseForm(forms.Form):
    """A form about a follow-up."""

    def __init__(self, follow_up: FollowUp, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follow_up = follow_up


class CloseForm(PromiseForm):
    """A follow-up done, with what shows it."""

    evidence = forms.CharField(
        label="이행 결과", widget=forms.Textarea(attrs={"rows": 4}), max_length=5000,
        help_text="무엇을 언제 어떻게 이행했는지 적으십시오. 요구한 의원에게 보입니다.",
    )  # fmt: skip
    file = forms.FileField(label="증빙 파일", required=False)


class PostponeForm(PromiseForm):
    due_on = forms.DateField(label="새 기한", widget=DAY)
    reason = forms.CharField(label="사유", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def clean_due_on(self) -> dt.date:
        due_on: dt.date = self.cleaned_data["due_on"]
        if due_on <= self.follow_up.due_on:
            raise forms.ValidationError(f"지금 기한({self.follow_up.due_on:%Y. %m. %d.})보다 뒤여야 합니다.")
        return due_on


class DropForm(PromiseForm):
    reason = forms.CharField(label="중단 사유", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


PROMISE_FORMS: dict[str, type[PromiseForm]] = {"close": CloseForm, "postpone": PostponeForm, "drop": DropForm}
