"""What a person fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sijeong.figures.access import kept_units
from sijeong.figures.models import Book
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from .access import written_units
from .building import designs
from .models import Erratum, Programme

_DAY = forms.DateInput(attrs={"type": "date"})


class PaperForm(forms.Form):
    """A document to be read."""

    file = forms.FileField(label="보고서 파일 (HWPX, HWP, PDF, DOCX, XLSX, 글)")


class NewProgramme(forms.Form):
    """A programme's place and name."""

    unit = forms.ModelChoiceField(label="부서", queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(label="연도", min_value=2000, max_value=2100)
    title = forms.CharField(label="시책 이름", max_length=120)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        units.queryset = written_units(viewer)  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year


class ProgrammeForm(forms.ModelForm):
    """The parts of a programme, and the version they were read at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Programme
        fields = ["title", "summary", "order", "overview", "results", "plan", "schedule", "closed"]
        labels = {"closed": "끝난 시책 (업무보고에 싣지 않음)"}
        widgets = {name: forms.Textarea(attrs={"rows": 6}) for name in Programme.PARTS}
        help_texts = {
            "overview": "줄마다 ○, -, ·, ※ 로 시작합니다. 기호가 없으면 ○로 봅니다.",
            "schedule": "예: ○ ′26. 2월 : 계획 수립",
        }


class NewReport(forms.Form):
    """Which report of whom as of when."""

    unit = forms.ModelChoiceField(label="부서", queryset=Unit.objects.none(), empty_label=None)
    design = forms.ChoiceField(label="서식")
    occasion = forms.CharField(label="회기", max_length=60, required=False, help_text="예: 제330회 정례회")
    base_on = forms.DateField(label="기준일", widget=_DAY)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        units.queryset = written_units(viewer)  # type: ignore[attr-defined]
        self.known = designs(viewer.user.government)
        self.fields["design"].choices = [(d.code, d.title) for d in self.known.values()]  # type: ignore[attr-defined]
        self.fields["base_on"].initial = timezone.localdate()


class ErratumForm(forms.ModelForm):
    """A correction of what was handed over."""

    class Meta:
        model = Erratum
        fields = ["place", "stated", "corrected", "reason"]
        help_texts = {"place": "예: Ⅲ장 처리결과 표 2줄"}


class TakeFindings(forms.Form):
    """Which audit the findings are of, and when they came."""

    label = forms.CharField(label="감사", max_length=60, help_text="예: 2021년 행정사무감사")
    received_on = forms.DateField(label="접수일", widget=_DAY)


class TakeStaffing(forms.Form):
    """Whose quotas, from when."""

    unit = forms.ModelChoiceField(label="부서", queryset=Unit.objects.none(), empty_label=None)
    on = forms.DateField(label="적용일", widget=_DAY)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(
            government_id=viewer.government_id,
            valid_to=None,
            level__in=[Unit.Level.BUREAU, Unit.Level.DIVISION],
        )
        self.fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]
        self.fields["on"].initial = timezone.localdate()


class TakeBudget(forms.Form):
    """Whose money, which year's, as of when, from which table."""

    table = forms.IntegerField(widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(label="부서", queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(label="회계연도", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label="구분", choices=Book.Kind.choices)
    base_on = forms.DateField(label="기준일", widget=_DAY)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [unit.pk for unit in kept_units(viewer)]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=keys).order_by("path")  # type: ignore[attr-defined]
