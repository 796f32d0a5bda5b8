"""What to cost: the year, the benefits, the people, and what is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from ..rules.limits import declared_take_up
from ..rules.population import Assumptions
from ..rules.rulebook import BenefitRule, Rulebook
from ..rules.runs import BadRequest, books, take_ups
from .facts import DAY

SEED = 2024
FILE = "file"


@dataclass(frozen=True)
class Section:
    """One benefit in the form: whether it is costed, its values, its share and its budget."""

    rule: BenefitRule
    values: list[forms.BoundField]
    applied: forms.BoundField
    entitled: forms.BoundField
    budget: forms.BoundField
    assumed: str


class SimulationForm(forms.Form):
    """A run over the city's synthetic population, or over a Parquet file."""

    title = forms.CharField(
        label="이름", max_length=80, help_text="나중에 찾을 이름입니다. 예: 2025년 예산안, 치과 상한 500만 원"
    )
    year = forms.IntegerField(label="해", min_value=2020, max_value=2040)
    people = forms.ChoiceField(label="인구")
    file = forms.FileField(
        label="Parquet 파일", required=False,
        help_text="열의 이름은 규칙의 입력 이름이고, 가구 번호의 차례로 놓여야 합니다.",
    )  # fmt: skip
    against = forms.DateField(
        label="이날의 법과 견주기", required=False, widget=DAY,
        help_text="적으면 이날의 법을 한 해 내내 적용한 것을 ‘지금’으로 보고 견줍니다. 예: 2023-12-31",
    )  # fmt: skip
    benefits = forms.MultipleChoiceField(
        label="셈할 지원", error_messages={"required": "셈할 지원을 하나 이상 고르십시오."}
    )

    def __init__(self, book: Rulebook, given: Assumptions, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.whole = book, int(given["total"])
        sizes = [
            (100_000, "합성 인구 10만 명(표본)"),
            (1_000_000, "합성 인구 100만 명(표본)"),
            (self.whole, f"합성 인구 {self.whole:,}명(시 전체)"),
        ]
        self.fields["people"].choices = [*((str(n), text) for n, text in sizes), (FILE, "올린 파일")]  # type: ignore[attr-defined]
        self.fields["benefits"].choices = [(n, rule.korean) for n, rule in book.benefits.items()]  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year
        for name, rule in book.benefits.items():
            self._add(name, rule)

    def _add(self, name: str, rule: BenefitRule) -> None:
        for key in rule.about["parameters"]:
            parameter = rule.parameters[key]
            if isinstance(parameter.values[-1].value, tuple):
                continue
            self.fields[f"p_{name}.{key}"] = forms.IntegerField(
                label=f"{parameter.label} ({parameter.unit})", required=False, min_value=0, max_value=10**12,
                help_text=f"지금 {parameter.values[-1].value:,}",
            )  # fmt: skip
        common: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 10**14}
        self.fields[f"t_{name}.applied"] = forms.IntegerField(label="신청한 사람", **common)
        self.fields[f"t_{name}.entitled"] = forms.IntegerField(label="대상자", **common)
        self.fields[f"b_{name}"] = forms.IntegerField(label="예산(원)", **common)

    def sections(self) -> Iterator[Section]:
        """The benefits, each with its fields."""
        for name, rule in self.book.benefits.items():
            share = declared_take_up(rule)
            assumed = "모두 신청한다고 봅니다." if share.low == 1 else (
                f"적지 않으면 {share.estimate:.0%}({share.low:.0%}~{share.high:.0%})로 봅니다."
            )  # fmt: skip
            values = [self[field] for field in self.fields if field.startswith(f"p_{name}.")]
            yield Section(
                rule,
                values,
                self[f"t_{name}.applied"],
                self[f"t_{name}.entitled"],
                self[f"b_{name}"],
                assumed,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("people") == FILE and not data.get("file"):
            self.add_error("file", "Parquet 파일을 고르십시오.")
        for name in self.book.benefits:
            if (data.get(f"t_{name}.applied") is None) != (data.get(f"t_{name}.entitled") is None):
                self.add_error(f"t_{name}.applied", "신청한 사람과 대상자를 함께 적으십시오.")
        if not self.errors:
            self._try()
        return data

    def _try(self) -> None:
        request = self.request()
        try:
            before, _ = books(self.book, request)
            take_ups(before, request)
        except BadRequest as error:
            self.add_error("against" if "시행하지" in str(error) else None, str(error))

    def request(self) -> dict[str, Any]:
        """What is run, as `rules.runs` reads it."""
        data = self.cleaned_data
        chosen = data["benefits"]
        against: dt.date | None = data["against"]
        return {
            "year": data["year"], "benefits": chosen,
            "population": {} if data["people"] == FILE else {"people": int(data["people"]), "seed": SEED},
            "whole": None if data["people"] == FILE else self.whole,
            "against": against.isoformat() if against else None,
            "changes": {k[2:]: v for k, v in data.items() if k[:2] == "p_" and v is not None and _of(k) in chosen},
            "take_up": {
                name: [data[f"t_{name}.applied"], data[f"t_{name}.entitled"]]
                for name in chosen if data[f"t_{name}.applied"] is not None
            },
            "budget": {name: data[f"b_{name}"] for name in chosen if data[f"b_{name}"]},
        }  # fmt: skip


def _of(field: str) -> str:
    return field[2:].split(".", maxsplit=1)[0]
