"""Forms of the case pages: what a person types, checked at the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone

from sijeong.catalog.case_type import FormField
from sijeong.org.models import Post, Role, Unit, User
from sijeong.org.viewer import Viewer

from .actions.answering import Plan
from .actions.delivering import members_of
from .models import Case, CaseTypeVersion, Delivery, FollowUp
from .permissions import may_import

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def choices_of(units: Iterable[Unit]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Divisions under their bureau, as a select shows them."""
    listed = sorted(units, key=lambda unit: (unit.parent.name if unit.parent else "", unit.name))
    grouped = groupby(listed, key=lambda unit: unit.parent.name if unit.parent else "기관")
    return [(bureau, [(unit.pk, unit.name) for unit in of_bureau]) for bureau, of_bureau in grouped]


def divisions(government_id: int) -> list[Unit]:
    """Units that take cases today."""
    alive = Unit.objects.filter(government_id=government_id, valid_to=None, level__in=["division", "agency"])
    return list(alive.select_related("parent"))


class UnitField(forms.TypedChoiceField):
    """One division, chosen from those of the government."""

    def __init__(self, **kwargs: Any) -> None:
        self.units: dict[str, Unit] = {}
        super().__init__(coerce=lambda key: self.units[key], empty_value=None, **kwargs)

    def offer(self, units: Iterable[Unit], empty: str = "부서를 고르십시오") -> None:
        self.units = {str(unit.pk): unit for unit in units}
        self.choices = [("", empty), *choices_of(self.units.values())]


class UnitsField(forms.TypedMultipleChoiceField):
    """Any number of divisions."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        self.units: dict[str, Unit] = {}
        super().__init__(coerce=lambda key: self.units[key], required=False, **kwargs)

    def offer(self, units: Iterable[Unit]) -> None:
        self.units = {str(unit.pk): unit for unit in units}
        self.choices = choices_of(self.units.values())


def control(field: FormField) -> forms.Field:
    """The form field that a case type's field asks for."""
    common: dict[str, Any] = {"label": field.name, "required": field.required, "help_text": field.help}
    match str(field.type):
        case "long_text":
            return forms.CharField(
                widget=forms.Textarea(attrs={"rows": 6 if field.required else 3}), max_length=20000, **common
            )
        case "date":
            return forms.DateField(widget=DAY, **common)
        case "number":
            return forms.IntegerField(**common)
        case "choice":
            named = [(choice.code, choice.name) for choice in field.choices]
            return forms.ChoiceField(choices=[("", "고르십시오"), *named], **common)
        case "yes_no":
            return forms.BooleanField(**common | {"required": False})
        case _:
            return forms.CharField(max_length=200, **common)


def plain(value: Any) -> Any:
    """A cleaned value as it is kept in JSON."""
    return value.isoformat() if isinstance(value, dt.date) else value


class NewCaseForm(forms.Form):
    """A new case of one type, by planning for an asker, or by the asker."""

    title = forms.CharField(label="제목", max_length=200)

    def __init__(self, version: CaseTypeVersion, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case_type, self.viewer = version.case_type, viewer
        if self.case_type.kinds:
            named = [(kind.code, kind.name) for kind in self.case_type.kinds]
            self.fields["kind"] = forms.ChoiceField(label="구분", choices=[("", "고르십시오"), *named])
        self.fields["question"] = control(self.case_type.question)
        self.fields["question"].required = True
        for field in self.case_type.extra_fields:
            self.fields[f"x_{field.code}"] = control(field)
        self.members = {str(user.pk): user for user in self._askers()}
        named = [(key, user.name) for key, user in self.members.items()]
        if may_import(viewer):
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


class DraftForm(CaseForm):
    """The answer: the type's fields, the outcome, and the dated promises."""

    edition = forms.IntegerField(widget=forms.HiddenInput, initial=0)
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
            text, due_on = (self.initial.get("plans", []) + [("", None)] * self.rows)[i]
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
        return data

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
        body = {f.code: str(plain(data[f"a_{f.code}"]) or "") for f in self.case.case_type.answer_fields}
        return {"body": body, "outcome": data["outcome"], "plans": plans, "edition": data["edition"]}


class CloseForm(forms.Form):
    """A follow-up done, with what shows it."""

    evidence = forms.CharField(
        label="이행 결과",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        help_text="무엇을 언제 어떻게 이행했는지 적으십시오. 요구한 의원에게 보입니다.",
    )
    file = forms.FileField(label="증빙 파일", required=False)


class PostponeForm(forms.Form):
    due_on = forms.DateField(label="새 기한", widget=DAY)
    reason = forms.CharField(label="사유", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, follow_up: FollowUp, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follow_up = follow_up

    def clean_due_on(self) -> dt.date:
        due_on: dt.date = self.cleaned_data["due_on"]
        if due_on <= self.follow_up.due_on:
            raise forms.ValidationError(f"지금 기한({self.follow_up.due_on:%Y. %m. %d.})보다 뒤여야 합니다.")
        return due_on


class DropForm(forms.Form):
    reason = forms.CharField(label="중단 사유", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


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
