"""Handing places to an allocation, and taking the list back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from .facts import DayField


class HandOverForm(forms.Form):
    """Up to which day of receipt."""

    until = DayField(label="접수 마감일", help_text="이날까지 접수하여 대기하는 신청을 넘깁니다.")

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = min(timezone.localdate(), dt.date(year, 12, 31))


class RecallForm(forms.Form):
    reason = forms.CharField(label="거두는 까닭", max_length=200)
