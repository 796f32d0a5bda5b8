"""The tables of a round: read from files, or drawn from what is recorded here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from sijeong.documents.actions import local_path
from sijeong.org.models import Government, Unit

from .divisions import Classes
from .models import Application, Round, Scheme, Sheet
from .solving import engine, intake
from .solving.definition import Definition
from .solving.districts import Districts

Rows = list[list[str]]
FIXED = {
    "scores": ("팀번호", "지역", "점수"),
    "mentors": ("멘토번호", "권역", "분야"),
    "departures": ("접수번호",),
}


def folder_of(government: Government) -> Path:
    """The city folder of a government."""
    return Path(settings.CITIES) / government.city


def city_folder(found: Round) -> Path:
    return folder_of(found.government)


def districts_of(found: Round) -> Districts:
    """The districts that the definition measures distance by. Raises BadDefinition."""
    return engine.districts_of(found.definition, city_folder(found))


def roles(found: Round) -> dict[str, tuple[str, bool]]:
    """The tables of a round: what each is called, and whether it must be there."""
    definition = found.definition
    wanted = {"applicants": (f"{definition.applicants.noun} 표", True)}
    if definition.structure != "nights":
        wanted["resources"] = (f"{definition.resources.noun} 표", True)
    if definition.choices:
        wanted["scores"] = ("점수 표", False)
        if definition.choices.mentors:
            wanted["mentors"] = ("멘토 표", False)
    if found.daily:
        wanted = {"applicants": (f"새로 온 {definition.applicants.noun}", True)} | {
            "resources": (f"오늘의 {definition.resources.noun} 표", True),
            "departures": (f"먼저 나간 {definition.applicants.noun}", False),
        }
    return wanted


def headings(definition: Definition, role: str) -> list[str]:
    """The headings of a table, as the definition names them."""
    if role in FIXED:
        return list(FIXED[role])
    return list((definition.applicants if role == "applicants" else definition.resources).columns.values())


def headings_of(definition: Definition) -> list[str]:
    return headings(definition, "applicants")


def lacking(definition: Definition, role: str, found: list[str]) -> list[str]:
    return [heading for heading in headings(definition, role) if heading not in found]


def rows_of_file(path: Path, kind: str, most: int | None = None) -> Rows:
    return intake.read(path, sheet=kind == "xlsx", most=most)


def read(found: Round) -> dict[str, Rows]:
    """Every table of the round."""
    sheets = Sheet.objects.filter(round=found).select_related("file")
    return {sheet.role: rows_of_file(local_path(sheet.file), sheet.file.kind) for sheet in sheets}


def from_applications(found: Round) -> Rows:
    """The applications filed here that no released round has taken yet."""
    scheme, definition = found.scheme, found.definition
    filed = Application.objects.filter(
        government_id=found.government_id, scheme_code=scheme.code, round=None
    ).order_by("pk")
    told = headings_of(definition)
    filed = filed.select_related("unit")
    rows = [[each.values.get(heading, "") for heading in told] for each in filed]
    if definition.by_division:
        classes, at = (
            Classes(definition, found.government),
            told.index(definition.applicants.columns["class"]),
        )
        for row, each in zip(rows, filed, strict=True):
            row[at] = classes.of(each.unit)
    return [told, *rows]


def from_units(found: Round, role: str) -> Rows:
    """Divisions of the organisation as rows: code, name, and a capacity of one where one is asked for."""
    definition = found.definition
    columns = definition.applicants.columns if role == "applicants" else definition.resources.columns
    units = Unit.objects.filter(
        government_id=found.government_id, valid_to=None, level__in=["division", "agency"]
    ).order_by("code")
    classes = Classes(definition, found.government)
    told = {"capacity": "1", "received": "1"}
    rows = [list(columns.values())]
    for unit in units:
        own = {"id": unit.code, "name": unit.name, "class": classes.of(unit)}
        rows.append([own.get(key, told.get(key, "")) for key in columns])
    return rows


def check_application(
    scheme: Scheme, values: Mapping[str, str], number: str, at: dt.datetime, *, unit: Unit | None
) -> dict[str, str]:
    """One application as a row of the definition's table. Raises BadTable with every field at fault."""
    columns = scheme.definition.applicants.columns
    given = {
        columns["id"]: number,
        columns["received"]: timezone.localtime(at).replace(tzinfo=None).isoformat(),
    }
    if scheme.definition.by_division:
        given[columns["class"]] = Classes(scheme.definition, scheme.government).of(unit)
    told = {heading: given.get(heading, values.get(heading, "").strip()) for heading in columns.values()}
    districts = engine.districts_of(scheme.definition, folder_of(scheme.government))
    engine.check_applicants(scheme.definition, [list(told), list(told.values())], districts)
    return told
