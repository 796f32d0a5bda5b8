"""A form for each act on a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sijeong.org.models import Post, Role
from sijeong.org.viewer import Viewer

from ..actions.delivering import members_of
from ..models import Case, Delivery
from .fields import MOMENT, UnitField, UnitsField, divisions


class CaseForm(forms.Form):
    """A form about a case: knows the case and who fills it in."""

    def __init__(self, case: Case, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.viewer = case, viewer
        self.prepare()

    def prepare(self) -> None:
        """Fill in what is on offer."""

    def facts(self) -> dict[str, Any]:
        """Keyword arguments of the action."""
        return dict(self.cleaned_data)


class ConfirmForm(CaseForm):
    """Nothing to type: the button says it all."""


class ReasonForm(CaseForm):
    reason = forms.CharField(label="사유", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class NoteForm(CaseForm):
    note = forms.CharField(
        label="받은 회신", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


class AskAgainForm(CaseForm):
    reason = forms.CharField(
        label="더 필요한 것", widget=forms.Textarea(attrs={"rows": 4}), max_length=5000,
        help_text="앞 답변에서 빠진 것을 적으십시오. 다시 접수하는 사안의 내용이 됩니다.",
    )  # fmt: skip


class JudgeForm(CaseForm):
    sufficient = forms.TypedChoiceField(
        label="이 답변은", choices=[("yes", "충분합니다"), ("no", "부족합니다")], coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label="사유", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
        help_text="부족하면 무엇이 부족한지 적으십시오. 담당 부서에 보입니다.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sufficient") is False and not data.get("reason"):
            self.add_error("reason", "무엇이 부족한지 적어야 합니다.")
        return data


class AssignForm(CaseForm):
    lead = UnitField(label="주관부서")
    joint = UnitsField(label="협조부서")

    def prepare(self) -> None:
        units = divisions(self.case.government_id)
        self.fields["lead"].offer(units)  # type: ignore[attr-defined]
        self.fields["joint"].offer(units)  # type: ignore[attr-defined]


class PassOnForm(ReasonForm):
    to = UnitField(label="이송할 부서")
    field_order = ("to", "reason")

    def prepare(self) -> None:
        units = [unit for unit in divisions(self.case.government_id) if unit.pk != self.case.lead_id]
        self.fields["to"].offer(units)  # type: ignore[attr-defined]


class StartForm(CaseForm):
    officer = forms.TypedChoiceField(label="담당자", required=False, empty_value=None)

    def prepare(self) -> None:
        posts = Post.objects.on(self.viewer.day).filter(
            unit_id=self.case.lead_id, role__in=[Role.DIVISION_OFFICER, Role.DIVISION_HEAD]
        )
        people = {
            str(post.user_id): post.user for post in posts.select_related("user").order_by("user__name")
        }
        field = self.fields["officer"]
        field.choices = [(key, user.name) for key, user in people.items()]  # type: ignore[attr-defined]
        field.coerce = people.get  # type: ignore[attr-defined]
        field.initial = self.viewer.pk


class MergeForm(ReasonForm):
    into = forms.CharField(label="남길 사안 번호", max_length=40, help_text="예: 자료요구-2026-00001")
    field_order = ("into", "reason")

    def clean_into(self) -> Case:
        found = Case.objects.visible_to(self.viewer).filter(number=self.cleaned_data["into"].strip()).first()
        if found is None:
            raise forms.ValidationError("그런 번호의 사안이 없습니다.")
        return found


class ContributeForm(CaseForm):
    text = forms.CharField(label="협조 의견", widget=forms.Textarea(attrs={"rows": 6}), max_length=20000)

    def prepare(self) -> None:
        part = next(
            (
                p
                for p in self.case.parts.all()
                if p.active and p.unit_id in self.viewer.units and p.kind == "joint"
            ),
            None,
        )
        self.fields["text"].initial = part.text if part else ""


class DeliverForm(CaseForm):
    channel = forms.ChoiceField(label="전달 방법", choices=Delivery.Channel.choices)
    recipient = forms.TypedChoiceField(label="받는 의원", required=False, empty_value=None)
    recipient_name = forms.CharField(
        label="받은 사람",
        max_length=80,
        required=False,
        help_text="의원이 아니거나 보좌직원·위원회가 받았으면 적으십시오.",
    )
    at = forms.DateTimeField(label="전달 일시", widget=MOMENT, initial=timezone.localtime)
    receipt = forms.CharField(
        label="수령 증빙",
        max_length=200,
        required=False,
        help_text="문서번호, 수령 회신 일시 등. 이 시스템으로 전달하면 의원의 수령 확인이 증빙이 됩니다.",
    )
    file = forms.FileField(label="수령 확인 파일", required=False)

    def prepare(self) -> None:
        members = {str(user.pk): user for user in members_of(self.case.government_id, self.viewer.day)}
        field = self.fields["recipient"]
        field.choices = [("", "의원이 아님"), *((key, user.name) for key, user in members.items())]  # type: ignore[attr-defined]
        field.coerce = members.get  # type: ignore[attr-defined]
        field.initial = self.case.asker_id
        if self.case.asker_id is None:
            self.fields["channel"].initial = Delivery.Channel.DOCUMENT

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("channel") == Delivery.Channel.HERE:
            if not data.get("recipient"):
                self.add_error("recipient", "이 시스템으로 전달하려면 받는 의원을 골라야 합니다.")
        elif not data.get("receipt") and not data.get("file"):
            self.add_error("receipt", "전달을 증명할 문서번호·회신 일시나 파일이 필요합니다.")
        return data
