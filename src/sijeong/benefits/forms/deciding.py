"""Verifying, appealing, paying."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from .applying import ACCOUNT, BANKS
from .facts import DayField, FactsForm


class VerifyForm(FactsForm):
    """The facts, by what proof, and the account to pay to."""

    proof = forms.CharField(
        label="확인한 것",
        max_length=200,
        help_text="본인 확인과 증빙을 적습니다. 예: 주민등록증, 진료비 영수증 2장",
    )
    bank = forms.ChoiceField(
        label="은행", required=False, choices=[("", "고르십시오"), *((b, b) for b in BANKS)]
    )
    account = forms.CharField(label="계좌번호", required=False, max_length=40, validators=[ACCOUNT])


class AppealForm(forms.Form):
    reason = forms.CharField(label="까닭", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    filed_on = DayField(label="이의신청을 받은 날", initial=timezone.localdate)
    ex_officio = forms.BooleanField(
        label="직권으로 다시 심사",
        required=False,
        help_text="신청인이 아니라 부서가 잘못을 알았을 때 고릅니다.",
    )


class PayForm(forms.Form):
    """Which grants were paid, and when."""

    on = DayField(label="지급한 날", initial=timezone.localdate)
    decision = forms.TypedMultipleChoiceField(
        label="지급할 건", coerce=int, error_messages={"required": "지급한 건을 하나 이상 고르십시오."}
    )

    def __init__(self, offered: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = offered  # type: ignore[attr-defined]
