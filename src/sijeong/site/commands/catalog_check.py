"""``sijeong catalog check``: needs no database and no settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sijeong.allocation.solving import definition
from sijeong.benefits.rules import checker, rulebook
from sijeong.benefits.rules.marks import Problem
from sijeong.benefits.rules.rulebook import benefit_files
from sijeong.catalog import CatalogError, read_city
from sijeong.legaltime import Calendar, LegalTimeError
from sijeong.reports.writing.design import read_designs

Told = tuple[str, dict[str, Any]]


@click.command()
@click.argument("folder", metavar="도시폴더", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON으로 씁니다.")
def check(folder: Path, as_json: bool) -> None:
    """도시 폴더를 읽고, 잘못된 곳을 파일과 줄로 보입니다. 잘못이 있으면 1로 끝납니다."""
    faults: list[Told] = []
    name, types = "", 0
    try:
        city = read_city(folder)
        name, types = city.name, len(city.case_types)
    except CatalogError as error:
        faults += [(str(one), asdict(one)) for one in error.problems]
    faults += [*_calendar(folder), *_benefits(folder), *_designs(folder)]
    if as_json:
        click.echo(json.dumps({"problems": [fault for _, fault in faults]}, ensure_ascii=False, indent=1))
    elif faults:
        click.echo("\n".join(text for text, _ in faults), err=True)
    else:
        benefits = len(benefit_files(folder / "benefits"))
        click.echo(f"{name}: 사안 유형 {types}개, 지원 {benefits}개, 잘못이 없습니다.")
    raise SystemExit(1 if faults else 0)


def _calendar(folder: Path) -> list[Told]:
    try:
        if folder.is_dir():
            Calendar.from_folder(folder)
    except LegalTimeError as error:
        return [(str(error), {"file": "holidays.yaml", "what": str(error)})]
    return []


def _benefits(folder: Path) -> list[Told]:
    """What is wrong with the rules of who may receive what; a city need not have any."""
    if not (folder / "benefits").is_dir():
        return []
    found = checker.check(folder / "benefits")
    found = found or [*_places(folder)]
    return [(str(one), {"file": one.path, "line": one.line, "what": one.message}) for one in found]


def _places(folder: Path) -> Iterator[Problem]:
    """Benefits that leave their places to an allocation the city does not have, or whose classes differ."""
    for rule in rulebook.load(folder / "benefits").benefits.values():
        way, path = rule.places_by, rule.path.with_suffix(".yaml")
        if way is None:
            continue
        line, file = rule.about.line_of("places_by"), folder / "allocations" / f"{way.allocation}.yaml"
        if not file.exists():
            yield Problem(
                path, line, f"배정 ‘{way.allocation}’의 정의 allocations/{file.name}이(가) 없습니다"
            )
            continue
        known = [one.code for one in definition.load(file).classes]
        if list(way.classes) != known:
            yield Problem(path, line, f"순위가 {file.name}과(와) 다릅니다: {', '.join(known)}이어야 합니다")


def _designs(folder: Path) -> list[Told]:
    """What is wrong with the designs of reports."""
    try:
        read_designs(folder)
    except CatalogError as error:
        return [(str(one), asdict(one)) for one in error.problems]
    return []
