"""The term calculator: a page and an address for programs, both showing what ``sijeong due`` prints."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sijeong.cases.terms import calendar
from sijeong.catalog.vocabulary import Rule as RuleWord
from sijeong.catalog.vocabulary import Unit as UnitWord
from sijeong.legaltime import KST, LegalTimeError, Length, Term, Unit, count
from sijeong.org.viewer import Request

READABLE = {"ensure_ascii": False}
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


@require_GET
def api(request: Request) -> JsonResponse:
    """The same as JSON: ``?start=2024-09-12&length=10&unit=days&rule=civil``; 422 names what is wrong."""
    form = DueForm(request.GET)
    if form.is_valid():
        try:
            return JsonResponse(form.term(request).as_json(), json_dumps_params=READABLE)
        except LegalTimeError as error:
            form.add_error(None, str(error))
    problem = {"title": "기간을 셀 수 없습니다", "status": 422, "errors": form.errors}
    return JsonResponse(
        problem, status=422, content_type="application/problem+json", json_dumps_params=READABLE
    )
