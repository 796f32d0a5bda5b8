"""Reorganisation: units are founded, renamed, merged or abolished; open cases pass to the heir."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sijeong.org import actions as org
from sijeong.org.errors import OrgError
from sijeong.org.forms import tell_refusal
from sijeong.org.models import Unit
from sijeong.org.viewer import Request, Viewer

from ..actions import hand_over
from ..forms.fields import DAY, UnitField
from ..korean import settled
from ..models import Case, FollowUp
from ..permissions import may_reorganise


class ReorganiseForm(forms.Form):
    """What ends, what it becomes, and from when."""

    ACTS = (("rename", "이름 변경"), ("merge", "통합"), ("abolish", "폐지하고 업무 이관"))

    act = forms.ChoiceField(label="개편 내용", choices=ACTS, widget=forms.RadioSelect)
    unit = UnitField(label="대상 부서")
    name = forms.CharField(
        label="새 이름", max_length=60, required=False, help_text="이름을 바꿀 때 적습니다."
    )
    heir = UnitField(label="이어받을 부서", required=False, help_text="통합하거나 폐지할 때 고릅니다.")
    on = forms.DateField(label="시행일", widget=DAY)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = ["bureau", "division", "team", "agency"]
        alive = Unit.objects.filter(government_id=viewer.government_id, valid_to=None, level__in=levels)
        units = list(alive.select_related("parent"))
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        self.fields["heir"].offer(units, empty="해당 없음")  # type: ignore[attr-defined]
        self.fields["on"].initial = viewer.day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("act") == "rename" and not data.get("name", "").strip():
            self.add_error("name", "새 이름을 적어야 합니다.")
        if data.get("act") in {"merge", "abolish"} and not data.get("heir"):
            self.add_error("heir", "이어받을 부서를 골라야 합니다.")
        return data

    def carry_out(self, by: Viewer) -> Unit:
        """Do it; raises OrgError. Cases move inside the same transaction."""
        data = self.cleaned_data
        unit, on = data["unit"], data["on"]

        def moved(ended: Unit, heir: Unit) -> None:
            hand_over(ended, heir)

        match data["act"]:
            case "rename":
                return org.rename_unit(unit=unit, name=data["name"], on=on, hand_over=moved, by=by)
            case "merge":
                return org.merge_units(units=[unit], into=data["heir"], on=on, hand_over=moved, by=by)
            case _:
                return org.abolish_unit(unit=unit, heir=data["heir"], on=on, hand_over=moved, by=by)


def _consequences(unit: Unit) -> dict[str, Any]:
    """What would move: shown before it is done."""
    moving = Case.objects.filter(parts__unit=unit, parts__active=True, open=True)
    return {
        "unit": unit,
        "count": moving.count(),
        "cases": list(moving.select_related("type").order_by("due_on", "pk")[:20]),
        "promises": FollowUp.objects.filter(unit=unit, state="open").count(),
        "people": unit.posts.filter(valid_to=None).count(),
        "children": list(unit.children.filter(valid_to=None)),
    }


@require_http_methods(["GET", "POST"])
def reorganise(request: Request) -> HttpResponse:
    """First what would move, then, confirmed, the reorganisation."""
    if not may_reorganise(request.viewer):
        raise PermissionDenied
    form = ReorganiseForm(request.viewer, request.POST or None)
    facts: dict[str, Any] = {"form": form, "preview": None}
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            try:
                heir = form.carry_out(request.viewer)
            except OrgError as error:
                tell_refusal(form, error)
            else:
                messages.success(
                    request,
                    settled(f"{form.cleaned_data['unit'].name}의 업무를 {heir.name}(으)로 넘겼습니다."),
                )
                return redirect("unit", heir.pk)
        else:
            facts["preview"] = _consequences(form.cleaned_data["unit"])
    return render(request, "cases/reorganise.html", facts, status=422 if form.errors else 200)
