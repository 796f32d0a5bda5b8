"""Forms about more time: to ask for it, to grant it, to refuse it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from .acts import ReasonForm


class AskExtensionForm(ReasonForm):
    """How much more time, as far as the type's law goes, and why."""

    length = forms.IntegerField(required=False)
    field_order = ["length", "reason"]

    def prepare(self) -> None:
        rule = self.case.case_type.extension
        if rule is None:  # the action says that the type allows none
            return
        once = "한 차례만" if rule.times == 1 else f"{rule.times}차례까지"
        self.fields["length"] = forms.IntegerField(
            label=f"늘릴 기간({rule.unit.label})", required=False, min_value=1, max_value=rule.length,
            initial=self.case.extension_length or rule.length,
            help_text=f"1부터 {rule.length}까지. {once} 늘릴 수 있으니 모자라지 않게 적으십시오.",
        )  # fmt: skip
        self.order_fields(self.field_order)


class Deciding(forms.Form):
    """Tells which request was read, so that one that somebody else decided meanwhile is not decided again."""

    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_asked(self) -> dt.datetime | None:
        given = self.cleaned_data["asked"]
        try:
            asked = dt.datetime.fromisoformat(given) if given else None
        except ValueError:
            self.add_error(None, "어느 요청을 정하는지 알 수 없습니다. 쪽을 다시 열어 정하십시오.")
            return None
        return timezone.make_aware(asked) if asked and timezone.is_naive(asked) else asked

    def remember(self, at: dt.datetime | None) -> None:
        self.fields["asked"].initial = at.isoformat() if at else ""


class ExtendForm(Deciding, AskExtensionForm):
    """Grants what was asked for unless something else is typed."""

    field_order = ["length", "reason", "asked"]

    def prepare(self) -> None:
        super().prepare()
        self.remember(self.case.extension_asked_at)
        self.fields["reason"].initial = self.case.extension_reason
        self.fields["reason"].required = not self.case.extension_reason


class RefuseExtensionForm(Deciding, ReasonForm):
    def prepare(self) -> None:
        self.remember(self.case.extension_asked_at)

    def facts(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"], "asked": self.cleaned_data["asked"]}
