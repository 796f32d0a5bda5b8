"""Pages of figures, each number a link to its cases, and the same as sheets."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from sijeong.cases.at_hand import at_hand
from sijeong.cases.models.types import InForce, in_force
from sijeong.org.access import units as units_of
from sijeong.org.address import Address, Misread
from sijeong.org.viewer import Request

from . import tables
from .access import names_of, sight
from .exports import write_csv, write_xlsx
from .figures import Figures
from .reading import ALL_TYPES
from .tables import Asked, Table
from .tasks import fold_if_many

ALL = "all"


def _asked(request: Request, types: tuple[InForce, ...]) -> tuple[Asked, list[Misread]]:
    """What the address asks for, and what of it nobody understands: that is as if not given."""
    told, viewer = Address(request.GET), request.viewer
    year: int | None = None
    if told.text("year") != ALL:
        year = told.year("year", "접수 연도") or viewer.day.year
    code = told.choice("type", "종류", {version.code for version in types}, ALL_TYPES)
    chosen = told.row("unit", "부서", units_of(viewer))
    return Asked(sight(viewer, chosen), viewer.day, year, code), told.misread


def _facts(
    request: Request, asked: Asked, types: tuple[InForce, ...], misread: list[Misread]
) -> dict[str, Any]:
    """What every page of the room shows."""
    keep = request.GET.copy()
    for name in ("as", "table"):
        keep.pop(name, None)
    return {
        "asked": asked, "types": types, "type": next((t for t in types if t.code == asked.type_code), None),
        "query": keep.urlencode(), "moment": timezone.now(), "misread": misread,
    }  # fmt: skip


@require_GET
def overview(request: Request) -> HttpResponse:
    """By month, type and year."""
    types = in_force(request.viewer.government_id, at_hand(request).types)
    asked, misread = _asked(request, types)
    shown = tables.overview(asked, {version.code: version.name for version in types})
    fold_if_many(asked.sight.government_id, shown.waiting)
    whole = shown.types.total.figures if shown.types.total else Figures()
    facts = _facts(request, asked, types, misread) | {"shown": shown, "whole": whole}
    if facts["type"]:
        case_type = facts["type"].case_type
        kinds = {kind.code: kind.name for kind in case_type.kinds}
        ends = {outcome.code: outcome.name for outcome in case_type.outcomes}
        facts["outcomes"] = tables.outcomes(asked, whole, kinds, ends) if ends else None
    return render(request, "statistics/overview.html", facts)


@require_GET
def units(request: Request) -> HttpResponse:
    """By division: compared where there are cases enough."""
    types = in_force(request.viewer.government_id, at_hand(request).types)
    asked, misread = _asked(request, types)
    table, sums = tables.by_unit(asked, names_of(asked.sight, asked.day))
    fold_if_many(asked.sight.government_id, sums.waiting)
    city = table.total.figures.rate if table.total else None
    facts = _facts(request, asked, types, misread) | {
        "table": table,
        "city": city,
        "drawn": _drawn(table, city),
    }
    return render(request, "statistics/units.html", facts)


def _drawn(table: Table, city: float | None) -> list[tuple[str, float, float, float, str]]:
    """The rates of compared divisions as the chart takes them."""
    tones = {"above": "good", "below": "bad"}
    rows = [(row.label, row.figures) for row in table.rows if row.figures.ranked]
    return [
        (label, found.percent, *found.band, tones.get(found.beside(city), "quiet"))
        for label, found in rows
        if found.percent is not None and found.band is not None
    ]


@require_GET
def download(request: Request) -> FileResponse:
    """All tables as XLSX, or the one named as CSV."""
    types = in_force(request.viewer.government_id, at_hand(request).types)
    asked, _ = _asked(request, types)
    shown = tables.overview(asked, {version.code: version.name for version in types})
    found: list[Table] = [*shown.tables, tables.by_unit(asked, names_of(asked.sight, asked.day))[0]]
    told = _told(asked, types)
    out = io.BytesIO()
    if request.GET.get("as") == "csv":
        table = next((one for one in found if one.code == request.GET.get("table", "months")), None)
        if table is None:
            raise Http404("table")
        write_csv(table, told, out)
        name = f"통계_{table.title}.csv"
    else:
        write_xlsx(found, told, out)
        name = "통계.xlsx"
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=name)


def _told(asked: Asked, types: tuple[InForce, ...]) -> str:
    moment = timezone.localtime()
    named = next((version.name for version in types if version.code == asked.type_code), "모든 종류")
    whose = (
        asked.sight.chosen.name
        if asked.sight.chosen
        else "전체"
        if asked.sight.units is None
        else "우리 부서"
    )
    year = f"{asked.year}년 접수" if asked.year else "모든 해 접수"
    return f"{moment:%Y-%m-%d %H:%M} 기준, {year}, {named}, {whose}"
