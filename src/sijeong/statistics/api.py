"""The figures for other systems: the tables of the page, as of now."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from sijeong.cases.models import CaseTypeVersion
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads
from sijeong.links.listing import Filtered, understood
from sijeong.links.scopes import Scope
from sijeong.links.shapes import line
from sijeong.org.access import units
from sijeong.org.address import Address

from . import tables
from .access import names_of, sight
from .figures import Figures
from .reading import ALL_TYPES
from .tables import Asked, Row, Table

router = Router(tags=["통계"])
COUNTS = ("received", "on_time", "late", "open", "told", "ended", "extended", "overdue")


class Line(Schema):
    """A line of figures; ``rate`` is the share of rated cases delivered in time, with its Wilson interval.

    ``median`` is of the calendar days to delivery. ``cases`` is the address of the cases behind ``received``, null for
    who sees sums alone; with ``fate`` or ``extended`` beside, of those behind each other number.
    """

    label: str
    received: int
    on_time: int
    late: int
    open: int
    told: int
    ended: int
    extended: int
    overdue: int
    rated: int
    rate: float | None
    interval: list[float] | None
    median: float | None
    cases: str | None


class TableShape(Schema):
    """``years``, ``months``, ``types`` or ``units``."""

    code: str
    title: str
    rows: list[Line]
    total: Line | None


class Tables(Schema):
    """``moment``: as of when."""

    moment: dt.datetime
    tables: list[TableShape]


class Wanted(Filtered):
    """The page's filters: year of receipt (none: all years), type, a unit with those under it."""

    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    type: line(40) = ""  # type: ignore[valid-type]
    unit: Annotated[int, Field(ge=1, lt=10**9)] | None = None


@reads(router, "/statistics", "통계", scope=Scope.STATISTICS_READ, gives=Tables)
def statistics(request: Asking, wanted: Query[Wanted]) -> HttpResponse:
    """By year, by month, by type, by lead division: what the asker sees on the pages, from the same sums."""
    viewer = request.viewer
    versions = CaseTypeVersion.objects.filter(government_id=viewer.government_id, current=True)
    names = dict(versions.order_by("code").values_list("code", "name"))
    told = Address(wanted.query())
    code = told.choice("type", "종류", names, ALL_TYPES)
    chosen = told.row("unit", "부서", units(viewer))
    understood(told.misread)
    asked = Asked(sight(viewer, chosen), viewer.day, wanted.year, code)
    found = [
        *tables.overview(asked, names).tables,
        tables.by_unit(asked, names_of(asked.sight, asked.day))[0],
    ]
    opens = asked.sight.opens
    return answer({"moment": timezone.now(), "tables": [_table(table, opens=opens) for table in found]})


def _table(table: Table, *, opens: bool) -> dict[str, Any]:
    return {
        "code": table.code, "title": table.title, "rows": [_line(row, opens=opens) for row in table.rows],
        "total": _line(table.total, opens=opens) if table.total else None,
    }  # fmt: skip


def _line(row: Row, *, opens: bool) -> dict[str, Any]:
    figures: Figures = row.figures
    return {name: getattr(figures, name) for name in COUNTS} | {
        "label": row.label, "rated": figures.rated, "rate": figures.rate, "interval": figures.interval,
        "median": figures.median, "cases": f"/api/v1/cases?{row.query}" if opens else None,
    }  # fmt: skip
