"""A result as rows: what each applicant got with the facts of the reason, and how each resource is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Protocol

import orjson
from django.db import connection, transaction

from sijeong.documents.actions import keep

from .carrying import Brought, Outcome, Person
from .models import Decision, Place, Run
from .solving.definition import Definition
from .solving.result import Result

BATCH = 5_000


class Say(Protocol):
    def __call__(self, phase: str, done: int = 0, total: int = 0) -> None: ...


@dataclass(frozen=True)
class Told:
    """What the run keeps of the whole, and what the journal tells."""

    outcome: dict[str, Any]
    event: dict[str, Any]


def write(run: Run, brought: Brought, outcome: Outcome, say: Say) -> Told:
    """Write the rows, outside of any long transaction: until the run is finished nothing points at them."""
    result = outcome.result
    definition = run.round.definition
    solved = result.status != "infeasible"
    places = written_places(run, brought, definition, result) if solved else []
    tallies: Counter[tuple[str, bool]] = Counter()
    if solved:
        total = len(result.ids)
        rows = decision_rows(run, outcome.people, result=result, places=places, tallies=tallies)
        for start in range(0, total, BATCH):
            say("결정과 까닭을 적고 있습니다", start, total)
            insert(list(islice(rows, BATCH)))
    sha256 = ""
    if outcome.packed:
        say("누구나 다시 셈할 꾸러미를 두고 있습니다")
        name = f"{definition.allocation}-{run.round_id}.zip"
        run.bundle = keep(content=outcome.packed, name=name, kind="bundle", government=run.round.government)
        sha256 = run.bundle.sha256
    return told(result, tallies, sha256)


def written_places(run: Run, brought: Brought, definition: Definition, result: Result) -> list[Place]:
    """The resources as rows, in the order of the result."""
    columns, table = definition.resources.columns, brought.own.get("resources", [[]])
    area = {}
    if "place" in columns or "area" in columns:
        key, where = (
            list(table[0]).index(columns[role]) for role in ("id", "place" if "place" in columns else "area")
        )
        area = {row[key]: row[where] for row in table[1:]}
    return Place.objects.bulk_create(
        Place(
            run=run, key=use.id, name=use.name, area=area.get(use.id, area.get(use.id.rpartition(" ")[0], "")),
            capacity=use.capacity, used=use.used, worth=use.worth,
        )
        for use in result.resources
    )  # fmt: skip


def decision_rows(
    run: Run, people: Mapping[str, Person], *, result: Result, places: Sequence[Place],
    tallies: Counter[tuple[str, bool]],
) -> Iterator[list[Any]]:  # fmt: skip
    """One row an applicant as the table takes it, in the order of the own list; counts as it goes."""
    facts = list(zip(*(values.tolist() for values in result.facts.values()), strict=True)) or [()] * len(
        result.ids
    )
    got, codes = result.got.tolist(), result.code.tolist()
    for row in sorted(range(len(result.ids)), key=lambda row: people[result.ids[row]].number):
        person = people[result.ids[row]]
        said = person.said
        area = said.get("place", said.get("area", said.get("share", "")))
        served = got[row] >= 0
        tallies[area, served] += person.change != "left"
        yield [
            run.pk, person.number, person.public, said["class"], area, places[got[row]].pk if served else None, served,
            codes[row], orjson.dumps(facts[row]).decode(), orjson.dumps(said).decode(), person.change, person.why,
            person.since,
        ]  # fmt: skip


COLUMNS = (
    "run_id", "number", "public", "cls", "area", "place_id", "served", "code", "facts", "given", "change", "why",
    "since",
)  # fmt: skip


def insert(rows: Sequence[Sequence[Any]]) -> None:
    """Many rows in one statement prepared once: building Django's would cost more than the database.

    In one transaction, for else each row would be one.
    """
    values = ", ".join(["%s"] * len(COLUMNS))
    names = ", ".join(connection.ops.quote_name(column) for column in COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {Decision._meta.db_table} ({names}) VALUES ({values})", rows)  # noqa: S608


def told(result: Result, tallies: Counter[tuple[str, bool]], sha256: str) -> Told:
    """What the page shows without counting rows again, and the event."""
    by_area: dict[str, list[int]] = {}
    for (area, got), count in sorted(tallies.items()):
        by_area.setdefault(area, [0, 0])[0 if got else 1] += count
    served = sum(count for (_, got), count in tallies.items() if got)
    refused = sum(tallies.values()) - served
    outcome = {
        "structure": result.structure, "method": result.method, "why_method": result.why_method,
        "status": result.status, "aims": [asdict(aim) for aim in result.aims], "facts": list(result.facts),
        "labels": {name: list(values) for name, values in result.labels.items()},
        "conflict": list(result.conflict), "by_area": by_area, "served": served, "refused": refused,
    }  # fmt: skip
    aims = [[aim.name, aim.value, aim.bound] for aim in result.aims]
    event = {
        "method": result.method, "status": result.status, "aims": aims, "served": served, "refused": refused,
        "bundle": sha256,
    }  # fmt: skip
    return Told(outcome, event)
