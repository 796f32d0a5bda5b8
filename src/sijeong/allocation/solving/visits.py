"""Visits of one week: who goes where and when, alone or in pairs of different fields, by CP-SAT with bounds.

A visit costs its specialist a trip out and back for each district in each half-day, so visits of one district in
one half-day share the way. Aims are solved one after the other, each kept while the next is improved; the result
names for each its value and the bound proven for it within the time allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

import numpy as np
from ortools.sat.python import cp_model

from .flow import Ints


@dataclass(frozen=True)
class Households:
    """One row a household: `pair` where two go; `field` needed; `last` specialist (-1); `slots` as bits;
    `due` False when no visit is left; `short` how many visits they are below the average."""

    ids: tuple[str, ...]
    rank: Ints
    pair: np.ndarray
    place: Ints
    field: Ints
    slots: Ints
    last: Ints
    due: np.ndarray
    short: Ints


@dataclass(frozen=True)
class Specialists:
    ids: tuple[str, ...]
    place: Ints
    field: Ints
    slots: Ints


@dataclass(frozen=True)
class Limits:
    """`each`: visits a half-day; `most`: visits a week; `seconds` for all aims together."""

    hops: Ints
    slots: int
    each: int
    most: int
    seconds: float
    aims: tuple[str, ...] = ("served", "same", "travel", "balance")


@dataclass(frozen=True)
class Week:
    """By household: `slot` (-1: no visit), `first` (of the field needed) and `second` specialist (-1: none).

    `options`: how many specialist-slots would fit; `aims`: (name, value, bound) in order.
    """

    slot: Ints
    first: Ints
    second: Ints
    options: Ints
    aims: tuple[tuple[str, int, int], ...]
    proven: bool


@dataclass(frozen=True)
class Programme:
    """The model and its variables: `go[h, s, t]`, `visit[h, t]`, and the expression of each aim (larger is better)."""

    model: cp_model.CpModel
    go: dict[tuple[int, int, int], cp_model.IntVar]
    visit: dict[tuple[int, int], cp_model.IntVar]
    goals: dict[str, cp_model.LinearExprT]


def plan(
    homes: Households, staff: Specialists, limits: Limits, stopped: Callable[[], bool] | None = None
) -> Week:
    """The week, aim by aim. `stopped` is asked twice a second; then the search ends with what it has."""
    programme = build(homes, staff, limits)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 8
    solver.parameters.interleave_search = True
    left, aims, proven = limits.seconds, [], True
    values: dict[int, int] = {}
    with watched(solver, stopped):
        for name in limits.aims:
            aim, status = improve(programme, solver, name, max(left, 1))
            left -= solver.wall_time
            aims.append(aim)
            proven &= status == cp_model.OPTIMAL
            values = keep(programme, solver, name, aim[1])
    return read_off(homes, staff, programme, values, aims=tuple(aims), proven=proven)


def improve(
    programme: Programme, solver: cp_model.CpSolver, name: str, seconds: float
) -> tuple[tuple[str, int, int], cp_model.CpSolverStatus]:
    """One aim, its value and bound, and the solver's status."""
    programme.model.maximize(programme.goals[name])
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(programme.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise ArithmeticError(f"{name}: {solver.status_name(status)}")
    return (name, round(solver.objective_value), round(solver.best_objective_bound)), status


def keep(programme: Programme, solver: cp_model.CpSolver, name: str, value: int) -> dict[int, int]:
    """Hold the aim at its value from now on, and start the next search from this solution."""
    programme.model.add(programme.goals[name] >= value)
    variables = [*programme.go.values(), *programme.visit.values()]
    values = {each.index: solver.value(each) for each in variables}
    programme.model.clear_hints()
    for each in variables:
        programme.model.add_hint(each, values[each.index])
    return values


@contextmanager
def watched(solver: cp_model.CpSolver, stopped: Callable[[], bool] | None) -> Iterator[None]:
    """Stop the search when somebody asks for it, from a thread beside it."""
    done = Event()

    def watch() -> None:
        while not done.wait(0.5):
            if stopped and stopped():
                solver.stop_search()

    thread = Thread(target=watch, daemon=True)
    if stopped:
        thread.start()
    try:
        yield
    finally:
        done.set()
        if stopped:
            thread.join()


def build(homes: Households, staff: Specialists, limits: Limits) -> Programme:
    """Variables and constraints."""
    model = cp_model.CpModel()
    go: dict[tuple[int, int, int], cp_model.IntVar] = {}
    visit: dict[tuple[int, int], cp_model.IntVar] = {}
    for home, person, slot in fitting(homes, staff, limits):
        go[home, person, slot] = model.new_bool_var("")
        if (home, slot) not in visit:
            visit[home, slot] = model.new_bool_var("")
    by_visit: dict[tuple[int, int], list[int]] = {}
    for home, person, slot in go:
        by_visit.setdefault((home, slot), []).append(person)
    for (home, slot), people in by_visit.items():
        team(
            model,
            homes,
            staff,
            home=home,
            people=[(person, go[home, person, slot]) for person in people],
            visit=visit[home, slot],
        )
    slots_of: dict[int, list[cp_model.IntVar]] = {}
    for (home, _), var in visit.items():
        slots_of.setdefault(home, []).append(var)
    for several in slots_of.values():
        model.add_at_most_one(several)
    loads(model, go, len(staff.ids), limits)
    return Programme(model, go, visit, goals(model, homes, staff, limits, go=go, visit=visit))


def fitting(homes: Households, staff: Specialists, limits: Limits) -> list[tuple[int, int, int]]:
    """(household, specialist, slot) that calendars and fields allow; for a pair every field may take part."""
    free = homes.slots[:, None] & staff.slots[None, :]
    apt = (homes.pair[:, None] | (homes.field[:, None] == staff.field[None, :])) & homes.due[:, None]
    return [
        (int(home), int(person), slot)
        for home, person in zip(*np.nonzero(apt & (free > 0)), strict=True)
        for slot in range(limits.slots)
        if free[home, person] >> slot & 1
    ]


def team(
    model: cp_model.CpModel,
    homes: Households,
    staff: Specialists,
    *,
    home: int,
    people: list[tuple[int, cp_model.IntVar]],
    visit: cp_model.IntVar,
) -> None:
    """One of the field needed; for a pair one more, of another field."""
    wanted = [var for person, var in people if staff.field[person] == homes.field[home]]
    others = [var for person, var in people if staff.field[person] != homes.field[home]]
    model.add(sum(wanted) == visit)
    if homes.pair[home]:
        model.add(sum(others) == visit)


def loads(
    model: cp_model.CpModel, go: dict[tuple[int, int, int], cp_model.IntVar], staff: int, limits: Limits
) -> None:
    by_slot: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    by_person: list[list[cp_model.IntVar]] = [[] for _ in range(staff)]
    for (_, person, slot), var in go.items():
        by_slot.setdefault((person, slot), []).append(var)
        by_person[person].append(var)
    for several in by_slot.values():
        model.add(sum(several) <= limits.each)
    for several in by_person:
        model.add(sum(several) <= limits.most)


def goals(
    model: cp_model.CpModel,
    homes: Households,
    staff: Specialists,
    limits: Limits,
    *,
    go: dict[tuple[int, int, int], cp_model.IntVar],
    visit: dict[tuple[int, int], cp_model.IntVar],
) -> dict[str, cp_model.LinearExprT]:
    """Each aim as a sum to be made large. Pairs outweigh all single visits."""
    count = len(homes.ids)
    trips: dict[tuple[int, int, int], cp_model.IntVar] = {}
    for (home, person, slot), var in go.items():
        key = (person, slot, int(homes.place[home]))
        if limits.hops[staff.place[person], homes.place[home]] and key not in trips:
            trips[key] = model.new_bool_var("")
        if key in trips:
            model.add_implication(var, trips[key])
    travel = sum(
        2 * int(limits.hops[staff.place[person], place]) * var for (person, _, place), var in trips.items()
    )
    heaviest = model.new_int_var(0, limits.most, "")
    for person in range(len(staff.ids)):
        model.add(sum(var for (_, who, _), var in go.items() if who == person) <= heaviest)
    weight = np.where(homes.pair, count + 1, 1)
    return {
        "served": sum(int(weight[home]) * var for (home, _), var in visit.items()),
        "even": sum(int(homes.short[home]) * var for (home, _), var in visit.items()),
        "same": sum(var for (home, person, _), var in go.items() if homes.last[home] == person),
        "travel": -travel,
        "balance": -heaviest,
    }


def read_off(
    homes: Households,
    staff: Specialists,
    programme: Programme,
    values: dict[int, int],
    *,
    aims: tuple[tuple[str, int, int], ...],
    proven: bool,
) -> Week:
    slot, first, second = (np.full(len(homes.ids), -1, np.int64) for _ in range(3))
    options = np.zeros(len(homes.ids), np.int64)
    for (home, person, at), var in programme.go.items():
        options[home] += 1
        if values[var.index]:
            slot[home] = at
            if staff.field[person] == homes.field[home]:
                first[home] = person
            else:
                second[home] = person
    return Week(slot, first, second, options, aims, proven)
