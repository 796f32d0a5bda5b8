"""A day's plan from tables: who is where since when, who came, who left early, and what each place holds today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from . import intake, words
from .definition import Definition
from .districts import Districts
from .online import Book, Day, advance
from .result import Aim, Result, Use
from .transport import People, Sites
from .transport_case import read_people, read_sites, rules, turn

Rows = Sequence[Sequence[str]]
STAYS = "있던 곳에 그대로 있습니다."


@dataclass(frozen=True)
class Known:
    """Somebody of the day before: what their application said by role, their place (empty: waiting) and since when."""

    number: str
    said: Mapping[str, str]
    place: str
    since: int


@dataclass(frozen=True)
class Fate:
    """What the day does to one person: `kind` as in ``online.Change`` (empty: nothing), in words, and since when."""

    kind: str
    why: str
    since: int


@dataclass(frozen=True)
class Planned:
    """The day as a result over everyone known; `said` and `fates` by number."""

    result: Result
    said: dict[str, Mapping[str, str]]
    fates: dict[str, Fate]


def plan_day(
    definition: Definition,
    districts: Districts,
    before: Sequence[Known],
    tables: Mapping[str, Rows],
    *,
    day: int,
) -> Planned:
    """Plan the day (an ordinal). Raises BadTable, and ValueError where a lottery decides.

    `tables`: those who come (applicants), today's resources, and departures (one column of numbers), if any.
    """
    if definition.tie != "received":
        raise ValueError("날마다 이어 가는 배정은 접수 순이어야 합니다.")
    sites, names = read_sites(definition, districts, tables["resources"])
    placed, waiting = [k for k in before if k.place], [k for k in before if not k.place]
    check(definition, placed, sites, tables)
    book = Book(settled(definition, districts, placed, sites), np.array([k.since for k in placed], np.int64))
    coming = as_rows(definition, waiting)
    arrivals = read_people(definition, districts, [*coming, *tables["applicants"][1:]], None)
    early = frozenset(row[0] for row in tables.get("departures", ())[1:])
    found = advance(
        book, arrivals, sites, rules(definition, districts), turn(definition), day=day, early=early
    )
    said = {each.number: each.said for each in before}
    said |= said_by(definition, tables["applicants"])
    return told(definition, found, sites=sites, names=names, said=said)


def said_by(definition: Definition, rows: Rows) -> dict[str, dict[str, str]]:
    head = list(rows[0])
    at = {role: head.index(heading) for role, heading in definition.applicants.columns.items()}
    return {row[at["id"]]: {role: row[k] for role, k in at.items() if role != "id"} for row in rows[1:]}


def as_rows(definition: Definition, known: Sequence[Known]) -> list[list[str]]:
    """People known as a table under the definition's headings, in the order of receipt as it was."""
    columns = definition.applicants.columns
    body = [[each.number if role == "id" else each.said.get(role, "") for role in columns] for each in known]
    return [list(columns.values()), *body]


def settled(definition: Definition, districts: Districts, placed: Sequence[Known], sites: Sites) -> People:
    at = {ident: k for k, ident in enumerate(sites.ids)}
    people = read_people(definition, districts, as_rows(definition, placed), None)
    return replace(people, now=np.array([at[each.place] for each in placed], np.int64))


def check(definition: Definition, placed: Sequence[Known], sites: Sites, tables: Mapping[str, Rows]) -> None:
    """A place that people are in must be in today's table, and nobody comes who is there. Raises BadTable."""
    gone = sorted({each.place for each in placed} - set(sites.ids))
    noun, head = definition.resources.noun, definition.resources.columns["id"]
    faults = [
        intake.Fault(noun, 1, head, f"{name}: 있던 사람이 있는 곳입니다. 닫았으면 정원을 0으로 적습니다")
        for name in gone
    ]
    here, table = {each.number for each in placed}, definition.applicants
    rows = tables["applicants"]
    missing = [heading for heading in table.columns.values() if heading not in rows[0]]
    faults += [intake.Fault(table.noun, 1, heading, "이 제목의 열이 없습니다") for heading in missing]
    if not missing:
        at = list(rows[0]).index(table.columns["id"])
        faults += [
            intake.Fault(
                table.noun,
                intake.line_of(rows, row),
                table.columns["id"],
                f"{cells[at]}은(는) 이미 배정되어 있습니다",
            )
            for row, cells in enumerate(rows)
            if row and at < len(cells) and cells[at] in here
        ]
    if faults:
        raise intake.BadTable(faults)


def told(
    definition: Definition,
    found: Day,
    *,
    sites: Sites,
    names: Sequence[str],
    said: dict[str, Mapping[str, str]],
) -> Planned:
    """The day in the shape of every other result."""
    left = [change for change in found.changes if change.kind == "left"]
    people = found.book.people
    now = people.now if people.now is not None else np.zeros(0, np.int64)
    ids = (*people.ids, *found.waiting.ids, *(change.id for change in left))
    got = np.concatenate([now, np.full(len(ids) - len(people), -1, np.int64)])
    fates = {
        ident: Fate("", STAYS, int(day)) for ident, day in zip(people.ids, found.book.since, strict=True)
    }
    for change in found.changes:
        since = fates[change.id].since if change.id in fates else 0
        why = f"{change.why} {sites_words(change.origin, change.site, names)}".strip()
        fates[change.id] = Fate(change.kind, why, since)
    used = np.bincount(now, minlength=len(sites)).tolist()
    uses = zip(sites.ids, names, sites.capacity.tolist(), used, strict=True)
    count = {kind: sum(change.kind == kind for change in found.changes) for kind in KINDS}
    aims = [Aim(kind, name, count[kind], count[kind]) for kind, name in KINDS.items()]
    aims += [Aim(name, words.AIMS[name], value, value) for name, value in found.plan.aims.items()]
    method, why_method = words.METHODS["places"]
    return Planned(
        Result(
            definition.allocation, definition.title, "day", method, why_method, "optimal", tuple(aims), ids, got,
            np.zeros(len(ids), np.int64),
            resources=tuple(Use(ident, name, room, use, "") for ident, name, room, use in uses),
        ),
        {ident: said[ident] for ident in ids},
        fates,
    )  # fmt: skip


KINDS = {"placed": "새로 배정", "moved": "옮김", "left": "나감", "waits": "기다림"}


def sites_words(origin: int, site: int, names: Sequence[str]) -> str:
    """From where to where."""
    if origin >= 0 and site >= 0:
        return f"{names[origin]}에서 {names[site]}(으)로 옮깁니다."
    if site >= 0:
        return f"{names[site]}에 배정되었습니다."
    return f"있던 곳: {names[origin]}." if origin >= 0 else ""
