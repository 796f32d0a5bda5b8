"""Fields that several forms share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms

from sijeong.catalog.case_type import FormField
from sijeong.org.models import Unit

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


# Instead of the framework's sentence, which asks to confirm what is wrong.
TOO_LONG = {"max_length": "%(limit_value)d자까지 적습니다. 지금 %(show_value)d자이니 줄이십시오."}


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
        super().__init__(empty_value=None, **kwargs)

    def offer(self, units: Iterable[Unit], empty: str = "부서를 고르십시오") -> None:
        self.units = {str(unit.pk): unit for unit in units}
        self.coerce = self.units.__getitem__
        self.choices = [("", empty), *choices_of(self.units.values())]


class UnitsField(forms.TypedMultipleChoiceField):
    """Any number of divisions."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        self.units: dict[str, Unit] = {}
        super().__init__(required=False, **kwargs)

    def offer(self, units: Iterable[Unit]) -> None:
        self.units = {str(unit.pk): unit for unit in units}
        self.coerce = self.units.__getitem__
        self.choices = choices_of(self.units.values())


def control(field: FormField) -> forms.Field:
    """The form field that a case type's field asks for."""
    common: dict[str, Any] = {"label": field.name, "required": field.required, "help_text": field.help}
    match str(field.type):
        case "long_text":
            return forms.CharField(
                widget=forms.Textarea(attrs={"rows": 6 if field.required else 3}),
                max_length=20000,
                error_messages=TOO_LONG,
                **common,
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
            return forms.CharField(max_length=200, error_messages=TOO_LONG, **common)


def plain(value: Any) -> Any:
    """A cleaned value as it is kept in JSON."""
    return value.isoformat() if isinstance(value, dt.date) else value
