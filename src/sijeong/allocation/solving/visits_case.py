"""Visits of a week: from checked tables to a problem, and from its plan to a result with reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import intake, lottery, words
from .definition import Definition
from .districts import Districts
from .flow import Ints
from .result import Aim, Result, Use
from .visits import Households, Limits, Specialists, Week, plan


def read_staff(
    definition: Definition, districts: Districts, rows: Any
) -> tuple[Specialists, tuple[str, ...]]:
    """Specialists sorted by number, and their names. Raises BadTable."""
    visits = definition.the_visits
    parse = {
        "id": intake.named,
        "name": intake.named,
        "place": intake.one_of(districts.names),
        "field": intake.one_of(visits.fields),
        "slots": intake.bits(visits.slots),
    }
    table = definition.resources
    wanted = {role: intake.Column(head, parse[role], role == "id") for role, head in table.columns.items()}
    found = intake.columns(table.noun, rows, wanted)
    order = sorted(range(len(found["id"])), key=lambda k: found["id"][k])
    columns = [np.array([found[role][k] for k in order], np.int64) for role in ("place", "field", "slots")]
    names = found.get("name", found["id"])
    return Specialists(tuple(found["id"][k] for k in order), *columns), tuple(names[k] for k in order)


def read_homes(definition: Definition, districts: Districts, staff: Specialists, rows: Any) -> Households:
    """Households sorted by number, so that the order of the input cannot matter. Raises BadTable."""
    visits = definition.the_visits
    parse = {
        "id": intake.named,
        "received": intake.moment,
        "class": intake.one_of([each.code for each in definition.classes]),
        "place": intake.one_of(districts.names),
        "field": intake.one_of(visits.fields),
        "slots": intake.bits(visits.slots),
        "last": intake.one_of(staff.ids, empty=True),
        "done": intake.whole(0, visits.longest),
    }
    table = definition.applicants
    wanted = {role: intake.Column(head, parse[role], role == "id") for role, head in table.columns.items()}
    found = intake.columns(table.noun, rows, wanted)
    order = sorted(range(len(found["id"])), key=lambda k: found["id"][k])

    def column(role: str, default: int) -> Ints:
        values = found.get(role, [default] * len(order))
        return np.array([values[k] for k in order], np.int64)

    ids = tuple(found["id"][k] for k in order)
    rank = lottery.receipt(column("received", 0), ids)
    done = column("done", 0)
    due = done < visits.longest
    short = np.maximum((visits.average or 0) - done, 0)
    places = (column("place", 0), column("field", 0), column("slots", 0), column("last", -1))
    return Households(ids, rank, column("class", 0) == 0, *places, due, short)


def read(definition: Definition, districts: Districts, tables: Any) -> tuple[Specialists, Households, Limits]:
    """A checked case. Raises BadTable."""
    staff, _ = read_staff(definition, districts, tables["resources"])
    homes = read_homes(definition, districts, staff, tables["applicants"])
    visits = definition.the_visits
    aims = definition.aims or ("served", "same", "travel", "balance")
    limits = Limits(districts.hops, len(visits.slots), visits.each, visits.most, visits.seconds, aims)
    return staff, homes, limits


def run(
    definition: Definition, districts: Districts, tables: Any, stopped: Callable[[], bool] | None = None
) -> Result:
    staff, homes, limits = read(definition, districts, tables)
    names = read_staff(definition, districts, tables["resources"])[1]
    return result(definition, homes, staff, names, plan(homes, staff, limits, stopped))


def aim_values(homes: Households, week: Week) -> tuple[Aim, ...]:
    """Each aim with value and bound; the visits in pairs, weighted above all others, shown on their own."""
    heavy = len(homes.ids) + 1
    aims = []
    for name, value, bound in week.aims:
        if name == "served":
            aims.append(Aim("pairs_served", words.AIMS["pairs_served"], value // heavy, bound // heavy))
            aims.append(Aim(name, words.AIMS[name], value % heavy, bound - value // heavy * heavy))
        else:
            aims.append(Aim(name, words.AIMS[name], abs(value), abs(bound)))
    return tuple(aims)


def result(
    definition: Definition, homes: Households, staff: Specialists, names: tuple[str, ...], week: Week
) -> Result:
    visits = definition.the_visits
    code = np.select(
        [week.second >= 0, week.slot >= 0, ~homes.due, week.options > 0], [1, 0, 4, 2], default=3
    ).astype(np.int64)
    used = np.bincount(week.first[week.first >= 0], minlength=len(names))
    used += np.bincount(week.second[week.second >= 0], minlength=len(names))
    method, why_method = words.METHODS["visits"]
    full = "이번 주의 자리가 모두 찼습니다."
    room = "이번 주에 더 갈 수 있습니다."
    uses = [
        Use(ident, name, visits.most, int(n), full if n == visits.most else room)
        for ident, name, n in zip(staff.ids, names, used, strict=True)
    ]
    return Result(
        allocation=definition.allocation,
        title=definition.title,
        structure="visits",
        method=method,
        why_method=why_method,
        status="optimal" if week.proven else "feasible",
        aims=aim_values(homes, week),
        ids=homes.ids,
        got=week.first,
        code=code,
        facts={"slot": week.slot, "second": week.second, "options": week.options},
        labels={"slot": visits.slots, "second": names},
        resources=tuple(uses),
    )
