"""What is typed on the pages, checked at the field; what the state of things forbids, the actions say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from . import access
from .deputies import possible_deputies
from .errors import OrgError
from .models import Category, District, Post, Role, Unit, User
from .viewer import Viewer

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ANY = [("", "해당 없음")]


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was posted, though it be empty, or nothing on a first look."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, act: Callable[..., Any], **given: Any) -> bool:
    """Do ``act`` with what the form holds, if it is right; a refusal is told where it belongs."""
    if not form.is_valid():
        return False
    try:
        act(**given, **form.cleaned_data)
    except OrgError as refusal:
        tell_refusal(form, refusal)
        return False
    return True


def tell_refusal(form: forms.Form, refusal: Exception) -> None:
    """Say what an action refused at the field it is about (the error's ``field``), else at the form's head."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))


class UnitChoice(forms.ModelChoiceField):
    """A living unit of the viewer's government, with the one above it in brackets."""

    def label_from_instance(self, unit: Any) -> str:
        return f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name


def living(viewer: Viewer) -> Any:
    return access.units(viewer).filter(valid_to=None).select_related("parent").order_by("name")


class OnDay(forms.Form):
    """The day whose organisation is shown: today unless asked otherwise."""

    on = forms.DateField(label="기준일", required=False, widget=DAY)
    q = forms.CharField(label="부서 이름", required=False, max_length=60)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("오늘까지의 날짜를 고르십시오.")
        return day

    @property
    def day(self) -> Any:
        """The day asked for; today where none or an impossible one was."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or timezone.localdate()

    @property
    def name(self) -> str:
        """The part of a unit's name that is looked for."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""


class UnitForm(forms.Form):
    """A unit to be founded."""

    name = forms.CharField(label="부서 이름", max_length=60)
    code = forms.CharField(label="부호", max_length=20)
    level = forms.ChoiceField(label="단계", choices=Unit.Level.choices)
    parent = UnitChoice(
        label="상위 부서", queryset=Unit.objects.none(), required=False, empty_label="없음 (맨 위)"
    )
    committee = UnitChoice(
        label="소관 상임위원회", queryset=Unit.objects.none(), required=False, empty_label="해당 없음"
    )
    on = forms.DateField(label="설치일", widget=DAY)
    duties = forms.CharField(
        label="분장사무",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=4000,
        help_text="한 줄에 하나씩 적습니다.",
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = living(viewer)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]
        self.fields["committee"].queryset = units.filter(level=Unit.Level.COMMITTEE)  # type: ignore[attr-defined]
        self.fields["on"].initial = viewer.day


class DutiesForm(forms.Form):
    """What a unit is for."""

    duties = forms.CharField(
        label="분장사무", widget=forms.Textarea(attrs={"rows": 6}), required=False, max_length=4000,
        help_text="한 줄에 하나씩 적습니다.",
    )  # fmt: skip


class QuotaForm(forms.Form):
    """Posts allowed from a day on."""

    category = forms.ChoiceField(label="직종", choices=Category.choices)
    grade = forms.CharField(label="직급", max_length=20)
    posts = forms.IntegerField(label="정원", min_value=0)
    on = forms.DateField(label="적용일", widget=DAY)


class PersonForm(forms.Form):
    """An account to be opened."""

    username = forms.CharField(label="아이디", max_length=60, help_text="영문 소문자와 숫자로 시작합니다.")
    name = forms.CharField(label="이름", max_length=40)
    email = forms.EmailField(label="전자우편", required=False)


class SheetForm(forms.Form):
    """A sheet of units or people."""

    file = forms.FileField(label="표 파일 (XLSX, CSV)")


class TransferForm(forms.Form):
    """Where someone goes; an empty field stays as it was."""

    unit = UnitChoice(label="부서", queryset=Unit.objects.none(), empty_label="부서를 고르십시오")
    role = forms.ChoiceField(label="역할", choices=[("", "그대로"), *Role.choices], required=False)
    title = forms.CharField(label="직위", max_length=40, required=False)
    category = forms.ChoiceField(label="직종", choices=[("", "그대로"), *Category.choices], required=False)
    grade = forms.CharField(label="직급", max_length=20, required=False)
    on = forms.DateField(label="발령일", widget=DAY)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = living(viewer)  # type: ignore[attr-defined]
        self.fields["on"].initial = viewer.day

    def clean(self) -> dict[str, Any]:
        """What is left empty is not given to the action at all."""
        return {name: value for name, value in (super().clean() or {}).items() if value != ""}


class PostForm(TransferForm):
    """A post to be given."""

    field_order = (
        "unit",
        "role",
        "title",
        "category",
        "grade",
        "on",
        "until",
        "acting",
        "assists",
        "district",
    )

    role = forms.ChoiceField(label="역할", choices=[("", "역할을 고르십시오"), *Role.choices])
    category = forms.ChoiceField(label="직종", choices=[*ANY, *Category.choices], required=False)
    until = forms.DateField(
        label="마지막 날", widget=DAY, required=False, help_text="임기가 있을 때 적습니다."
    )
    acting = forms.BooleanField(label="직무대리 (현원에 넣지 않습니다)", required=False)
    assists = forms.ModelChoiceField(
        label="보좌할 의원", queryset=User.objects.none(), required=False, empty_label="해당 없음"
    )
    district = forms.ModelChoiceField(
        label="선거구", queryset=District.objects.none(), required=False, empty_label="해당 없음"
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        seats = Post.objects.on(viewer.day).filter(role=Role.COUNCIL_MEMBER)
        members = access.people(viewer).filter(posts__in=seats).distinct().order_by("name")
        districts = District.objects.filter(government=viewer.government_id).order_by("name")
        self.fields["assists"].queryset = members  # type: ignore[attr-defined]
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day in a post."""

    on = forms.DateField(label="마지막 날", widget=DAY)


class DeputyChoice(forms.ModelChoiceField):
    """A colleague, with the posts that tell namesakes apart."""

    def label_from_instance(self, user: Any) -> str:
        return f"{user.name} ({', '.join(map(str, user.held))})"


class AbsenceForm(forms.Form):
    """Days away, and who decides on them."""

    first = forms.DateField(label="첫날", widget=DAY)
    last = forms.DateField(label="마지막 날", widget=DAY)
    deputy = DeputyChoice(
        label="대결자", queryset=User.objects.none(), empty_label="대결자를 고르십시오",
        help_text="같은 실·본부·국에서 일하는 직원 가운데에서 고릅니다.",
    )  # fmt: skip
    reason = forms.CharField(label="사유", max_length=60, help_text="출장, 연가, 교육처럼 적습니다.")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        held = Prefetch("posts", Post.objects.on(today).select_related("unit"), to_attr="held")
        self.fields["deputy"].queryset = possible_deputies(user, today).prefetch_related(held)  # type: ignore[attr-defined]
        self.fields["first"].initial = self.fields["last"].initial = today
