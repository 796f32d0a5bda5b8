"""`sijeong allocate day`: the plan of a day from the book of the day before, without a database."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from sijeong.allocation.solving import engine, intake
from sijeong.allocation.solving.daily import Known, Planned, plan_day
from sijeong.allocation.solving.definition import BadDefinition, Definition, load

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DIR = click.Path(file_okay=False, path_type=Path)
PLACE, SINCE, CHANGE, WHY = "배정", "부터", "변경", "까닭"


@click.command()
@click.argument("definition", type=FILE)
@click.option("--book", type=FILE, help="어제의 명단(book.csv). 없으면 첫날로 봅니다.")
@click.option("--applicants", type=FILE, required=True, help="새로 온 사람의 표(XLSX, CSV)")
@click.option("--resources", type=FILE, required=True, help="오늘의 자원 표(XLSX, CSV)")
@click.option("--departures", type=FILE, help="먼저 나간 사람의 번호(한 열)")
@click.option("--day", "on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="오늘(2022-03-24)")
@click.option("--city", type=DIR, default=Path("cities/seoul"))
@click.option("--out", type=DIR, required=True, help="오늘의 명단과 바뀐 것을 둘 폴더")
def day(
    *, definition: Path, book: Path | None, applicants: Path, resources: Path, departures: Path | None,
    on: dt.datetime, city: Path, out: Path,
) -> None:  # fmt: skip
    """있던 사람은 그대로 두고 드나든 사람만 배정하여, 오늘의 명단(book.csv)과 바뀐 것(changes.csv)을 쓴다."""
    try:
        found = load(definition)
        tables = {"applicants": intake.read(applicants), "resources": intake.read(resources)}
        if departures:
            tables["departures"] = intake.read(departures)
        before = read_book(found, intake.read(book)) if book else []
        planned = plan_day(found, engine.districts_of(found, city), before, tables, day=on.date().toordinal())
    except (intake.BadTable, BadDefinition, ValueError) as bad:
        raise click.ClickException(str(bad)) from None
    out.mkdir(parents=True, exist_ok=True)
    write(found, planned, out)
    for aim in planned.result.aims:
        click.echo(f"{aim.words}: {aim.value:,}")


def read_book(definition: Definition, rows: Sequence[Sequence[str]]) -> list[Known]:
    """The people of yesterday's list. Raises BadTable and ValueError."""
    columns = definition.applicants.columns
    wanted = {role: intake.Column(heading, str) for role, heading in columns.items()}
    wanted |= {name: intake.Column(name, str) for name in (PLACE, SINCE)}
    found = intake.columns("명단", rows, wanted)
    known = []
    for row in zip(*(found[name] for name in wanted), strict=True):
        said = dict(zip(wanted, row, strict=True))
        place, since = said.pop(PLACE), said.pop(SINCE)
        known.append(
            Known(said.pop("id"), said, place, dt.date.fromisoformat(since).toordinal() if place else 0)
        )
    return known


def write(definition: Definition, planned: Planned, out: Path) -> None:
    """Both files, in the order of the numbers."""
    columns = definition.applicants.columns
    result = planned.result
    with (
        (out / "book.csv").open("w", encoding="utf-8-sig", newline="") as book,
        (out / "changes.csv").open("w", encoding="utf-8-sig", newline="") as changes,
    ):
        listed, changed = csv.writer(book), csv.writer(changes)
        listed.writerow([*columns.values(), PLACE, SINCE])
        changed.writerow([columns["id"], CHANGE, PLACE, WHY])
        for number, got in sorted(zip(result.ids, result.got.tolist(), strict=True)):
            fate, place = planned.fates[number], result.resources[got].id if got >= 0 else ""
            told = {"id": number, **planned.said[number]}
            since = dt.date.fromordinal(fate.since).isoformat() if place else ""
            if fate.kind != "left":
                listed.writerow([*(told.get(role, "") for role in columns), place, since])
            if fate.kind:
                changed.writerow([number, fate.kind, place, fate.why])
