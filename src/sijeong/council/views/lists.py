"""Meetings: the list with its counts, the calendar, the sheet."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sijeong.cases.exports import SheetKind
from sijeong.org.viewer import Request

from .. import access, listing, sheets
from ..models import Meeting
from ..permissions import may_record


@require_GET
def meetings(request: Request) -> HttpResponse:
    """Meetings the viewer may see, filtered by the address, and how many of each kind a year."""
    filters = listing.Filters.of(request.GET, request.viewer)
    seen = access.meetings(request.viewer)
    rows, following = listing.page(filters.applied(seen), request.GET.get("after", ""))
    query = request.GET.copy()
    query.pop("after", None)
    facts = {
        "rows": rows, "next": following, "query": query.urlencode(), "filters": filters, "kinds": Meeting.Kind.choices,
        "years": listing.by_year(seen, request.viewer.day), "may_record": may_record(request.viewer),
        "unit": filters.unit,
    }  # fmt: skip
    return render(request, "council/meetings.html", facts)


@require_GET
def calendar(request: Request) -> HttpResponse:
    """A month of meetings."""
    shown = listing.month(request.viewer, request.GET)
    return render(
        request, "council/calendar.html", {"month": shown, "may_record": may_record(request.viewer)}
    )


@require_GET
def export(request: Request) -> FileResponse:
    """The meetings of the address's filters as XLSX, or as CSV."""
    kind = SheetKind.CSV if request.GET.get("as") == "csv" else SheetKind.XLSX
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    sheets.write(
        listing.Filters.of(request.GET, request.viewer).applied(access.meetings(request.viewer)), out, kind
    )
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"의회 간담·면담.{kind}")
