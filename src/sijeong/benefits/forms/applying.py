"""Who applies: at the counter, and on the public page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from ..actions import Applicant
from .facts import DayField, FactsForm

PHONE = RegexValidator(r"^0\d{1,2}-?\d{3,4}-?\d{4}$", "전화번호를 010-1234-5678처럼 적으십시오.")
ACCOUNT = RegexValidator(r"^[\d-]{6,30}$", "계좌번호는 숫자와 줄표로 적으십시오.")
BANKS = ["국민", "기업", "농협", "대구", "부산", "수협", "신한", "우리", "우체국", "새마을금고", "카카오뱅크", "케이뱅크",
         "토스뱅크", "하나", "그 밖의 은행"]  # fmt: skip
PERSON = ("name", "born_on", "phone", "bank", "account")


class PersonForm(forms.Form):
    """No more of a person than the decision and the payment need."""

    name = forms.CharField(label="이름", max_length=40)
    born_on = DayField(label="생년월일")
    phone = forms.CharField(
        label="전화번호", max_length=20, validators=[PHONE], help_text="결정을 알릴 때 씁니다."
    )
    bank = forms.ChoiceField(
        label="은행", required=False, choices=[("", "고르십시오"), *((b, b) for b in BANKS)]
    )
    account = forms.CharField(
        label="본인 계좌번호", required=False, max_length=40, validators=[ACCOUNT],
        help_text="지급이 결정되면 이 계좌로 드립니다. 나중에 적어도 됩니다.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("account") and not data.get("bank"):
            self.add_error("bank", "은행을 고르십시오.")
        return data

    def applicant(self, claims: dict[str, Any]) -> Applicant:
        return Applicant(**{key: self.cleaned_data[key] for key in PERSON}, claims=claims)


class CounterForm(PersonForm, FactsForm):
    """An application taken down by an officer: the person, then what the person says."""

    @property
    def of_person(self) -> list[forms.BoundField]:
        return [self[key] for key in PERSON]

    @property
    def of_facts(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name not in PERSON]


class PublicForm(PersonForm):
    """An application of somebody whom nobody has seen."""

    consent = forms.BooleanField(
        label="개인정보 수집·이용에 동의합니다.",
        error_messages={"required": "동의하지 않으면 이 화면에서 신청할 수 없습니다. 창구에서 신청하십시오."},
    )
    state = forms.CharField(required=False, widget=forms.HiddenInput)


class StatusForm(forms.Form):
    """What one must know to be told how an application stands."""

    number = forms.CharField(label="접수번호", max_length=40, help_text="지원신청-2026-00001 꼴입니다.")
    born_on = DayField(label="생년월일")
