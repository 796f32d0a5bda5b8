"""Costs the rules over a population in Parquet, batch by batch at constant memory; a reform beside the
baseline.

The law of each day holds for those who apply that day: a year is cut into the periods between changes of
the law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sijeong.benefits.rules import kernel
from sijeong.benefits.rules.columns import BadPopulation, prepare, source_columns
from sijeong.benefits.rules.digests import file_digest, parameters_digest, rules_digest
from sijeong.benefits.rules.limits import Interval, Quota, run_out
from sijeong.benefits.rules.rulebook import Rulebook
from sijeong.benefits.rules.streams import KEY, whole_households
from sijeong.benefits.rules.tally import GROUPS, Difference, Tally
from sijeong.late import Late

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    pa = Late("pyarrow")
    pq = Late("pyarrow.parquet")

BATCH = 1 << 18  # rows
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Simulation:
    """Results by benefit, and what they were computed from."""

    year: int
    people: int
    tallies: dict[str, Tally]
    quotas: dict[str, Quota]
    digests: dict[str, str]


@dataclass(frozen=True)
class Reform:
    """Baseline and reform over the same people."""

    baseline: Simulation
    reform: Simulation
    differences: dict[str, Difference]


@dataclass(frozen=True)
class _Batch:
    table: pa.Table
    day: npt.NDArray[np.int64]
    groups: dict[str, npt.NDArray[Any]]
    first_row: int


def simulate(
    rulebook: Rulebook, population: Path, year: int, *, take_up: dict[str, Interval] | None = None,
    progress: Progress = lambda rows: None,
) -> Simulation:  # fmt: skip
    """Cost a year. `take_up` gives the share of those entitled who apply, by benefit (default: as
    declared, or all); `progress` is told how many rows are done.

    Raises `BadPopulation` for a table that can't be used.
    """
    engine = kernel.build(rulebook)
    tallies = {name: Tally() for name in rulebook.benefits}
    people = 0
    for batch in _batches(rulebook, population):
        people += batch.table.num_rows
        columns = prepare(batch.table, rulebook, batch.first_row)
        for start, mask in _periods(rulebook, year, batch.day):
            hits = engine.run(columns, start)
            for name, tally in tallies.items():
                tally.add(hits[name], mask, batch.day, batch.groups)
        progress(people)
    return _simulation(rulebook, population, year, people, tallies, take_up=take_up)


def reform(
    rulebook: Rulebook, changed: Rulebook, population: Path, year: int, *,
    take_up: dict[str, Interval] | None = None, progress: Progress = lambda rows: None,
) -> Reform:  # fmt: skip
    """Cost a year under the baseline and under a changed rulebook; who wins, who loses, by group.

    A benefit in only one of the two rulebooks counts as nothing in the other.
    """
    before, after = kernel.build(rulebook), kernel.build(changed)
    names = list(dict.fromkeys([*rulebook.benefits, *changed.benefits]))
    first = {name: Tally() for name in rulebook.benefits}
    second = {name: Tally() for name in changed.benefits}
    differences = {name: Difference() for name in names}
    people = 0
    for batch in _batches(rulebook, population, changed):
        people += batch.table.num_rows
        old_columns = prepare(batch.table, rulebook, batch.first_row)
        new_columns = prepare(batch.table, changed, batch.first_row)
        for start, mask in _periods(rulebook, year, batch.day, changed):
            old, new = before.run(old_columns, start), after.run(new_columns, start)
            nothing = np.full(len(mask), -1, np.int32)
            for name, hits in old.items():
                first[name].add(hits, mask, batch.day, batch.groups)
            for name, hits in new.items():
                second[name].add(hits, mask, batch.day, batch.groups)
            for name, difference in differences.items():
                then, now = (h[name].dense(len(mask)) if name in h else nothing for h in (old, new))
                difference.add(then, now, mask, batch.groups)
        progress(people)
    return Reform(
        _simulation(rulebook, population, year, people, first, take_up=take_up),
        _simulation(changed, population, year, people, second, take_up=take_up),
        differences,
    )


def rows(population: Path) -> int:
    """How many persons a population holds. Raises `BadPopulation`."""
    return int(_opened(population).metadata.num_rows)


def _simulation(
    rulebook: Rulebook, population: Path, year: int, people: int, tallies: dict[str, Tally], *,
    take_up: dict[str, Interval] | None = None,
) -> Simulation:  # fmt: skip
    quotas = {
        name: run_out(rule, tallies[name], year, (take_up or {}).get(name))
        for name, rule in rulebook.benefits.items()
        if rule.quota and rule.law_on(dt.date(year, 12, 31)) is not None
    }
    digests = {
        "rules": rules_digest(rulebook),
        "parameters": parameters_digest(rulebook),
        "population": file_digest(population),
    }
    return Simulation(year, people, tallies, quotas, digests)


def _periods(
    rulebook: Rulebook, year: int, day: npt.NDArray[np.int64], other: Rulebook | None = None
) -> Iterator[tuple[dt.date, npt.NDArray[np.bool_]]]:
    """The days on which a law period of the year starts, with the rows that apply in it."""
    new_year = dt.date(year, 1, 1)
    books = [rulebook, other] if other else [rulebook]
    changes = {change for book in books for rule in book.benefits.values() for change in rule.changes()}
    starts = sorted({new_year} | {change for change in changes if change.year == year})
    for start, following in zip(starts, [*starts[1:], dt.date(year + 1, 1, 1)], strict=True):
        low, high = (start - new_year).days + 1, (following - new_year).days
        yield start, (day >= low) & (day <= high)


def _opened(population: Path) -> Any:
    try:
        # What is read ahead would be kept until the end: memory would grow with the file.
        return pq.ParquetFile(population, pre_buffer=False)
    except (OSError, pa.ArrowInvalid) as error:
        raise BadPopulation(population.name, None, f"Parquet 파일로 읽을 수 없습니다: {error}") from None


def _batches(rulebook: Rulebook, population: Path, other: Rulebook | None = None) -> Iterator[_Batch]:
    """Read the population in batches that never cut a household. Raises `BadPopulation` if it is not in
    order."""
    file = _opened(population)
    wanted = [*source_columns(rulebook), *(source_columns(other) if other else [])]
    wanted += [KEY, "applied_day", "district", *GROUPS]
    names = [name for name in dict.fromkeys(wanted) if name in file.schema_arrow.names]
    for name in (KEY, "applied_day"):
        if name not in names:
            raise BadPopulation(name, None, "열이 없습니다")
    first_row = 1
    for table in whole_households(file.iter_batches(BATCH, columns=names)):
        yield _batch(table, first_row)
        first_row += table.num_rows


def _batch(table: pa.Table, first_row: int) -> _Batch:
    day = table.column("applied_day")
    numbers = day.to_numpy() if not day.null_count else np.zeros(0)
    if day.null_count or (len(numbers) and not 1 <= numbers.min() <= numbers.max() <= 366):
        wrong = np.flatnonzero(~((day.to_numpy() >= 1) & (day.to_numpy() <= 366)))
        raise BadPopulation("applied_day", first_row + int(wrong[0]), "1~366이어야 합니다")
    groups = {
        name: np.asarray(table.column(name).to_numpy()).astype(np.int64) // (10 if name == "age" else 1)
        for name in GROUPS
        if name in table.schema.names and not table.column(name).null_count
    }
    return _Batch(table, numbers.astype(np.int64), groups, first_row)
