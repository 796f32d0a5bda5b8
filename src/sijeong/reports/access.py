"""The one door to programmes, reports and documents that were read; and who may write them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import resolve

from sijeong.cases.access import follow_ups
from sijeong.cases.models import Case, FollowUp
from sijeong.documents.models import File
from sijeong.figures.access import books
from sijeong.org.models import Role, Unit
from sijeong.org.viewer import Viewer

from .models import Paper, PaperQuerySet, Programme, WorkReport
from .writing.model import Source

log = structlog.get_logger("sijeong.reports.access")
_WRITERS = (Role.PLANNING_OFFICER, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.BUREAU_HEAD)
_COUNCIL = {Role.COUNCIL_MEMBER, Role.AIDE}
LEVELS = (Unit.Level.BUREAU, Unit.Level.DIVISION)


def _deny(viewer: Viewer, what: str) -> Http404:
    log.warning("denied", row=what, viewer=viewer.pk)
    return Http404(what)


def is_staff(viewer: Viewer) -> bool:
    """Whether they work for the city: what is being written is not the council's yet."""
    return bool(viewer.roles - _COUNCIL)


def writes_any(viewer: Viewer) -> bool:
    """Whether they write programmes and reports at all."""
    return viewer.has(*_WRITERS)


def writes(viewer: Viewer, unit: Unit) -> bool:
    """Planning writes for every unit, others for their own and, as heads, for those below."""
    if unit.government_id != viewer.government_id:
        return False
    return viewer.has(Role.PLANNING_OFFICER) or (writes_any(viewer) and unit.pk in viewer.units)


def signs(viewer: Viewer, report: WorkReport) -> bool:
    """The head of the unit, or who decides in the head's place."""
    return report.unit_id in viewer.headed or report.unit_id in viewer.deputised


def written_units(viewer: Viewer) -> QuerySet[Unit]:
    """The living bureaus and divisions that the viewer writes for."""
    units = Unit.objects.filter(government_id=viewer.government_id, valid_to=None, level__in=LEVELS)
    if not writes_any(viewer):
        return units.none()
    return (units if viewer.has(Role.PLANNING_OFFICER) else units.filter(pk__in=viewer.units)).order_by(
        "path"
    )


def programmes(viewer: Viewer) -> QuerySet[Programme]:
    """The government's programmes, for who works for it."""
    own = Programme.objects.filter(government_id=viewer.government_id).select_related("unit")
    return own if is_staff(viewer) else own.none()


def programme(viewer: Viewer, pk: int) -> Programme:
    """Raises Http404."""
    found = programmes(viewer).filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "programme")
    return found


def reports(viewer: Viewer) -> QuerySet[WorkReport]:
    """Released reports are for everyone signed in; what is being written, for who writes and who oversees."""
    own = WorkReport.objects.filter(government_id=viewer.government_id).select_related("unit", "signer")
    if viewer.sees_government:
        return own
    return own.filter(
        Q(state=WorkReport.State.RELEASED) | Q(unit_id__in=viewer.units if is_staff(viewer) else ())
    )


def report(viewer: Viewer, pk: int) -> WorkReport:
    """Raises Http404."""
    found = reports(viewer).select_related("government", "made_by").filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "report")
    return found


def opened(viewer: Viewer, sources: Mapping[str, Source]) -> dict[str, Source]:
    """The sources of a report, those without their address whose page the viewer may not open."""
    pages = {key: _page_of(source.address) for key, source in sources.items() if source.address}
    rows: dict[str, QuerySet[Any]] = {
        "case": Case.objects.visible_to(viewer), "budget_book": books(viewer), "programme": programmes(viewer),
    }  # fmt: skip
    open_ = {(name, row) for name, row in pages.values() if name not in rows}
    for name, field in (("case", "number"), ("budget_book", "pk"), ("programme", "pk")):
        asked = {row for told, row in pages.values() if told == name}
        if asked:
            seen = rows[name].filter(**{f"{field}__in": asked}).values_list(field, flat=True)
            open_ |= {(name, row) for row in seen}
    return {
        key: source if pages.get(key) in open_ else replace(source, address="")
        for key, source in sources.items()
    }


def _page_of(address: str) -> tuple[str, Any]:
    """The page that an address names, and of which row."""
    match = resolve(unquote(urlsplit(address).path))
    return match.url_name or "", next(iter(match.kwargs.values()), None)


def counted(viewer: Viewer, key: str, rows: Collection[int]) -> QuerySet[Case] | QuerySet[FollowUp]:
    """Those of the counted rows that the viewer may see."""
    if key.startswith("promises:"):
        return follow_ups(viewer).filter(pk__in=rows).select_related("case", "unit").order_by("due_on", "pk")
    cases = Case.objects.visible_to(viewer).filter(pk__in=rows)
    return cases.select_related("type", "lead").order_by("received_at", "pk")


def edition(viewer: Viewer, pk: int, format_: str) -> File:
    """A released report's file. Raises Http404."""
    found = report(viewer, pk).editions.select_related("file").filter(format=format_).first()
    if found is None:
        raise _deny(viewer, "edition")
    return found.file


def papers(viewer: Viewer) -> PaperQuerySet:
    """Documents the viewer gave, or all of the government for who oversees it."""
    return Paper.objects.visible_to(viewer).select_related("file", "given_by")


def paper(viewer: Viewer, pk: int) -> Paper:
    """Raises Http404."""
    found = papers(viewer).select_related("government").filter(pk=pk).first()
    if found is None:
        raise _deny(viewer, "paper")
    return found
