"""What people write: a new round, a table, a reason, an application, a citizen's look-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from .models import Round, Scheme, Sheet

LARGEST = 64 * 1024 * 1024  # bytes of a bundle that the web computes again
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(forms.Form):
    """A new round of a definition, for one of the viewer's divisions. Over nights the season is the definition's."""

    title = forms.CharField(label="이름", max_length=100)
    valid_from = forms.DateField(label="첫날", widget=DAY)
    valid_to = forms.DateField(
        label="마지막 날", widget=DAY, help_text="이 기간에는 같은 자리를 다른 배정이 쓸 수 없습니다."
    )

    def __init__(self, scheme: Scheme, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=viewer.units, valid_to=None, level__in=["division", "agency"])
        self.units = {unit.pk: unit for unit in units.order_by("name")}
        named = [(pk, each.name) for pk, each in self.units.items()]
        self.fields["unit"] = forms.TypedChoiceField(label="맡는 부서", coerce=int, choices=named)
        today = timezone.localdate()
        self.fields["title"].initial = f"{scheme.title} {today}"
        self.fields["valid_from"].initial = self.fields["valid_to"].initial = today
        if scheme.definition.nights:
            del self.fields["valid_from"], self.fields["valid_to"]

    def chosen(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class FollowForm(forms.Form):
    """A round in place of a released one: a new one, or the next day."""

    title = forms.CharField(label="이름", max_length=100)
    valid_from = forms.DateField(label="첫날", widget=DAY)
    valid_to = forms.DateField(label="마지막 날", widget=DAY)
    daily = forms.BooleanField(
        label="날마다 이어 가기: 배정된 사람을 그대로 두고 드나든 사람만 다룹니다", required=False
    )

    def __init__(self, found: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = found.definition.places
        if not (places and (places.stay or places.step_down)):
            del self.fields["daily"]


class SheetForm(forms.Form):
    """A table from a file, or drawn from what is recorded here."""

    role = forms.ChoiceField(label="어느 표", choices=Sheet.Role.choices)
    file = forms.FileField(label="엑셀(.xlsx)이나 CSV 파일", required=False)
    source = forms.ChoiceField(
        label="어디에서",
        choices=[
            ("upload", "파일에서"),
            ("applications", "이곳에 낸 신청에서"),
            ("units", "조직의 부서에서"),
        ],
        required=False,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="사유", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class FreezeForm(forms.Form):
    beacon_round = forms.CharField(
        label="공개 난수의 회차",
        max_length=60,
        required=False,
        help_text="비우면 지금 만든 비밀 값의 지문을 공고하고 그 값으로 추첨합니다. 앞으로 나올 공개 난수를 쓰려면 그 회차를 적습니다.",
    )


class BeaconForm(forms.Form):
    beacon_value = forms.CharField(
        label="공개 난수의 값",
        max_length=128,
        required=False,
        help_text="공고한 회차의 값을 16진수로 적습니다.",
    )


class LookForm(forms.Form):
    """A citizen's own result: what stands on the receipt, and nothing else."""

    number = forms.CharField(label="접수번호", max_length=40)
    secret = forms.CharField(
        label="확인번호", max_length=20, help_text="접수증이나 알림에 적힌 영문과 숫자 10자"
    )


class VerifyForm(forms.Form):
    bundle = forms.FileField(
        label="꾸러미 파일(bundle.zip)",
        widget=forms.FileInput(attrs={"data-most": LARGEST, "accept": ".zip"}),
    )


class ApplicationForm(forms.Form):
    """One application: a field for each column that the definition asks of an applicant."""

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        definition = scheme.definition
        choices: dict[str, list[tuple[str, str]]] = {
            "class": [(each.code, each.name) for each in definition.classes],
            "share": [(each, each) for each in definition.shares],
        }
        if definition.nights:
            choices["room"] = [(each.room, each.room) for each in definition.nights.rooms]
        for role, heading in definition.applicants.columns.items():
            if role in {"id", "received"} or (role == "class" and definition.by_division):
                continue
            if role in choices:
                self.fields[heading] = forms.ChoiceField(
                    label=heading, choices=[("", "고르십시오"), *choices[role]]
                )
            elif role == "start":
                self.fields[heading] = forms.DateField(label=heading, widget=DAY)
            elif role in {"nights", "before", "hour"}:
                self.fields[heading] = forms.IntegerField(label=heading, min_value=0)
            else:
                self.fields[heading] = forms.CharField(label=heading, max_length=60, required=role != "need")

    def values(self) -> dict[str, str]:
        return {heading: str(value) for heading, value in self.cleaned_data.items()}
