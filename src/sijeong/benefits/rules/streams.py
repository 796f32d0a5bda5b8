"""Streams of persons that never cut a household: constant memory, however large the population."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from sijeong.benefits.rules.columns import BadPopulation
from sijeong.benefits.rules.groups import scattered
from sijeong.late import Late

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = Late("pyarrow")

KEY: Final = "household_id"


def whole_households(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Cut a stream ordered by household into tables that hold whole households. Raises `BadPopulation`."""
    rest: pa.Table | None = None
    first_row = 1
    for batch in batches:
        table = pa.Table.from_batches([batch])
        if rest is not None:
            table = pa.concat_tables([rest, table]).combine_chunks()
        cut = last_household(table, first_row)
        rest = table.slice(cut)
        if cut:
            yield table.slice(0, cut).combine_chunks()
            first_row += cut
    if rest is not None and rest.num_rows:
        yield rest.combine_chunks()


def last_household(table: pa.Table, first_row: int) -> int:
    """Return the row at which the last household begins; the rows before it are whole households."""
    keys = table.column(KEY)
    if keys.null_count or not table.num_rows:
        return int(table.num_rows)  # `prepare` names the row without a household
    numbers = keys.to_numpy()
    place = scattered(numbers)
    if place >= 0:
        raise BadPopulation(KEY, first_row + place, "가구 번호의 순서로 놓여 있지 않습니다")
    return int(np.searchsorted(numbers, numbers[-1]))
