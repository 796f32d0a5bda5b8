"""One run of the rules over a population, told as plain data: what was asked, what came out, by what it is repeated.

A request is a mapping that JSON can hold:

    year         the year to cost
    benefits     names; empty: all
    population   {"seed": 2024, "people": 9384739} for the synthetic one, {} for a file that is given
    whole        how many persons the city has, where the population may be a sample of it
    against      a day: the law of that day, all year, is the baseline of a comparison
    changes      {"benefit.parameter": value}: the reform
    take_up      {"benefit": [applied, entitled]}: observed shares, instead of those the city's text assumes
    budget       {"benefit": won}
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sijeong.benefits.rules import kernel, population, simulate
from sijeong.benefits.rules.limits import Interval, Quota, declared_take_up, spent_by, take_up_rate
from sijeong.benefits.rules.plans import planned_beside
from sijeong.benefits.rules.reference import as_of
from sijeong.benefits.rules.rulebook import Rulebook
from sijeong.benefits.rules.tally import Difference, Tally

Progress = Callable[[int, int], None]
Json = dict[str, Any]


class BadRequest(ValueError):
    """A request that can't be run: which part, and why."""


FORMAT = (
    1  # of what is kept: raised when a key comes, goes or means something else, so that a page never guesses
)


@dataclass(frozen=True)
class Run:
    """What came out (`result`), and the digests of all it came from."""

    result: Json
    digests: dict[str, str]


def books(book: Rulebook, request: Json) -> tuple[Rulebook, Rulebook | None]:
    """The rulebook to cost, and the one of the reform if the request compares. Raises `BadRequest`."""
    names = request.get("benefits") or list(book.benefits)
    unknown = [name for name in names if name not in book.benefits]
    if unknown:
        raise BadRequest(f"없는 지원입니다: {', '.join(unknown)}")
    chosen = book.only(names)
    before = _of_day(chosen, dt.date.fromisoformat(request["against"])) if request.get("against") else chosen
    if not request.get("changes") and before is chosen:
        return chosen, None
    try:
        return before, chosen.reformed(request.get("changes") or {})
    except (KeyError, ValueError) as error:
        raise BadRequest(f"{error.args[0]}: 없는 매개변수이거나 목록입니다") from None


def _of_day(book: Rulebook, day: dt.date) -> Rulebook:
    missing = [rule.korean for rule in book.benefits.values() if rule.law_on(day) is None]
    if missing:
        raise BadRequest(f"{day}에 시행하지 않은 지원: {', '.join(missing)}")
    return book.reformed({key: v for name in book.benefits for key, v in as_of(book, name, day).items()})


def take_ups(book: Rulebook, request: Json) -> dict[str, Interval]:
    """The share that applies, by benefit. Raises `BadRequest`."""
    observed = request.get("take_up") or {}
    try:
        return {
            name: take_up_rate(*observed[name]) if name in observed else declared_take_up(rule)
            for name, rule in book.benefits.items()
        }
    except ValueError as error:
        raise BadRequest(str(error)) from None


def run(book: Rulebook, request: Json, people: Path, progress: Progress = lambda done, total: None) -> Run:
    """Run a request over a Parquet file. Raises `BadRequest`, `columns.BadPopulation`."""
    before, after = books(book, request)
    shares, rows = take_ups(before, request), simulate.rows(people)
    year, told = int(request["year"]), lambda done: progress(done, rows)
    if after is None:
        found = simulate.simulate(before, people, year, take_up=shares, progress=told)
        reform: Json = {}
    else:
        both = simulate.reform(before, after, people, year, take_up=shares, progress=told)
        found, reform = both.baseline, _reform(both, before, after)
    result = {
        "format": FORMAT,
        "people": found.people,
        "benefits": {
            name: _benefit(before, name, found, shares[name], (request.get("budget") or {}).get(name))
            for name in before.benefits
        },
        "planned": [asdict(row) for row in planned_beside(before, found, shares, request.get("whole"))],
        "reform": reform,
    }
    compiled = kernel.build(before).digest
    digests = {**found.digests, "kernel": compiled, "version": version("sijeong")}
    if after is not None:
        digests |= {f"reform_{key}": both.reform.digests[key] for key in ("rules", "parameters")}
    return Run(json.loads(json.dumps(result)), digests)


def _benefit(
    book: Rulebook, name: str, found: simulate.Simulation, share: Interval, budget: int | None
) -> Json:  # fmt: skip
    tally, year = found.tallies[name], found.year
    told: Json = {
        "korean": book[name].korean, "entitled": tally.eligible, "recipients": tally.recipients, "won": tally.amount,
        "unknown": tally.unknown, "excluded": tally.excluded,
        "take_up": [round(rate * 10_000) for rate in (share.low, share.estimate, share.high)],
        "persons": share.times(tally.recipients).floors(), "spent": share.times(tally.amount).floors(),
        "months": [[count, won] for _, count, won in tally.months(year)],
        "groups": _keys(tally.by_group), "quota": _quota(found.quotas.get(name)), "budget": budget,
    }  # fmt: skip
    if budget:
        days = [spent_by(tally, budget, year, rate) for rate in (share.high, share.estimate, share.low)]
        told["budget_days"] = [day and day.isoformat() for day in days]
    return told


def _keys(groups: dict[str, dict[int, list[int]]]) -> Json:
    return {group: {str(key): sums[key] for key in sorted(sums)} for group, sums in groups.items()}


def _quota(quota: Quota | None) -> Json | None:
    if quota is None:
        return None
    days = {key: getattr(quota, key) for key in ("day", "earliest", "latest")}
    told = {key: day and day.isoformat() for key, day in days.items()}
    return {"places": quota.places, "granted": quota.granted, "won": quota.amount, **told}


def _reform(both: simulate.Reform, before: Rulebook, after: Rulebook) -> Json:
    return {
        name: _difference(difference, both.baseline.tallies.get(name), both.reform.tallies.get(name))
        | {"changed": _changed(before, after, name, both.baseline.year)}
        for name, difference in both.differences.items()
    }


def _changed(before: Rulebook, after: Rulebook, name: str, year: int) -> list[list[Any]]:
    """The values that differ at the end of the year: label, unit, then and now."""
    end = dt.date(year, 12, 31)
    then, now = (vars(book[name].law_on(end) or SimpleNamespace()) for book in (before, after))
    return [
        [parameter.label, parameter.unit, then[key], now[key]]
        for key, parameter in after[name].parameters.items()
        if key in then and key in now and then[key] != now[key]
    ]


def _difference(difference: Difference, before: Tally | None, after: Tally | None) -> Json:
    return {
        "winners": difference.winners, "losers": difference.losers, "gained": difference.gained,
        "lost": difference.lost, "cost": difference.cost, "before": before.amount if before else 0,
        "after": after.amount if after else 0, "persons_before": before.recipients if before else 0,
        "persons_after": after.recipients if after else 0, "groups": _keys(difference.by_group),
    }  # fmt: skip


def synthetic(
    folder: Path, book: Rulebook, given: population.Assumptions, *, people: int, seed: int,
    progress: Progress = lambda done, total: None,
) -> Path:  # fmt: skip
    """The synthetic population of that size and seed in a folder, drawn once and kept under what it was drawn from."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{people}-{seed}-{population.digest(book.inputs, given)[:16]}.parquet"
    if not path.exists():
        draft = path.with_suffix(".draft")
        population.write(
            draft, book.inputs, given, people=people, seed=seed, progress=lambda done: progress(done, people)
        )
        draft.replace(path)
    return path


def differences(first: Run, second: Run) -> Iterator[str]:
    """Name what differs between two runs of one request: digests, then figures by their place."""
    for key in sorted(first.digests | second.digests):
        then, now = first.digests.get(key, ""), second.digests.get(key, "")
        if then != now:
            yield f"{key}: {then[:16]} → {now[:16]}"
    yield from _unequal("", first.result, second.result)


def _unequal(place: str, first: Any, second: Any) -> Iterator[str]:
    if isinstance(first, dict) and isinstance(second, dict):
        for key in sorted(first | second):
            yield from _unequal(f"{place}/{key}", first.get(key), second.get(key))
    elif first != second:
        yield f"{place}: {first} → {second}"
