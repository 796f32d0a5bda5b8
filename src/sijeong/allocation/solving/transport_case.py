"""Places with a capacity: from checked tables to a problem, and from its plan to a result with reasons."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import intake, lottery, words
from .definition import Definition
from .districts import Districts
from .flow import Ints
from .online import Turn
from .result import Aim, Result, Use
from .transport import People, Plan, Quota, Rules, Sites, plan
from .transport_conflict import Case, infeasible
from .transport_reasons import Price, prices, reasons

HOURS = tuple(str(hour) for hour in range(24))
HOUR_BIT = 32


def rules(definition: Definition, districts: Districts) -> Rules:
    places = definition.the_places
    quotas = tuple(Quota(definition.shares.index(q.share), q.percent, q.price) for q in definition.quotas)
    count = len(definition.classes)
    weights = places.weights or (1,) * count
    aims = definition.aims or (("own", "distance", "balance") if places.districts else ("balance",))
    return Rules(districts.hops, places.reach, places.tiers, weights, aims, quotas)


def read_people(definition: Definition, districts: Districts, rows: Any, seed: bytes | None) -> People:
    """Applicants from rows of text. Raises BadTable."""
    parse = {
        "id": intake.named,
        "received": intake.moment,
        "class": intake.one_of([each.code for each in definition.classes]),
        "place": intake.one_of(districts.names),
        "need": intake.bits(definition.needs),
        "hour": intake.whole(0, 23),
        "share": intake.one_of(definition.shares),
    }
    table = definition.applicants
    wanted = {role: intake.Column(head, parse[role], role == "id") for role, head in table.columns.items()}
    found = intake.columns(table.noun, rows, wanted)
    count = len(found["id"])

    def column(role: str) -> Ints:
        return np.array(found.get(role, [0] * count), np.int64)

    need = column("need")
    if "hour" in found:
        need = need | (np.int64(1) << (HOUR_BIT + column("hour")))
    ids = tuple(found["id"])
    rank = lottery.draw(seed, ids) if seed is not None else lottery.receipt(found["received"], ids)
    return People(ids, rank, column("class"), column("place"), need, column("share"))


def read_sites(definition: Definition, districts: Districts, rows: Any) -> tuple[Sites, tuple[str, ...]]:
    """Places from rows of text, one for each opening hour where hours are given. Raises BadTable."""
    parse = {
        "id": intake.named,
        "name": intake.named,
        "place": intake.one_of(districts.names),
        "capacity": intake.whole(0, 10_000_000),
        "offers": intake.bits(definition.needs),
        "hours": opening,
    }
    table = definition.resources
    wanted = {role: intake.Column(head, parse[role], role == "id") for role, head in table.columns.items()}
    found = intake.columns(table.noun, rows, wanted)
    count = len(found["id"])
    default: dict[str, list[Any]] = {"place": [0] * count, "offers": [0] * count, "hours": [None] * count}
    found = {**default, "name": found["id"], **found}
    rows_out = []
    for ident, name, place, capacity, offers, hours in zip(
        *(found[role] for role in ("id", "name", "place", "capacity", "offers", "hours")), strict=True
    ):
        for hour in hours or (None,):
            at = "" if hour is None else f" {hour:02d}시"
            bit = 0 if hour is None else 1 << (HOUR_BIT + hour)
            rows_out.append((ident + at, name + at, place, capacity, offers | bit))
    rows_out.sort()
    ids, names, place, capacity, offers = zip(*rows_out, strict=True) if rows_out else ((),) * 5
    where, offered, room = (np.array(part, np.int64) for part in (place, offers, capacity))
    return Sites(ids, where, offered, room, np.zeros(len(ids), np.int64)), names


def opening(cell: str) -> tuple[int, ...]:
    """`09-18`: one slot for each full hour from 9 to 18."""
    first, dash, last = cell.partition("-")
    if not dash or not (first.isdigit() and last.isdigit()) or not 0 <= int(first) < int(last) <= 24:
        raise ValueError(f"'{cell}'은(는) 여는 시간(09-18)이 아닙니다")
    return tuple(range(int(first), int(last)))


def read(definition: Definition, districts: Districts, tables: Any, seed: bytes | None) -> Case:
    """A checked case. Raises BadTable with the faults of both tables."""
    faults: list[intake.Fault] = []
    parts: list[Any] = []
    for reader, args in (
        (read_people, (tables["applicants"], seed)),
        (read_sites, (tables["resources"],)),
    ):
        try:
            parts.append(reader(definition, districts, *args))
        except intake.BadTable as bad:
            faults += bad.faults
    if faults:
        raise intake.BadTable(faults)
    return Case(parts[0], parts[1][0], rules(definition, districts), parts[1][1])


def decide(definition: Definition, districts: Districts, case: Case) -> Result:
    """The plan with its reasons; where those who must be served cannot all be, the smallest conflict instead."""
    found = plan(case.people, case.sites, case.rules)
    must = [number for number, each in enumerate(definition.classes) if each.code in definition.must_serve]
    if np.isin(case.people.cls[found.site < 0], must).any():
        return infeasible(definition, case, found, pool_names(case, found, districts))
    why = reasons(case.people, found, case.rules)
    labels = pool_names(case, found, districts)
    served = int((found.site >= 0).sum())
    aims = [Aim("served", words.AIMS["served"], served, served)]
    aims += [Aim(name, words.AIMS[name], value, value) for name, value in found.aims.items()]
    method, why_method = words.METHODS["places"]
    return Result(
        allocation=definition.allocation,
        title=definition.title,
        structure="places" if definition.the_places.districts else "seats",
        method=method,
        why_method=why_method,
        status="optimal",
        aims=tuple(aims),
        ids=case.people.ids,
        got=found.site,
        code=why.code,
        facts={"best": why.best, "position": why.position, "more": why.more},
        labels={"best": labels},
        resources=uses(definition, case, found),
    )


def uses(definition: Definition, case: Case, found: Plan) -> tuple[Use, ...]:
    """By place the capacity, its use, and what one place more there is worth."""
    worth = [price_words(price, definition) for price in prices(found, case.people)]
    used = np.bincount(found.site[found.site >= 0], minlength=len(case.sites)).tolist()
    columns = (case.sites.ids, case.site_names, case.sites.capacity.tolist(), used, found.pools.of.tolist())
    return tuple(
        Use(ident, name, room, use, worth[at]) for ident, name, room, use, at in zip(*columns, strict=True)
    )


def pool_names(case: Case, found: Plan, districts: Districts) -> tuple[str, ...]:
    """A pool by the name of its only place, or of its district and number of places."""
    names = []
    members: list[list[int]] = [[] for _ in found.pools.place]
    for site, pool in enumerate(found.pools.of):
        members[pool].append(site)
    for place, sites in zip(found.pools.place, members, strict=True):
        first = case.site_names[sites[0]]
        hour = f" {first.rsplit(' ', 1)[1]}" if first.endswith("시") else ""
        names.append(first if len(sites) == 1 else f"{districts.names[place]}{hour} {len(sites)}곳".strip())
    return tuple(names)


def turn(definition: Definition) -> Turn:
    """The terms of a stay for the day's plan: by class the last day, by need the step down; who may be moved."""
    places = definition.the_places
    codes = [each.code for each in definition.classes]
    bit = {need: 1 << number for number, need in enumerate(definition.needs)}
    return Turn(
        {codes.index(code): days for code, days in places.stay.items()},
        {bit[need]: (days, bit[after]) for need, (days, after) in places.step_down.items()},
        "moved" in definition.aims,
    )


def price_words(price: Price, definition: Definition) -> str:
    if price.serves >= 0:
        return f"한 자리 더 있으면 {definition.classes[price.serves].name} 1{'명' if definition.places else '건'}이 더 배정됩니다."
    better = [f"{words.AIMS[name]} {-gain:+d}" for name, gain in price.gains.items() if gain]
    return f"한 자리 더 있으면 {', '.join(better)}." if better else "자리를 늘려도 나아지지 않습니다."
