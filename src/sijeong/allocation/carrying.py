"""From a round's tables to a result of the pure engine, with the names that the city alone knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from .models import Round
from .solving import bundle, engine, lottery
from .solving.districts import Districts
from .solving.result import Result
from .tables import Rows, city_folder, districts_of, read


class Cancelled(Exception):
    """Somebody stopped the run."""


@dataclass(frozen=True)
class Brought:
    """The tables as read and as published; `names` from the applicant's number to the public one."""

    own: dict[str, Rows]
    public: dict[str, bundle.Rows]
    salt: bytes
    names: dict[str, str]
    districts: Districts
    draw: bundle.Draw


@dataclass(frozen=True)
class Person:
    """Who a row of the result is: both numbers, what the table said by role, and what a day's plan says of them."""

    number: str
    public: str
    said: dict[str, str]
    change: str = ""
    why: str = ""
    since: dt.date | None = None


@dataclass(frozen=True)
class Outcome:
    """The result, the bundle that lets anyone compute it again (a day's plan has none), the people by result id."""

    result: Result
    packed: bytes
    people: dict[str, Person]


def draw_of(found: Round) -> bundle.Draw:
    """The random value of the round's lottery; none where order of receipt decides."""
    if not found.by_lottery:
        return bundle.Draw()
    if found.beacon_round:
        return bundle.Draw(bytes.fromhex(found.beacon_value), "", found.beacon_round)
    seed = bytes(found.seed)
    return bundle.Draw(seed, lottery.commitment(seed))


def read_tables(found: Round) -> Brought:
    """Everything read and checked, row by row. Raises BadTable, BadDefinition and ValueError."""
    definition, districts, own = found.definition, districts_of(found), read(found)
    draw = draw_of(found)
    # Freezing checks the rows too; before a beacon has spoken any value does.
    value = (draw.value or b"?") if found.by_lottery else None
    if found.daily:
        salt = bytes(found.replaces.salt) if found.replaces else b""
        return Brought(own, {}, salt, {}, districts, draw)
    engine.check(definition, {**own}, districts, value)
    public, names = bundle.publish(definition, own, bytes(found.salt))
    if found.list_sha256 and bundle.list_fingerprint(public) != found.list_sha256:
        raise ValueError("동결한 명단과 지금의 표가 다릅니다. 아무것도 계산하지 않았습니다.")
    return Brought(own, public, bytes(found.salt), names, districts, draw)


def decided(found: Round, brought: Brought, stopped: Callable[[], bool]) -> Outcome:
    """The engine's result on the published tables, and its bundle."""
    definition, draw = found.definition, brought.draw
    result = engine.run(definition, brought.public, brought.districts, draw.value or None, stopped)
    text = ""
    part = definition.places or definition.visits
    if part and part.districts:
        text = (city_folder(found) / "districts.csv").read_text(encoding="utf-8")
    packed = bundle.pack(found.scheme.text, text, brought.public, draw=draw, result=result)
    return Outcome(result, packed, people_of(found, brought))


def people_of(found: Round, brought: Brought) -> dict[str, Person]:
    """By public number who it is and what the table said."""
    head, *body = brought.public["applicants"]
    at = {role: list(head).index(name) for role, name in found.definition.applicants.columns.items()}
    own = {public: number for number, public in brought.names.items()}
    told = [(role, k) for role, k in at.items() if role != "id"]
    mine = at["id"]
    return {row[mine]: Person(own[row[mine]], row[mine], {role: row[k] for role, k in told}) for row in body}
