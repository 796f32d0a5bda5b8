"""The list of follow-ups: what was promised, by when, and what came of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sijeong.org import paging
from sijeong.org.viewer import Request

from ..promises import DUE, PAGE, STATES, PromiseFilters


@require_GET
def follow_ups(request: Request) -> HttpResponse:
    """Follow-ups of the cases the viewer may see, the soonest due first."""
    filters, after = PromiseFilters.of(request.GET, request.viewer), request.GET.get("after", "")
    found = filters.applied(request.viewer)
    rows, following = paging.page(found, "due_on", after, PAGE)
    query = request.GET.copy()
    query.pop("after", None)
    facts = {
        "filters": filters, "promises": rows, "next": following, "first": not after, "query": query.urlencode(),
        "states": STATES, "due_choices": DUE,
        # A number of planning's desk leads here, which must be the same.
        "counted": found.count() if filters.due else None,
        "unit": filters.unit,
    }  # fmt: skip
    inside = request.htmx.target == "rows"
    return render(request, "cases/follow_up_rows.html" if inside else "cases/follow_ups.html", facts)
