"""The one door from a viewer and a number to a row; another government's row is not found."""

from __future__ import annotations

from typing import TypeVar

import structlog
from django.db.models import Model, QuerySet
from django.http import Http404

from .models import Absence, Post, Unit, User
from .viewer import Viewer

log = structlog.get_logger("sijeong.org.access")
Row = TypeVar("Row", bound=Model)


def _found(viewer: Viewer, rows: QuerySet[Row], pk: int) -> Row:
    row = rows.filter(pk=pk).first()
    if row is None:
        log.warning("denied", row=rows.model._meta.model_name, pk=pk, viewer=viewer.pk)
        raise Http404
    return row


def units(viewer: Viewer) -> QuerySet[Unit]:
    """The viewer's government's units, past ones too: the organisation is public."""
    return Unit.objects.filter(government=viewer.government_id)


def unit(viewer: Viewer, pk: int) -> Unit:
    return _found(viewer, units(viewer).select_related("successor", "committee"), pk)


def people(viewer: Viewer) -> QuerySet[User]:
    """The viewer's government's people."""
    return User.objects.filter(government=viewer.government_id)


def person(viewer: Viewer, pk: int) -> User:
    return _found(viewer, people(viewer), pk)


def post(viewer: Viewer, pk: int) -> Post:
    rows = Post.objects.filter(unit__government=viewer.government_id).select_related("user", "unit")
    return _found(viewer, rows, pk)


def absence(viewer: Viewer, pk: int) -> Absence:
    rows = Absence.objects.filter(user__government=viewer.government_id).select_related("user", "deputy")
    return _found(viewer, rows, pk)
