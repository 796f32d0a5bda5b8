"""Every part of ui.html on two pages, and a menu with all its entries: what the shell's tests look at."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils import timezone

from sijeong.legaltime import Calendar, Length, count
from sijeong.site import jinja, urls

HERE = Path(__file__).parent
handler404, handler500 = urls.handler404, urls.handler500
TITLES = (
    "2027년 예산안 편성 기준",
    "한강공원 야간 조명 교체 현황",
    "공공도서관 휴관일 조정 검토 자료",
    "청년 주거 지원 실적",
)
TERM = count(rule="civil", start=dt.date(2024, 9, 12), length=Length(10, "days"), calendar=Calendar.korea())
STATES = (
    ("접수", "neutral"),
    ("처리 중", "info"),
    ("결재 중", "warning"),
    ("전달", "success"),
    ("기한 지남", "danger"),
)


class Answer(forms.Form):
    """One field of each kind."""

    subject = forms.CharField(label="제목", max_length=100)
    kind = forms.ChoiceField(
        label="종류", choices=[("data", "의원요구자료"), ("audit", "행정사무감사 처리요구사항")]
    )
    body = forms.CharField(
        label="내용", max_length=4000, widget=forms.Textarea, help_text="개조식으로 짧게 적습니다."
    )
    due = forms.DateField(label="기한", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    channel = forms.ChoiceField(
        label="전달 방법",
        choices=[("mail", "전자우편"), ("hand", "직접")],
        widget=forms.RadioSelect,
        initial="mail",
    )
    units = forms.MultipleChoiceField(
        label="협조부서",
        choices=[("1", "총무과"), ("2", "인사과")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    public = forms.BooleanField(label="전달한 뒤 공개합니다", required=False)
    file = forms.FileField(label="붙임 파일", required=False)


def rows(many: int) -> list[dict[str, object]]:
    today = timezone.localdate()
    return [
        {
            "number": f"자료요구-2026-{n:05}", "title": f"{TITLES[n % 4]} {n}", "unit": ("총무과", "복지정책과")[n % 2],
            "member": "서의원", "due": today + dt.timedelta(days=n - 3), "state": STATES[n % 5], "amount": 1_234 * n,
        }
        for n in range(1, many + 1)
    ]  # fmt: skip


def page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    template = engines["jinja2"].from_string((HERE / f"{name}.html").read_text("utf-8"))
    return HttpResponse(template.render({"my_work": 7, **context}, request))


def listing(request: HttpRequest) -> HttpResponse:
    return page(request, "listing", rows=rows(40))


def parts(request: HttpRequest) -> HttpResponse:
    form = Answer(request.POST or None, request.FILES or None)
    if form.is_valid():
        messages.success(request, "답변을 저장했습니다.")
        return redirect("my_work")
    return page(request, "parts", form=form, rows=rows(5), term=TERM)


urlpatterns = [
    path("", listing, name="my_work"),
    path("parts/", parts, name="cases"),
    path("search/", listing, name="search"),
    path("tokens/", listing, name="tokens"),
    *(path(f"menu/{entry.route}/", listing, name=entry.route) for entry in jinja.MENU[2:]),
    *(pattern for pattern in urls.urlpatterns if str(pattern.pattern).split("/")[0] in {"account", "health"}),
]
