"""Visits of a week: from checked tables to a problem, and from its plan to a result with reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from . import intake, lottery, words
from .definition import Definition
from .districts import Districts
from .flow import Ints
from .programme import NoPlan
from .result import Aim, Result, Use, infeasible
from .visits import AIMS, Households, Limits, Specialists, Week, fitting, plan, values
from .visits_conflict import conflict


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
    place, field, slots = (
        np.array([found[role][k] for k in order], np.int64) for role in ("place", "field", "slots")
    )
    names = found.get("name", found["id"])
    bound = np.ones(len(order), bool)
    return Specialists(tuple(found["id"][k] for k in order), place, field, slots, bound), tuple(
        names[k] for k in order
    )


def read_homes(
    definition: Definition, districts: Districts, staff: Specialists, rows: Any, seed: bytes | None
) -> Households:
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
    rank = lottery.draw(seed, ids) if seed is not None else lottery.receipt(column("received", 0), ids)
    done = column("done", 0)
    due = done < visits.longest
    short = np.maximum((visits.average or 0) - done, 0)
    places = (column("place", 0), column("field", 0), column("slots", 0), column("last", -1))
    must = [k for k, each in enumerate(definition.classes) if each.code in definition.must_serve]
    return Households(ids, rank, column("class", 0), *places, due, short, np.isin(column("class", 0), must))


@dataclass(frozen=True)
class Case:
    """A checked instance. `names` of the specialists, for people to read."""

    homes: Households
    staff: Specialists
    limits: Limits
    names: tuple[str, ...]


def read(definition: Definition, districts: Districts, tables: Any, seed: bytes | None) -> Case:
    """A checked case. Raises BadTable."""
    staff, names = read_staff(definition, districts, tables["resources"])
    homes = read_homes(definition, districts, staff, tables["applicants"], seed)
    visits = definition.the_visits
    limits = Limits(
        districts.hops, len(visits.slots), visits.each, visits.most, visits.seconds, definition.aims or AIMS
    )
    return Case(homes, staff, limits, names)


def run(
    definition: Definition, districts: Districts, tables: Any, seed: bytes | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Result:  # fmt: skip
    case = read(definition, districts, tables, seed)
    try:
        week = plan(case.homes, case.staff, case.limits, stopped)
    except NoPlan:
        told = conflict(definition, case.homes, case.staff, case.limits, names=case.names)
        return infeasible(definition, "visits", case.homes.ids, NONE_FITS, told)
    return result(definition, case, week)


def again(
    definition: Definition, districts: Districts, tables: Any, seed: bytes | None, said: Result
) -> Result:
    """The result that follows from the visits that are said, with the bounds that are said.

    Raises ValueError where a limit is broken.
    """
    case = read(definition, districts, tables, seed)
    slot, second = said.facts["slot"], said.facts["second"]
    if said.ids != case.homes.ids or not len(said.got) == len(slot) == len(second) == len(said.ids):
        raise ValueError("결과의 가구가 명단과 다릅니다")
    options = np.zeros(len(slot), np.int64)
    for home, *_ in fitting(case.homes, case.staff, case.limits):
        options[home] += 1
    week = Week(slot, said.got, second, options)
    sums = values(case.homes, case.staff, case.limits, week)
    bounds = {aim.name: aim.bound for aim in said.aims}
    heavy = len(slot) + 1
    if "served" in bounds:
        bounds["served"] += sums["served"] // heavy * heavy
    aims = tuple((name, sums[name], bounds[name]) for name in case.limits.aims)
    return result(definition, case, replace(week, aims=aims))


def aim_values(homes: Households, week: Week) -> tuple[Aim, ...]:
    """Each aim with value and bound; the visits in pairs, weighted above all others, shown on their own."""
    heavy = len(homes.ids) + 1
    aims = []
    for name, value, bound in week.aims:
        if name == "served":
            aims.append(Aim("pairs_served", words.AIMS["pairs_served"], value // heavy, bound // heavy))
            aims.append(Aim(name, words.AIMS[name], value % heavy, bound - value // heavy * heavy))
        else:
            aims.append(Aim(name, words.AIMS[name], value, bound))
    return tuple(aims)


NOT_DUE, NONE_FITS = 4, 3


def result(definition: Definition, case: Case, week: Week) -> Result:
    """The week with its reasons."""
    homes, staff, names = case.homes, case.staff, case.names
    visits = definition.the_visits
    code = np.select(
        [week.second >= 0, week.slot >= 0, ~homes.due, week.options > 0],
        [1, 0, NOT_DUE, 2],
        default=NONE_FITS,
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
