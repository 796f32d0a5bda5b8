"""The term calculator: a page and an address for programs, both showing what ``sijeong due`` prints."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, StringConstraints

from sijeong.cases.terms import calendar
from sijeong.catalog.vocabulary import Rule as RuleWord
from sijeong.catalog.vocabulary import Unit as UnitWord
from sijeong.legaltime import KST, LegalTimeError, Length, Term, Unit, count
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads
from sijeong.links.problems import Kind, Problem
from sijeong.links.shapes import Day
from sijeong.org.viewer import Request

RULES = [(rule.value, rule.label) for rule in RuleWord]
UNITS = [(unit.value, unit.label) for unit in UnitWord]


class DueForm(forms.Form):
    """What a term is counted from. The counting itself judges the numbers."""

    start = forms.DateField(
        label="시작한 날", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label="시작한 시각", required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        help_text="시간으로 세는 기간에 적습니다. 00:00이면 첫날도 셉니다.",
    )  # fmt: skip
    length = forms.IntegerField(label="길이", initial=10)
    unit = forms.ChoiceField(label="단위", choices=UNITS, initial="days")
    rule = forms.ChoiceField(label="세는 규칙", choices=RULES, initial="civil")

    def term(self, request: Request) -> Term:
        """Raises LegalTimeError for what the law cannot count."""
        data = self.cleaned_data
        at = data["at"]
        start = dt.datetime.combine(data["start"], at, KST) if at else data["start"]
        return count(
            rule=data["rule"], start=start, length=Length(data["length"], Unit(data["unit"])),
            calendar=calendar(request.viewer.user.government),
        )  # fmt: skip


@require_GET
def page(request: Request) -> HttpResponse:
    """The calculator."""
    form = DueForm(request.GET or None)
    facts: dict[str, Any] = {"form": form, "term": None}
    if request.GET and form.is_valid():
        try:
            facts["term"] = form.term(request)
        except LegalTimeError as error:
            form.add_error(None, str(error))
    return render(request, "due.html", facts, status=422 if form.errors else 200)


router = Router(tags=["기한"])


class DueAsked(Schema):
    """What a term is counted from."""

    start: Day
    at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = Field(
        None, description="시간으로 세는 기간이 시작한 때"
    )
    length: int = Field(ge=1, le=100_000)
    unit: Literal["hours", "days", "weeks", "months", "years"]
    rule: Literal["civil", "petition", "disclosure", "burden"]


class Counted(Schema):
    """A term with its steps, as a case keeps it."""

    model_config = ConfigDict(extra="allow")


@reads(router, "/due", "기한 계산", scope=None, gives=Counted)
def due(request: Asking, asked: Query[DueAsked]) -> HttpResponse:
    """The same as the page and the command: ``?start=2024-09-12&length=10&unit=days&rule=civil``."""
    form = DueForm({key: value for key, value in asked.dict().items() if value is not None})
    if form.is_valid():
        try:
            return answer(form.term(request).as_json())
        except LegalTimeError as error:
            form.add_error(None, str(error))
    wrong = [
        {"where": "query" if name == "__all__" else f"query.{name}", "message": " ".join(map(str, errors))}
        for name, errors in form.errors.items()
    ]
    raise Problem(Kind.INVALID, errors=wrong)
