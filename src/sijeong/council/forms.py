"""Forms about meetings, checked at the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from sijeong.cases.forms.fields import MOMENT, UnitsField, divisions
from sijeong.cases.models import CaseTypeVersion
from sijeong.org.models import Post, Role, Unit, User
from sijeong.org.viewer import Viewer

from .actions import fits
from .models import Meeting, Suggestion


def members_on(viewer: Viewer, meeting: Meeting | None) -> dict[str, User]:
    """Members in office today, and those who took part in the meeting though they no longer are."""
    seats = Post.objects.on(viewer.day).filter(
        role=Role.COUNCIL_MEMBER, unit__government_id=viewer.government_id
    )
    found = list(User.objects.filter(pk__in=seats.values("user_id")).order_by("name"))
    known = {user.pk for user in found}
    found += [user for user in (meeting.members.order_by("name") if meeting else []) if user.pk not in known]
    return {str(user.pk): user for user in found}


class MeetingForm(forms.Form):
    """A meeting: when, where, who, about what. ``seen`` is what it began from, where it amends one."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kind = forms.ChoiceField(label="종류", choices=Meeting.Kind.choices)
    held_at = forms.DateTimeField(
        label="일시", widget=MOMENT, help_text="앞으로 열 모임도 등록할 수 있습니다."
    )
    place = forms.CharField(label="장소", max_length=100)
    subject = forms.CharField(label="주제", max_length=200)
    members = forms.TypedMultipleChoiceField(label="참석 의원", widget=forms.CheckboxSelectMultiple)
    units = UnitsField(label="참석 부서")
    officers = forms.CharField(
        label="참석 직원", required=False, max_length=1000,
        help_text="고른 부서에 있는 사람의 이름을 쉼표로 나누어 적으십시오.",
    )  # fmt: skip
    content = forms.CharField(
        label="내용", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, viewer: Viewer, meeting: Meeting | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        people = members_on(viewer, meeting)
        members: Any = self.fields["members"]
        members.choices, members.coerce = (
            [(key, user.name) for key, user in people.items()],
            people.__getitem__,
        )
        units: Any = self.fields["units"]
        units.required = True
        ended = [unit for unit in meeting.units.select_related("parent") if unit.valid_to] if meeting else []
        units.offer([*divisions(viewer.government_id), *ended])
        if meeting is None and not viewer.has(Role.PLANNING_OFFICER):
            units.initial = list(viewer.units)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = [name.strip() for name in data.get("officers", "").split(",") if name.strip()]
        data["officers"] = []
        for name in dict.fromkeys(names):
            found = self._named(name, data.get("units") or [])
            if len(found) == 1:
                data["officers"].append(found[0])
            else:
                told = "여럿 있어 누구인지 알 수 없습니다" if found else "고른 부서에 없습니다"
                self.add_error("officers", f"{name}: {told}.")
        return data

    def facts(self) -> dict[str, Any]:
        """Keyword arguments of the actions."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def _named(self, name: str, units: list[Unit]) -> list[User]:
        """People of that name with a post in the units or their teams, or of whom the name and account are written."""
        posts = Post.objects.on(self.viewer.day).filter(unit__government_id=self.viewer.government_id)
        under = [unit.pk for unit in units]
        here = posts.filter(unit_id__in=under) | posts.filter(unit__parent_id__in=under)
        bare, _, account = name.rstrip(")").partition("(")
        people = User.objects.filter(pk__in=here.values("user_id"), name=bare.strip())
        return list(people.filter(username=account) if account else people)

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        return {
            "seen": meeting.fingerprint(), "kind": meeting.kind, "held_at": timezone.localtime(meeting.held_at), "place": meeting.place,
            "subject": meeting.subject, "content": meeting.content,
            "members": [user.pk for user in meeting.members.all()], "units": [unit.pk for unit in meeting.units.all()],
            "officers": ", ".join(user.label for user in meeting.officers.all()),
        }  # fmt: skip


class SuggestForm(forms.Form):
    """A suggestion, by one of the members there or by somebody else."""

    member = forms.TypedChoiceField(label="건의한 의원", required=False, empty_value=None)
    said_by = forms.CharField(
        label="건의한 사람", max_length=80, required=False, help_text="의원이 아니면 적으십시오."
    )
    text = forms.CharField(label="건의 내용", max_length=20000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {str(user.pk): user for user in meeting.members.all()}
        field: Any = self.fields["member"]
        field.choices = [("", "의원이 아님"), *((key, user.name) for key, user in people.items())]
        field.coerce = people.get
        field.initial = next(iter(people), "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("member") and not data.get("said_by"):
            self.add_error("said_by", "누가 건의했는지 고르거나 적어야 합니다.")
        return data


class TakeUpForm(forms.Form):
    """The suggestion as a case: its title, and which kind."""

    title = forms.CharField(label="제목", max_length=200)
    type_code = forms.ChoiceField(label="사안 종류")

    def __init__(self, suggestion: Suggestion, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=f"s{suggestion.pk}")
        versions = CaseTypeVersion.objects.filter(
            government_id=suggestion.meeting.government_id, current=True
        ).order_by("code")
        fitting = [version for version in versions if fits(version.case_type)]
        # A type that knows of meetings is the usual one.
        fitting.sort(key=lambda version: not any(f.code == "met_on" for f in version.case_type.extra_fields))
        field: Any = self.fields["type_code"]
        field.choices = [(version.code, version.name) for version in fitting]
        self.fields["title"].initial = " ".join(suggestion.text.split())[:60]


class CancelForm(forms.Form):
    reason = forms.CharField(label="사유", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
