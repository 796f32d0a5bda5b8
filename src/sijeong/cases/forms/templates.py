"""A template of answers."""

from __future__ import annotations

from typing import Any

from django import forms

from sijeong.catalog import CaseType

from ..blanks import BLANKS, unknown


class TemplateForm(forms.Form):
    """Its name, and a text for each field of the type's answer."""

    name = forms.CharField(label="서식 이름", max_length=60, help_text="목록에서 알아볼 수 있게 적으십시오.")
    everyone = forms.BooleanField(label="모든 부서에서 쓰기", required=False)

    def __init__(self, case_type: CaseType, *args: Any, shared: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case_type = case_type
        if not shared:
            del self.fields["everyone"]
        for field in case_type.answer_fields:
            if field.type in {"text", "long_text"}:
                self.fields[f"a_{field.code}"] = forms.CharField(
                    label=field.name, required=False, max_length=20000,
                    widget=forms.Textarea(attrs={"rows": 6 if field.required else 3}),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, text in data.items():
            if name.startswith("a_") and (strange := unknown(text)):
                self.add_error(
                    name, f"빈칸 ‘{strange[0]}’은 채울 수 없습니다. 쓸 수 있는 빈칸: {', '.join(BLANKS)}"
                )
        if not any(text for name, text in data.items() if name.startswith("a_")) and not self.errors:
            self.add_error(None, "글을 한 칸 이상 적어야 합니다.")
        return data

    def facts(self) -> dict[str, Any]:
        """Keyword arguments of the action."""
        data = self.cleaned_data
        body = {name[2:]: text for name, text in data.items() if name.startswith("a_") and text}
        return {"name": data["name"], "body": body}
