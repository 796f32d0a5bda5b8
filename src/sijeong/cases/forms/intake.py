"""A new case, and a sheet of them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone

from sijeong.org.models import Unit, User
from sijeong.org.viewer import Viewer

from ..actions.delivering import members_of
from ..models import CaseTypeVersion
from ..permissions import may_import
from .fields import DAY, MOMENT, control, plain


class NewCaseForm(forms.Form):
    """A new case of one type, by planning for an asker, or by the asker."""

    once = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="제목", max_length=200)

    def __init__(self, version: CaseTypeVersion, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case_type, self.viewer = version.case_type, viewer
        self.fields["once"].initial = uuid.uuid4().hex  # names this filing: sent twice, it is filed once
        if self.case_type.kinds:
            named = [(kind.code, kind.name) for kind in self.case_type.kinds]
            self.fields["kind"] = forms.ChoiceField(label="구분", choices=[("", "고르십시오"), *named])
        self.fields["question"] = control(self.case_type.question)
        self.fields["question"].required = True
        for field in self.case_type.extra_fields:
            self.fields[f"x_{field.code}"] = control(field)
        self.members = {str(user.pk): user for user in self._askers()}
        named = [(key, user.name) for key, user in self.members.items()]
        # Who is asked for by another's hand: an aide has one member.
        self.on_behalf = named[0][1] if len(named) == 1 and viewer.pk not in viewer.members else ""
        if may_import(viewer):
            self.on_behalf = ""
            self._for_planning(named)
        elif len(named) > 1:
            self.fields["member"] = forms.ChoiceField(label="요구 의원", choices=named)

    def _askers(self) -> list[User]:
        if may_import(self.viewer):
            return members_of(self.viewer.government_id, self.viewer.day)
        return list(User.objects.filter(pk__in=self.viewer.members))

    def _for_planning(self, named: list[tuple[str, str]]) -> None:
        self.fields["member"] = forms.ChoiceField(
            label="요구 의원", required=False, choices=[("", "의원이 아님"), *named]
        )
        self.fields["asker_name"] = forms.CharField(
            label="요구자",
            max_length=80,
            required=False,
            help_text="의원이 아니면 위원회·신청인 이름을 적으십시오.",
        )
        self.fields["received_at"] = forms.DateTimeField(
            label="접수 일시", widget=MOMENT, initial=timezone.localtime, help_text="기한은 이때부터 셉니다."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if may_import(self.viewer) and not data.get("member") and not data.get("asker_name"):
            self.add_error("asker_name", "요구 의원을 고르거나 요구자를 적어야 합니다.")
        received_at = data.get("received_at")
        if received_at and received_at > timezone.now() + dt.timedelta(minutes=1):
            self.add_error("received_at", "아직 오지 않은 때입니다.")
        return data

    def facts(self) -> dict[str, Any]:
        """Keyword arguments of ``actions.receive``."""
        data = self.cleaned_data
        member = self.members.get(data.get("member") or "")
        if member is None and not may_import(self.viewer) and len(self.members) == 1:
            member = next(iter(self.members.values()))
        unit = None
        if member is None and not may_import(self.viewer):
            unit = Unit.objects.filter(pk__in=self.viewer.units, valid_to=None, level="division").first()
        name = data.get("asker_name") or (member.name if member else unit.name if unit else "")
        fields = {
            f.code: plain(data[f"x_{f.code}"]) for f in self.case_type.extra_fields if data.get(f"x_{f.code}")
        }
        return {
            "title": data["title"], "question": data["question"], "kind": data.get("kind", ""), "fields": fields,
            "asker": member, "asker_unit": unit, "asker_name": name, "received_at": data.get("received_at"),
        }  # fmt: skip


class ImportForm(forms.Form):
    """A sheet of cases of one type."""

    type_code = forms.ChoiceField(label="사안 종류")
    label = forms.CharField(label="회차·출처", max_length=60, help_text="예: 2021년 행정사무감사")
    received_on = forms.DateField(
        label="접수일", widget=DAY, help_text="파일에 접수일 열이 없는 행에 씁니다. 기한은 이날부터 셉니다."
    )
    file = forms.FileField(label="XLSX·CSV 파일")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = CaseTypeVersion.objects.filter(government_id=viewer.government_id, current=True).order_by(
            "code"
        )
        self.fields["type_code"].choices = [(v.code, v.name) for v in versions]  # type: ignore[attr-defined]
        self.fields["received_on"].initial = viewer.day
        self.viewer = viewer

    def clean_received_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["received_on"]
        if day > self.viewer.day:
            raise forms.ValidationError("아직 오지 않은 날입니다.")
        return day
