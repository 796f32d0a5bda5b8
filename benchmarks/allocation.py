"""Speed of the room `allocation`, each beside its peers on the same instance in one run.

    python benchmarks/allocation.py [case1 case2 lending online matching visits nation]

Times are medians in milliseconds of processor time (visits: of the clock); ratios are to the bare flow of the same run. Peers: the bare min-cost flow on
aggregated arrays (no reading, no splitting, no reasons), greedy by distance and by marginal cost, HiGHS.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import click
import numpy as np
from allocation_peers import bare, greedy_nights, highs, marginal, nearest, per_person

from sijeong.allocation.solving import demo, engine, matching_case, nights_case, transport_case, visits_case
from sijeong.allocation.solving.definition import Definition, load, parse
from sijeong.allocation.solving.districts import Districts
from sijeong.allocation.solving.flow import Network, cheapest, weigh
from sijeong.allocation.solving.nights import line as night_line
from sijeong.allocation.solving.online import Book, Turn, advance
from sijeong.allocation.solving.splitting import tier_rooms
from sijeong.allocation.solving.transport import People, Plan, Rules, Sites, plan
from sijeong.allocation.solving.transport_reasons import prices, reasons

CITY = Path(__file__).parents[1] / "cities" / "seoul"


def timed(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Median milliseconds of processor time and the last outcome; one run before is not counted.

    Processor time, because a shared machine stops the longer of two runs more often than the shorter.
    """
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        outcome = work()
        times.append((time.process_time() - start) * 1000)
    return median(times), outcome


def show(name: str, milliseconds: float, base: float, note: object = "") -> None:
    click.echo(f"  {name:44s} {milliseconds:10.1f} ms {milliseconds / base:8.2f} x  {note}")


def case(name: str, scale: float = 1, seed: int = 3) -> transport_case.Case:
    found = load(CITY / "allocations" / f"{name}.yaml")
    districts = engine.districts_of(found, CITY)
    return transport_case.read(found, districts, demo.tables(found, districts, seed, scale), None)


def value(case: transport_case.Case, site: np.ndarray) -> tuple[int, ...]:
    """(served, own, distance, balance) of any decision."""
    people, sites, rules = case.people, case.sites, case.rules
    placed = site >= 0
    hops = rules.hops[people.place[placed], sites.place[site[placed]]]
    weight = np.array(rules.weights)[people.cls[placed]]
    left, price = np.bincount(site[placed], minlength=len(sites)), 0
    for room, (_, tier) in zip(tier_rooms(sites, rules), rules.tiers, strict=True):
        used = np.minimum(left, room)
        left, price = left - used, price + tier * int(used.sum())
    return int(placed.sum()), int((hops > 0).sum()), int((hops * weight).sum()), price


def decided(case: transport_case.Case) -> Plan:
    """All that a division gets: decision, reason of each applicant, price of each place."""
    found = plan(case.people, case.sites, case.rules)
    reasons(case.people, found, case.rules)
    prices(found, case.people)
    return found


def case1() -> None:
    click.echo("case 1: 59,444 patients, 294 institutions")
    one = case("home_care")
    parts = (one.people, one.sites, one.rules)
    base, (units, network, cost) = timed(lambda: bare(*parts), 15)
    show("bare flow, grouped on both sides", base, base)
    ours, found = timed(lambda: decided(one), 15)
    best = value(one, found.site)
    equal = best[1:] == tuple(int(c @ units) for c in network.costs)
    show("ours: records to decisions and reasons", ours, base, f"{best} equal to the bare flow: {equal}")
    for name, greedy, runs in (("greedy, nearest", nearest, 7), ("greedy, marginal cost", marginal, 3)):
        taken, site = timed(lambda greedy=greedy: greedy(*parts), runs)
        show(name, taken, base, value(one, site))
    taken, objective = timed(lambda: highs(network, cost), 3)
    show(
        "HiGHS on the same grouped flow",
        taken,
        base,
        f"objective equal: {round(objective) == int(cost @ units)}",
    )
    for percent in (70, 54):  # of the places: a tenth, and three tenths of the patients, are refused
        short = replace(one, sites=replace(one.sites, capacity=one.sites.capacity * percent // 100))
        parts = (short.people, short.sites, short.rules)
        alone, _ = timed(lambda parts=parts: bare(*parts), 9)
        show(f"bare flow, with {percent} % of the places", alone, alone)
        taken, found = timed(lambda short=short: decided(short), 9)
        show("ours", taken, alone, value(short, found.site))
        for name, greedy in (("greedy, nearest", nearest), ("greedy, marginal cost", marginal)):
            taken, site = timed(lambda greedy=greedy, parts=parts: greedy(*parts), 5)
            show(name, taken, alone, value(short, site))
    taken, _ = timed(lambda: per_person(one.people, one.sites, one.rules), 1)
    show("flow with a node for each patient", taken, base)
    ten = case("home_care", 10)
    tenfold, _ = timed(lambda: decided(ten), 5)
    show("ours, ten times the size", tenfold, base, f"{tenfold / ours:.1f} x the time of ours")


def night_networks(
    stays: Any, rooms: np.ndarray, definition: Definition, grouped: bool
) -> list[tuple[Network, np.ndarray]]:
    result = []
    for share in range(rooms.shape[0]):
        for room in range(rooms.shape[1]):
            rows = np.flatnonzero((stays.share == share) & (stays.room == room))
            wish = np.stack([stays.start, stays.nights, stays.cls, stays.before], axis=1)[rows]
            size = np.ones(len(rows), np.int64)
            if grouped:
                wish, size = np.unique(wish, axis=0, return_counts=True)
            network = night_line(wish, size, rooms[share, room], len(definition.classes), definition.aims)
            result.append((network, weigh(network.costs, network.nodes).cost))
    return result


def case2() -> None:
    click.echo("case 2: 20,000 applications, 275 nights")
    found = load(CITY / "allocations" / "jeju_retreat.yaml")
    none = Districts((), np.zeros(0, np.int64), np.zeros((0, 0), np.int64))
    stays = nights_case.read(found, demo.tables(found, none, 3)["applicants"], b"seed")
    rooms = nights_case.rooms_by_night(found).part
    classes = len(found.classes)

    def flow(grouped: bool) -> int:
        return sum(
            int(cost @ cheapest(network, cost))
            for network, cost in night_networks(stays, rooms, found, grouped)
        )

    base, objective = timed(lambda: flow(False), 5)
    show("bare flow on the time line, an arc a stay", base, base, objective)
    taken, again = timed(lambda: flow(True), 5)
    show("bare flow, equal stays as one arc", taken, base, again)
    ours, result = timed(lambda: nights_case.decide(found, stays), 5)
    show("ours: decisions and reasons", ours, base, [aim.value for aim in result.aims])
    taken, served = timed(lambda: greedy_nights(stays, rooms), 5)
    values = [int((served & (stays.cls == c)).sum()) for c in range(classes)]
    show("greedy by class, length, rank", taken, base, [*values, int(stays.nights[served].sum())])
    prepared = night_networks(stays, rooms, found, True)
    taken, total = timed(lambda: sum(highs(network, cost) for network, cost in prepared), 3)
    show("HiGHS on the same grouped flows", taken, base, f"{total:.0f}")


def lending() -> None:
    click.echo("case 2, the shares lending each other rooms at a price")
    text = (CITY / "allocations" / "jeju_retreat.yaml").read_text(encoding="utf-8")
    text = text.replace("percent: 70}", "percent: 70, price: 3}\n  - {share: 개인, percent: 30, price: 2}")
    found = parse(text.replace("aims: [", "aims: [quota, "), "jeju_retreat.yaml")
    none = Districts((), np.zeros(0, np.int64), np.zeros((0, 0), np.int64))
    stays = nights_case.read(found, demo.tables(found, none, 3)["applicants"], b"seed")
    start = time.process_time()
    result = nights_case.decide(found, stays)
    taken = (time.process_time() - start) * 1000
    show(f"ours: {result.status}", taken, taken, [(aim.name, aim.value, aim.bound) for aim in result.aims])


def online() -> None:
    click.echo("online: 1,000 arrivals beside those already placed")
    one = case("home_care")
    found = plan(one.people, one.sites, one.rules)
    half = np.arange(len(one.people)) < 58_000
    names = ("rank", "cls", "place", "need", "share")

    def part(chosen: np.ndarray, now: np.ndarray | None = None) -> People:
        rows = np.flatnonzero(chosen)
        ids = tuple(one.people.ids[k] for k in rows)
        return People(ids, *(getattr(one.people, name)[rows] for name in names), now)

    book = Book(part(half, found.site[half]), np.arange(int(half.sum())) % 7)
    coming = np.flatnonzero(~half)[:1000]
    arrivals = part(np.isin(np.arange(len(one.people)), coming))
    arrivals = People(arrivals.ids, np.arange(1000), *(getattr(arrivals, name) for name in names[1:]))
    turn = Turn({0: 10, 1: 7, 2: 7}, {})
    base, _ = timed(lambda: bare(arrivals, one.sites, one.rules), 9)
    show("bare flow of the arrivals", base, base)
    taken, day = timed(lambda: advance(book, arrivals, one.sites, one.rules, turn, day=6), 9)
    placed = sum(change.kind == "placed" for change in day.changes)
    show("ours: the day's plan and its changes", taken, base, f"{placed} placed, {len(book.people)} kept")


def matching() -> None:
    click.echo("case 3: 10,000 teams, 19 regions, mentors")
    found = load(CITY / "allocations" / "next_local.yaml")
    none = Districts((), np.zeros(0, np.int64), np.zeros((0, 0), np.int64))
    read = matching_case.read(found, demo.tables(found, none, 3, 100), b"seed")
    taken, result = timed(lambda: matching_case.decide(found, read), 3)
    show("ours: match, mentors, reasons", taken, taken, [aim.value for aim in result.aims])


def visits() -> None:
    click.echo("case 4: 80 households, 16 specialists, a week")
    found = load(CITY / "allocations" / "care_visits.yaml")
    districts = engine.districts_of(found, CITY)
    for seed in range(1, 13):
        start = time.perf_counter()
        result = visits_case.run(found, districts, demo.tables(found, districts, seed))
        taken = (time.perf_counter() - start) * 1000
        aims = [(aim.name, aim.value, aim.bound) for aim in result.aims]
        show(f"ours, seed {seed}: {result.status}", taken, taken, aims)


def nation() -> None:
    click.echo("nation: 17 provinces as 17 cities of 25 districts, 5 million cases, 5,000 institutions")
    random = np.random.default_rng(3)
    count, places, many = 5_000_000, 17 * 25, 5_000
    one = case("home_care", 0.01)
    near = one.rules.hops
    hops = np.full((places, places), 99, np.int64)
    for province in range(17):
        block = slice(province * 25, province * 25 + 25)
        hops[block, block] = near
    zero = np.zeros(count, np.int64)
    ids = tuple(map(str, range(count)))
    people = People(
        ids,
        random.permutation(count),
        random.integers(0, 3, count),
        random.integers(0, places, count),
        zero,
        zero,
    )
    size = np.full(many, 1_200)
    where = np.concatenate([np.arange(places), random.integers(0, places, many - places)])
    free = np.zeros(many, np.int64)
    sites = Sites(tuple(f"{k:04d}" for k in range(many)), where, free, size, free)
    rules = Rules(hops, 8, one.rules.tiers, one.rules.weights, one.rules.aims)
    big = transport_case.Case(people, sites, rules, sites.ids)
    taken, found = timed(lambda: decided(big), 1)
    show("ours: decisions and reasons", taken, taken, value(big, found.site))


ALL = {work.__name__: work for work in (case1, case2, lending, online, matching, visits, nation)}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or list(ALL):
        ALL[chosen]()
