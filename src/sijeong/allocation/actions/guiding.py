"""A definition from two spreadsheets and some answers: made, checked against every row, and begun as a round."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sijeong.documents.actions import local_path, store
from sijeong.documents.models import File
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from ..errors import AllocationError
from ..models import Round, Sketch
from ..permissions import may_found
from ..solving import engine
from ..solving.definition import parse
from ..tables import Rows, folder_of, rows_of_file
from .founding import adopt, bring, found


@transaction.atomic
def sketch(
    *,
    unit: Unit,
    structure: str,
    applicants: tuple[BinaryIO, str],
    resources: tuple[BinaryIO, str],
    by: Viewer,
) -> Sketch:
    """Take both spreadsheets in. Raises FileRefused, AllocationError and BadTable."""
    if not may_found(by) or unit.pk not in by.units:
        raise PermissionDenied
    files = []
    for stream, name in (applicants, resources):
        file = store(stream=stream, name=name, government=unit.government, by=by.user)
        if len(rows(file, most=2)) < 2:
            raise AllocationError(f"{file.name}: 제목 행과 그 아래에 한 행 이상이 있어야 합니다.")
        files.append(file)
    return Sketch.objects.create(
        government=unit.government, unit=unit, structure=structure, applicants=files[0], resources=files[1],
        made_by=by.user,
    )  # fmt: skip


def rows(file: File, most: int | None = None) -> Rows:
    """Rows of a spreadsheet. Raises AllocationError where it is none."""
    if file.kind not in {"xlsx", "text", "text-cp949"}:
        raise AllocationError(f"{file.name}: 엑셀(.xlsx)이나 CSV 파일을 올리십시오.")
    return rows_of_file(local_path(file), file.kind, most)


@transaction.atomic
def make(*, made: Sketch, text: str, valid_from: dt.date, valid_to: dt.date, by: Viewer) -> Round:
    """The definition in force, and a first round of it with both tables in.

    Raises BadDefinition, AllocationError, and BadTable with every row at fault; then nothing is made.
    """
    definition = parse(text, "definition.yaml")
    tables = {"applicants": rows(made.applicants), "resources": rows(made.resources)}
    districts = engine.districts_of(definition, folder_of(made.government))
    engine.check(definition, tables, districts, b"?" if definition.tie == "lottery" else None)
    scheme = adopt(government=made.government, text=text, by=by, unit=made.unit)
    round_ = found(
        scheme=scheme, unit=made.unit, title=definition.title, valid_from=valid_from, valid_to=valid_to, by=by
    )
    for role, told in tables.items():
        if role == "applicants" or definition.structure != "nights":
            bring(found=round_, role=role, rows=told, by=by)
    return round_
