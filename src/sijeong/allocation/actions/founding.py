"""Definitions taken over, rounds begun, tables brought, applications filed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sijeong.audit.models import Actor
from sijeong.documents.actions import local_path, store
from sijeong.documents.models import File
from sijeong.org.models import Government, Unit
from sijeong.org.viewer import Viewer

from ..errors import AllocationError
from ..models import Application, Round, Scheme, Sheet
from ..permissions import may_found
from ..solving import intake
from ..solving.definition import Definition, load, parse
from ..tables import check_application, lacking, rows_of_file
from .acts import begin

SAMPLE = 6


@transaction.atomic
def adopt(*, government: Government, text: str, by: Actor | None, unit: Unit | None = None) -> Scheme:
    """The definition's text as the version in force; an unchanged text stays the version it was.

    Raises BadDefinition, AllocationError where another division's or the city's definition has that name.
    """
    definition = parse(text, "definition.yaml")
    government = Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    now = Scheme.objects.filter(government=government, code=definition.allocation, current=True).first()
    if now and now.text == text:
        return now
    if now and unit and now.unit_id != unit.pk:
        raise AllocationError(f"‘{definition.allocation}’은 이미 쓰는 이름입니다. 다른 이름을 적으십시오.")
    if now:
        now.current = False
        now.save(update_fields=["current"])
    scheme = Scheme.objects.create(
        government=government, code=definition.allocation, number=now.number + 1 if now else 1,
        title=definition.title, text=text, unit=unit, adopted_by_id=by.pk if by else None,
    )  # fmt: skip
    government.record("allocation_adopted", by=by, code=scheme.code, number=scheme.number)
    return scheme


@transaction.atomic
def adopt_folder(*, government: Government, folder: Path, by: Actor | None) -> list[Scheme]:
    """Every definition of a city folder in force, and those that are new versions now. Raises BadDefinition."""
    adopted = []
    for path in sorted((folder / "allocations").glob("*.yaml")):
        load(path)
        before = Scheme.objects.filter(government=government).count()
        scheme = adopt(government=government, text=path.read_text(encoding="utf-8"), by=by)
        if Scheme.objects.filter(government=government).count() > before:
            adopted.append(scheme)
    return adopted


@transaction.atomic
def found(
    *, scheme: Scheme, unit: Unit, title: str, valid_from: dt.date, valid_to: dt.date, by: Viewer,
    replaces: Round | None = None, daily: bool = False,
) -> Round:  # fmt: skip
    """Begin a round for a division the person works in. Over nights the definition's season are its days."""
    if not may_found(by) or unit.pk not in by.units or unit.government_id != scheme.government_id:
        raise PermissionDenied
    nights = scheme.definition.nights
    if nights:
        valid_from, valid_to = nights.first, nights.last
    if valid_to < valid_from:
        raise AllocationError("마지막 날이 첫날보다 앞섭니다.")
    made = Round.objects.create(
        government_id=scheme.government_id, scheme=scheme, unit=unit, title=title, valid_from=valid_from,
        valid_to=valid_to, salt=secrets.token_bytes(32), seed=secrets.token_bytes(32), replaces=replaces,
        daily=daily, created_by=by.user,
    )  # fmt: skip
    made.record("founded", by=by, title=title, scheme=f"{scheme.code}@{scheme.number}", unit=unit.name)
    return made


@transaction.atomic
def follow(
    *, found_: Round, title: str, valid_from: dt.date, valid_to: dt.date, daily: bool, by: Viewer
) -> Round:
    """A new round in place of a released one: the only way to undo a release, and how a day follows a day."""
    before = begin(found_, "follow", by)
    places = before.definition.places
    if daily and not (places and (places.stay or places.step_down)):
        raise AllocationError("나가는 날을 정한 정의(stay, step_down)에서만 날마다 이어 갈 수 있습니다.")
    if daily and valid_from <= before.valid_from:
        raise AllocationError(f"앞 배정의 첫날({before.valid_from}) 뒤의 날을 적으십시오.")
    return found(
        scheme=before.scheme, unit=before.unit, title=title, valid_from=valid_from, valid_to=valid_to, by=by,
        replaces=before, daily=daily,
    )  # fmt: skip


@transaction.atomic
def bring(
    *, found: Round, role: str, by: Viewer, stream: BinaryIO | None = None, name: str = "",
    rows: Sequence[Sequence[str]] | None = None, source: str = Sheet.Source.UPLOAD,
) -> Sheet:  # fmt: skip
    """Put a table in, from a file or as rows. Headings are checked now, every cell when it is solved.

    Raises FileRefused, intake.BadTable and AllocationError.
    """
    found = begin(found, "bring", by)
    if rows is not None:
        stream, name = as_csv(rows), f"{Sheet.Role(role).label}.csv"
    if stream is None:
        raise AllocationError("파일을 고르십시오.")
    file = store(stream=stream, name=name, government=found.government, by=by.user)
    sample = look(file, found.definition, role, daily=found.daily)
    sheet, _ = Sheet.objects.update_or_create(
        round=found, role=role,
        defaults={"file": file, "source": source, "rows": 0, "sample": sample, "brought_by": by.user},
    )  # fmt: skip
    found.record("bring", by=by, table=role, file=file.name, sha256=file.sha256, source=source)
    return sheet


def look(file: File, definition: Definition, role: str, *, daily: bool) -> list[list[str]]:
    """The headings and the first rows. Raises BadTable for a heading that is lacking, AllocationError."""
    if file.kind not in {"xlsx", "text", "text-cp949"}:
        raise AllocationError(f"{file.name}: 엑셀(.xlsx)이나 CSV 파일을 올리십시오.")
    sample = rows_of_file(local_path(file), file.kind, most=SAMPLE)
    if missing := lacking(definition, role, sample[0] if sample else []):
        noun = Sheet.Role(role).label
        raise intake.BadTable([intake.Fault(noun, 1, each, "이 제목의 열이 없습니다") for each in missing])
    return [[cell[:60] for cell in row[:30]] for row in sample]


def as_csv(rows: Sequence[Sequence[str]]) -> BinaryIO:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return io.BytesIO(text.getvalue().encode())


@transaction.atomic
def file_application(*, scheme: Scheme, values: Mapping[str, str], by: Viewer) -> Application:
    """File an application here: it goes into the next round that draws on the records.

    `values` by heading, without number and time, which are given. Raises BadTable with the fields at fault.
    """
    government = Government.objects.select_for_update(no_key=True).get(pk=scheme.government_id)
    serial = Application.objects.filter(government=government, scheme_code=scheme.code).count() + 1
    number = f"{scheme.code.upper()[:12]}-{serial:06d}"
    unit = Unit.objects.filter(pk__in=by.units).order_by("pk").first()
    told = check_application(scheme, values, number, timezone.now(), unit=unit)
    filed = Application.objects.create(
        government=government,
        scheme_code=scheme.code,
        number=number,
        values=told,
        unit=unit,
        filed_by=by.user,
    )
    government.record("allocation_applied", by=by, number=number)
    return filed
