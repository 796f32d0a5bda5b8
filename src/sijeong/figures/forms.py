"""What a person fills in when a budget sheet comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from .access import kept_units
from .incoming import UNITS
from .models import Book


class BringForm(forms.Form):
    """A sheet with whose, which year's and in what unit its amounts are."""

    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label="부서", queryset=Unit.objects.none(), empty_label=None
    )
    year = forms.IntegerField(label="회계연도", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label="구분", choices=Book.Kind.choices)
    base_on = forms.DateField(label="기준일", widget=forms.DateInput(attrs={"type": "date"}))
    money = forms.ChoiceField(
        label="금액 단위",
        choices=[(name, name) for name in UNITS],
        initial="천원",
        help_text="표에 적힌 단위",
    )
    source = forms.CharField(label="출처", max_length=120, help_text="예: e호조 세출예산 집행현황")
    file = forms.FileField(label="예산 표 (XLSX, CSV)")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [unit.pk for unit in kept_units(viewer)]
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)  # noqa: S101  for the type
        units.queryset = Unit.objects.filter(pk__in=keys).order_by("path")
        self.fields["year"].initial = timezone.localdate().year
        self.fields["base_on"].initial = timezone.localdate()
