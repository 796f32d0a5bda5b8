"""A new token."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone

from .actions import LONGEST
from .scopes import Scope


class TokenForm(forms.Form):
    """What it is for, what it may, until when."""

    name = forms.CharField(
        label="쓰는 곳",
        max_length=60,
        help_text="예: 기록관리시스템. 나중에 무엇인지 알아볼 수 있게 적습니다.",
    )
    scopes = forms.MultipleChoiceField(
        label="권한 범위", widget=forms.CheckboxSelectMultiple,
        choices=[(scope.value, f"{scope.label} ({scope.value})") for scope in Scope],
        help_text="꼭 필요한 것만 고르십시오. 내 권한보다 넓어지지는 않습니다.",
    )  # fmt: skip
    expires_on = forms.DateField(
        label="마지막 날", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="오늘부터 1년 안. 지나면 쓸 수 없습니다.",
        initial=lambda: timezone.localdate() + dt.timedelta(days=90),
    )  # fmt: skip

    def clean_expires_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError("오늘부터 1년 안의 날이어야 합니다.")
        return day
