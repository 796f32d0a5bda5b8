"""The editor of an answer."""

from __future__ import annotations

from typing import Any

from django import forms

from ..actions.answering import Plan
from .acts import CaseForm
from .fields import DAY, control, plain


class Count(forms.IntegerField):
    """A count that the page carries along: what is no number is one that there never was."""

    def clean(self, value: Any) -> int | None:
        try:
            count: int | None = super().clean(value)
        except forms.ValidationError:
            return -1
        return count


class DraftForm(CaseForm):
    """The answer: the type's fields, the outcome, and the dated promises."""

    edition = Count(widget=forms.HiddenInput, initial=0)
    revision = Count(widget=forms.HiddenInput, required=False)
    PLANS = 3

    def prepare(self) -> None:
        for field in self.case.case_type.answer_fields:
            self.fields[f"a_{field.code}"] = control(field)
            self.fields[f"a_{field.code}"].required = False  # a draft may be half done; submitting is not
        named = [(o.code, o.name) for o in self.case.case_type.outcomes]
        self.fields["outcome"] = forms.ChoiceField(
            label="처리 결과", choices=named, required=False, widget=forms.RadioSelect
        )
        self.rows = max(self.PLANS, len(self.initial.get("plans", [])) + 1)
        if self.is_bound:
            self.rows = max(self.rows, sum(key.startswith("plan_text_") for key in self.data))
        for i in range(self.rows):
            text, due_on = (list(self.initial.get("plans", [])) + [("", None)] * self.rows)[i]
            self.fields[f"plan_text_{i}"] = forms.CharField(
                label=f"할 일 {i + 1}", max_length=300, required=False, initial=text
            )
            self.fields[f"plan_due_{i}"] = forms.DateField(
                label=f"기한 {i + 1}", widget=DAY, required=False, initial=due_on
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for i in range(self.rows):
            text, due_on = data.get(f"plan_text_{i}"), data.get(f"plan_due_{i}")
            if text and not due_on and f"plan_due_{i}" not in self.errors:
                self.add_error(f"plan_due_{i}", "할 일의 기한을 적어야 합니다.")
            if due_on and not text:
                self.add_error(f"plan_text_{i}", "기한에 할 일을 적어야 합니다.")
        if "submit" in self.data:
            self._complete(data)
        return data

    def _complete(self, data: dict[str, Any]) -> None:
        """Say at each field what an answer that is put before the head has to have."""
        for field in self.case.case_type.answer_fields:
            if (
                field.required
                and not plain(data.get(f"a_{field.code}"))
                and f"a_{field.code}" not in self.errors
            ):
                self.add_error(f"a_{field.code}", "적어야 결재를 올릴 수 있습니다.")
        if self.fields["outcome"].choices and not data.get("outcome") and "outcome" not in self.errors:  # type: ignore[attr-defined]
            self.add_error("outcome", "골라야 결재를 올릴 수 있습니다.")

    @property
    def answer_controls(self) -> list[forms.BoundField]:
        return [self[f"a_{field.code}"] for field in self.case.case_type.answer_fields]

    @property
    def plan_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"plan_text_{i}"], self[f"plan_due_{i}"]) for i in range(self.rows)]

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        plans = [
            Plan(data[f"plan_text_{i}"], data[f"plan_due_{i}"])
            for i in range(self.rows)
            if data[f"plan_text_{i}"]
        ]
        return {
            "body": self.body, "outcome": data["outcome"], "plans": plans, "edition": data["edition"],
            "revision": data["revision"],
        }  # fmt: skip

    @property
    def body(self) -> dict[str, str]:
        """The text by answer field."""
        fields = self.case.case_type.answer_fields
        return {f.code: str(plain(self.cleaned_data.get(f"a_{f.code}")) or "") for f in fields}
