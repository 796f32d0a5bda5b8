"""The guided page: two spreadsheets, then what their columns mean and who comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from .forms import DAY
from .models import Sketch
from .solving.draft import ASKED, ROLES, Answers, classes_in, guess, required, rooms_in, values_in
from .solving.intake import NUMBER

NONE = ("", "없음")
SIDES = ("applicants", "resources")
MOST_CLASSES = 12


class SketchForm(forms.Form):
    """Which kind, for whom, and the two spreadsheets."""

    structure = forms.ChoiceField(
        label="무엇을 나누나", choices=Sketch.Structure.choices, widget=forms.RadioSelect
    )
    unit = forms.TypedChoiceField(label="맡는 부서", coerce=int)
    applicants = forms.FileField(
        label="신청 표(XLSX, CSV)", help_text="한 줄에 신청 하나. 첫 줄은 열의 제목입니다."
    )
    resources = forms.FileField(
        label="자원 표(XLSX, CSV)",
        help_text="한 줄에 나눌 것 하나와 자리 수. 객실이면 유형마다 성수기와 비수기의 방 수.",
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=viewer.units, valid_to=None, level__in=["division", "agency"])
        self.units = {unit.pk: unit for unit in units.select_related("government").order_by("name")}
        named = [(pk, each.name) for pk, each in self.units.items()]
        self.fields["unit"] = forms.TypedChoiceField(label="맡는 부서", coerce=int, choices=named)


class DraftForm(forms.Form):
    """What the columns mean, in which order the classes come, and the rules of the kind."""

    title = forms.CharField(label="배정의 이름", max_length=60)
    basis = forms.CharField(label="법령·방침의 근거", max_length=200)
    noun1 = forms.CharField(label="신청하는 것을 부르는 말", max_length=20, initial="신청")
    noun2 = forms.CharField(label="나누는 것을 부르는 말", max_length=20, initial="자리")
    tie = forms.ChoiceField(
        label="같은 등급에서는", choices=[("received", "먼저 접수한 순서"), ("lottery", "추첨(누구나 확인)")],
        widget=forms.RadioSelect, initial="received",
    )  # fmt: skip
    valid_from = forms.DateField(label="첫날", widget=DAY, initial=timezone.localdate)
    valid_to = forms.DateField(label="마지막 날", widget=DAY, initial=timezone.localdate)

    def __init__(
        self,
        sketch: Sketch,
        tables: tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sketch, self.tables, self.structure = sketch, tables, sketch.structure
        self._columns()
        self._classes()
        if self.structure == "places":
            self.fields["near"] = forms.BooleanField(
                label="가까운 곳부터(자치구 열이 두 표에 모두 있을 때)", required=False, initial=True
            )
        if self.structure == "nights":
            self.fields["high_months"] = forms.CharField(
                label="성수기인 달", required=False, max_length=40, help_text="숫자를 쉼표로: 7, 8"
            )
            self.fields["share"] = forms.IntegerField(
                label="첫째 신청 구분의 몫(%)", required=False, min_value=0, max_value=100,
                help_text="비우면 나누지 않습니다. 남는 방은 다른 구분이 씁니다.",
            )  # fmt: skip

    def _columns(self) -> None:
        guessed = guess(self.structure, *(list(table[0]) for table in self.tables))
        for side, roles, must, table, usual in zip(
            SIDES, ROLES[self.structure], required(self.structure), self.tables, guessed, strict=True
        ):
            headings = [(heading, heading) for heading in dict.fromkeys(table[0]) if heading]
            for role in roles:
                self.fields[f"{side}_{role}"] = forms.ChoiceField(
                    label=ASKED[role],
                    choices=[NONE, *headings],
                    required=role in must,
                    initial=usual.get(role, ""),
                )

    def _classes(self) -> None:
        """The classes that stand in the column chosen (or guessed), each with its place in the line."""
        heading = self["applicants_class"].value()
        found = classes_in(self.tables[0], heading) if heading in self.tables[0][0] else ()
        self.classes = found[:MOST_CLASSES]
        self.too_many = len(found) > MOST_CLASSES
        for number, name in enumerate(self.classes, start=1):
            self.fields[f"order_{number}"] = forms.IntegerField(
                label=f"‘{name}’의 순서", min_value=1, max_value=99, initial=number
            )

    def side(self, side: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"{side}_")]

    def orders(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("order_")]

    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith((*SIDES, "order_"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.too_many:
            self.add_error(
                "applicants_class", f"등급이 {MOST_CLASSES}개를 넘습니다. 등급이 적힌 열을 고르십시오."
            )
        for side in SIDES:
            seen: dict[str, str] = {}
            for role in ROLES[self.structure][SIDES.index(side)]:
                heading = data.get(f"{side}_{role}")
                if heading and heading in seen and {role, seen[heading]} != {"high", "low"}:
                    self.add_error(
                        f"{side}_{role}", f"‘{heading}’ 열은 이미 ‘{ASKED[seen[heading]]}’에 썼습니다."
                    )
                elif heading:
                    seen[heading] = role
        return data

    def answers(self) -> Answers:
        """What was said, as the pure side takes it. Raises BadTable for the room types."""
        data = self.cleaned_data
        first, second = (
            {role: data[f"{side}_{role}"] for role in roles if data.get(f"{side}_{role}")}
            for side, roles in zip(SIDES, ROLES[self.structure], strict=True)
        )
        order = sorted(range(len(self.classes)), key=lambda k: (data[f"order_{k + 1}"], k))
        part, more = self._part(first, second)
        return Answers(
            name=f"division_{self.sketch.pk}", title=data["title"], basis=(data["basis"],), structure=self.structure,
            tie=data["tie"], nouns=(data["noun1"], data["noun2"]), applicants=first,
            resources={} if self.structure == "nights" else second,
            classes=[(self.classes[k], data["basis"]) for k in order], part=part, more=more,
        )  # fmt: skip

    def _part(self, first: dict[str, str], second: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The settings of the kind, and those beside it, from the tables themselves."""
        part: dict[str, Any] = {}
        more: dict[str, Any] = {}
        if "share" in first:
            more["shares"] = list(classes_in(self.tables[0], first["share"]))
        match self.structure:
            case "places":
                if self.cleaned_data["near"] and "place" in first and "place" in second:
                    part["districts"] = self.sketch.government.city
                else:
                    first.pop("place", None), second.pop("place", None)
                if "need" in first and "offers" in second:
                    more["needs"] = list(values_in(self.tables[1], second["offers"]))
            case "nights":
                part = self._season(first, second)
                if self.cleaned_data["share"] is not None and more.get("shares"):
                    more["quotas"] = [{"share": more["shares"][0], "percent": self.cleaned_data["share"]}]
        return part, more

    def _season(self, first: dict[str, str], second: dict[str, str]) -> dict[str, Any]:
        data = self.cleaned_data
        months = [int(part) for part in data["high_months"].replace(",", " ").split() if part.isdigit()]
        written = (NUMBER.fullmatch(cell) for cell in classes_in(self.tables[0], first["nights"]))
        counts = [int(found[1].replace(",", "")) for found in written if found]
        return {
            "first": data["valid_from"], "last": data["valid_to"], "high_months": months,
            "rooms": rooms_in(self.tables[1], second), "longest": max(counts, default=1),
        }  # fmt: skip
