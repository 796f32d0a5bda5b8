"""A synthetic population for costing rules: seeded, streamed to Parquet, its assumptions written in a
YAML file.

It is not real data: households and their members are drawn from the written marginals and nothing else.
Each district is drawn by itself from (seed, district), so that a file is the same however it is written,
and memory stays that of one district. Rows are ordered by household.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sijeong.benefits.rules import marks
from sijeong.benefits.rules.events import events
from sijeong.benefits.rules.inputs import Inputs
from sijeong.benefits.rules.marks import Marked
from sijeong.catalog.districts import District, read_districts
from sijeong.late import Late

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    pa = Late("pyarrow")
    pq = Late("pyarrow.parquet")

Array = npt.NDArray[Any]
NOTE = "sijeong.population"


@dataclass(frozen=True)
class Assumptions:
    """The written marginals, each with its basis, and the districts among which they are shared out."""

    text: Marked
    places: tuple[District, ...]

    def __getitem__(self, name: str) -> Any:
        return self.text[name]["value"]

    def shares(self, name: str) -> tuple[list[Any], list[float]]:
        entry = self.text[name]["shares"]
        return list(entry), list(entry.values())

    def per_person(self, name: str) -> float:
        """A yearly count of the city as a chance per resident."""
        return float(self[name]) / float(self["total"])

    @property
    def districts(self) -> dict[int, str]:
        return {one.code: one.name for one in self.places}

    @property
    def weights(self) -> dict[int, int]:
        """By how many voters each district has its share of the city."""
        return {one.code: one.voters for one in self.places}

    @property
    def tiles(self) -> dict[int, tuple[int, int]]:
        """Where each district stands in a schematic map: column and row."""
        return {one.code: one.tile for one in self.places}

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Each assumption as (name, value, basis), for reports."""
        for name, entry in self.text.items():
            value = self.weights if name == "districts" else entry.get("value", entry.get("shares", ""))
            yield name, json.dumps(value, ensure_ascii=False), str(entry["basis"])


def assumptions(path: Path) -> Assumptions:
    """Read `population.yaml` and the districts beside it. Raises `Problem` where a value lacks its basis."""
    text = marks.read(path)
    for name, entry in text.items():
        if not isinstance(entry, Marked) or not entry.get("basis"):
            raise marks.Problem(path, text.line_of(name), f"'{name}'에 근거(basis)가 없습니다")
    try:
        return Assumptions(text, read_districts(path.parent))
    except ValueError as error:
        raise marks.Problem(path, text.line_of("districts"), str(error)) from None


def digest(inputs: Inputs, given: Assumptions) -> str:
    """SHA-256 over what a synthetic population is drawn from: assumptions, and the inputs' column types."""
    told = [
        given.text,
        [(one.code, one.voters) for one in given.places],
        {name: declared.dtype.name for name, declared in inputs.by_name.items()},
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()


def synthetic(path: Path) -> bool:
    """Whether a Parquet file was written here, by `write`."""
    told = pq.read_schema(path).metadata or {}
    return NOTE.encode() in told


def write(
    path: Path,
    inputs: Inputs,
    given: Assumptions,
    *,
    people: int,
    seed: int,
    progress: Callable[[int], None] = lambda rows: None,
) -> None:
    """Write `people` persons to a Parquet file; the seed goes into its metadata. `progress` is told how many are
    written."""
    note = {NOTE: json.dumps({"seed": seed, "people": people, "synthetic": True})}
    writer: pq.ParquetWriter | None = None
    written = 0
    try:
        for table in tables(inputs, given, people=people, seed=seed):
            writer = writer or pq.ParquetWriter(path, table.schema.with_metadata(note), compression="zstd")
            writer.write_table(table.replace_schema_metadata(note))
            written += table.num_rows
            progress(written)
    finally:
        if writer is not None:
            writer.close()


def tables(inputs: Inputs, given: Assumptions, *, people: int, seed: int) -> Iterator[pa.Table]:
    """Draw the districts one after the other; ids run on through the city."""
    weights = given.weights
    persons = households = 0
    for district, size in _shared_out(weights, people).items():
        rng = np.random.default_rng([seed, district])
        columns = _district(rng, size, given)
        columns["person_id"] = persons + np.arange(size)
        columns["couple_id"] = np.where(columns["in_couple"], columns["household_id"] + households, -1)
        columns["household_id"] = columns["household_id"] + households
        columns["district"] = np.full(size, district, np.int32)
        persons, households = persons + size, int(columns["household_id"][-1]) + 1
        yield pa.table({name: _arrow(name, column, inputs) for name, column in columns.items()})


def _shared_out(weights: dict[int, int], people: int) -> dict[int, int]:
    """Divide people by largest remainder."""
    total = sum(weights.values())
    shares = {key: people * weight // total for key, weight in weights.items()}
    rest = sorted(weights, key=lambda key: (-(people * weights[key] % total), key))
    for key in rest[: people - sum(shares.values())]:
        shares[key] += 1
    return {key: size for key, size in shares.items() if size}


def _arrow(name: str, column: Array, inputs: Inputs) -> pa.Array:
    if name == "couple_id":
        return pa.array(column, mask=column < 0)
    return pa.array(column.astype(inputs[name].dtype) if name in inputs else column)


def _district(rng: np.random.Generator, size: int, given: Assumptions) -> dict[str, Array]:
    values, shares = given.shares("household_sizes")
    sizes = rng.choice(values, p=shares, size=size)
    ends = np.cumsum(sizes)
    count = int(np.searchsorted(ends, size)) + 1
    sizes, ends = sizes[:count].copy(), ends[:count]
    sizes[-1] -= ends[-1] - size  # the last household is cut to fit
    household = np.repeat(np.arange(count), sizes)
    place = np.arange(size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    couple = (sizes > 1) & (rng.random(count) < given["couple_share"])
    age, female = _ages(rng, sizes, household, place, couple[household], given=given)
    columns = {
        "household_id": household,
        "age": age,
        "female": female,
        "in_couple": couple[household] & (place < 2),
        "income": _incomes(rng, age, given),
        "months_resident": np.where(
            rng.random(size) < given["newly_moved"], rng.integers(0, 12, size), rng.integers(12, 600, size)
        ),
        "applied_day": rng.integers(1, 366, size).astype(np.int16),
    }
    return columns | events(rng, columns, place, given)


def _ages(
    rng: np.random.Generator,
    sizes: Array,
    household: Array,
    place: Array,
    couple: Array,
    *,
    given: Assumptions,
) -> tuple[Array, Array]:
    """Ages and sexes: a head, a partner near in age, children 22-38 years younger, an elder in the fifth
    place."""
    size, alone = len(household), sizes[household] == 1
    head = np.where(
        sizes == 1,
        _decades(rng, len(sizes), "single_ages", given),
        _decades(rng, len(sizes), "head_ages", given),
    )
    head_female = rng.random(len(sizes)) < np.where(sizes == 1, 0.52, 0.3)
    age = head[household]
    partner = (place == 1) & couple
    age = np.where(partner, age + rng.integers(-4, 3, size), age)
    child = (place >= 1) & ~partner & (place < 4)
    age = np.where(child, age - rng.integers(22, 38, size), age)
    age = np.where(place >= 4, age + rng.integers(22, 34, size), age)
    female = np.where(
        partner,
        ~head_female[household],
        np.where(place == 0, head_female[household], rng.random(size) < 0.49),
    )
    return np.clip(age, np.where(alone | (place < 1) | partner, 20, 0), 100), female


def _decades(rng: np.random.Generator, count: int, name: str, given: Assumptions) -> Array:
    values, shares = given.shares(name)
    decades: Array = rng.choice(values, p=shares, size=count) + rng.integers(0, 10, count)
    return decades


def _incomes(rng: np.random.Generator, age: Array, given: Assumptions) -> Array:
    earns = (age >= 20) & (age < 70) & (rng.random(len(age)) < given["working_share"])
    drawn = rng.lognormal(np.log(given["income_median"]), given["income_spread"], len(age))
    return np.where(earns, np.minimum(drawn, 90_000_000) // 1000 * 1000, 0).astype(np.int64)
