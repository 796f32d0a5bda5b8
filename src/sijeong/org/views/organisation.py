"""The organisation of a day, a unit, and the staffing table."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import access, actions
from ..chart import chart, heads_on, members_on
from ..forms import DutiesForm, OnDay, QuotaForm, UnitForm, carried_out, sent
from ..levels import CITY_SIDE, HEADS
from ..models import Absence, Category, Post, Unit
from ..permissions import administrators_only, may_administer
from ..staffing import Staffing, staffing_on
from ..story import story
from ..tree import node_of, path_to, tree_on
from ..viewer import Request

CATEGORIES = dict(Category.choices)


def _asked(form: OnDay) -> str:
    """What a link adds so that the next page shows the same day."""
    return f"?on={form.day}" if form.is_valid() and form.cleaned_data["on"] else ""


@require_GET
def organisation(request: Request) -> HttpResponse:
    """Every unit of the government on a day, a card a bureau."""
    form = OnDay(request.GET)
    government = request.viewer.government_id
    tops = tree_on(government, form.day)
    facts = {
        "form": form, "day": form.day, "asked": _asked(form), "chart": chart(tops, form.name),
        "heads": heads_on(government, form.day),
        "members": members_on(government, form.day), "staffing": staffing_on(tops, form.day),
        "administers": may_administer(request.viewer),
    }  # fmt: skip
    return render(request, "org/organisation.html", facts)


@require_GET
def unit(request: Request, pk: int) -> HttpResponse:
    """A unit on a day."""
    return _unit_page(request, access.unit(request.viewer, pk))


def _unit_page(
    request: Request, unit: Unit, quota_form: QuotaForm | None = None, duties_form: DutiesForm | None = None
) -> HttpResponse:
    """The page, with the form that came back with errors."""
    form = OnDay(request.GET)
    day = min(form.day, unit.valid_to) if unit.valid_to else form.day
    tops = tree_on(unit.government_id, day)
    node = node_of(tops, unit.pk)
    failed = bool(quota_form and quota_form.errors)
    facts = {
        "form": form, "day": day, "asked": _asked(form), "categories": CATEGORIES,
        "unit": unit, "node": node, "above": path_to(tops, unit.pk)[:-1],
        "staffing": staffing_on([node], day) if node else {}, "counts_staff": unit.level in CITY_SIDE,
        "posts": sorted(unit.posts.on(day).select_related("user"), key=_heads_first),
        "away": {gone.user_id: gone for gone in Absence.objects.on(day).select_related("deputy")},
        "predecessors": unit.predecessors.order_by("valid_to", "name"), "story": story(unit, but="quota_set"),
        "administers": may_administer(request.viewer), "failed": failed,
        "quota_form": quota_form or QuotaForm(initial={"on": request.viewer.day}),
        "duties_form": duties_form or DutiesForm(initial={"duties": unit.duties}),
    }  # fmt: skip
    return render(request, "org/unit.html", facts, status=422 if failed or duties_form else 200)


def _heads_first(post: Post) -> tuple[bool, str]:
    return post.role not in HEADS, post.user.name


@require_http_methods(["GET", "POST"])
@administrators_only
def unit_new(request: Request) -> HttpResponse:
    """Found a unit."""
    form = UnitForm(request.viewer, sent(request))
    government = request.viewer.user.government
    if request.method == "POST" and carried_out(
        form, actions.found_unit, government=government, by=request.viewer
    ):
        messages.success(request, f"{form.cleaned_data['name']} 부서를 신설했습니다.")
        return redirect("organisation")
    return render(request, "org/unit_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@administrators_only
def quota_set(request: Request, pk: int) -> HttpResponse:
    """Set the posts a unit may have from a day on."""
    unit = access.unit(request.viewer, pk)
    form = QuotaForm(request.POST)
    if carried_out(form, actions.set_quota, unit=unit, by=request.viewer):
        messages.success(request, f"{unit}의 정원을 바꾸었습니다.")
        return redirect("unit", pk)
    return _unit_page(request, unit, form)


@require_POST
@administrators_only
def duties_set(request: Request, pk: int) -> HttpResponse:
    """Write what a unit is for."""
    unit = access.unit(request.viewer, pk)
    form = DutiesForm(request.POST)
    if not carried_out(form, actions.set_duties, unit=unit, by=request.viewer):
        return _unit_page(request, unit, duties_form=form)
    messages.success(request, f"{unit}의 분장사무를 저장했습니다.")
    return redirect("unit", pk)


@require_GET
def staffing(request: Request) -> HttpResponse:
    """정원·현원표: the government by category, or a unit and those right below it by grade."""
    form = OnDay(request.GET)
    tops = [top for top in tree_on(request.viewer.government_id, form.day) if top.unit.level in CITY_SIDE]
    asked = request.GET.get("unit", "")
    unit = access.unit(request.viewer, int(asked[:19])) if asked.isdecimal() else None
    node = node_of(tops, unit.pk) if unit else None
    shown = [node] if node else tops
    counted = staffing_on(shown, form.day)
    total = sum((counted[top.unit.pk] for top in shown), Staffing())
    facts = {
        "form": form, "day": form.day, "unit": unit, "node": node, "tops": shown, "staffing": counted,
        "total": total, "categories": CATEGORIES,
    }  # fmt: skip
    return render(request, "org/staffing.html", facts)
