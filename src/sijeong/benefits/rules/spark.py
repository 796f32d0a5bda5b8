"""The compiled rules on a cluster: the same kernel inside Spark's mapInArrow. PySpark is an extra.

Households must be whole: the rows are put together by household before they are decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sijeong.benefits.rules import kernel, rulebook
from sijeong.benefits.rules.columns import prepare, source_columns
from sijeong.benefits.rules.streams import KEY, whole_households
from sijeong.late import Late

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = Late("pyarrow")


def decide(frame: Any, folder: Path, on: dt.date, benefits: list[str] | None = None) -> Any:
    """Return a Spark DataFrame of person_id and, for each benefit, its code (won, or -1 no, -2 unknown,
    -3 excluded).

    `frame` is a Spark DataFrame with person_id, household_id and the columns the rules need; `folder` is
    the city's benefits folder, which every worker must be able to read.
    """
    book = _book(folder, benefits)
    wanted = list(dict.fromkeys(["person_id", KEY, *source_columns(book)]))
    together = frame.select(*wanted).repartition(KEY).sortWithinPartitions(KEY)
    fields = ", ".join(["person_id long", *(f"{name} int" for name in book.benefits)])
    return together.mapInArrow(partition_decider(folder, on, benefits), fields)


def partition_decider(
    folder: Path, on: dt.date, benefits: list[str] | None
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function a worker runs over its partition; it compiles, or loads the compiled rules,
    itself."""

    def decide_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        book = _book(folder, benefits)
        engine = kernel.build(book)
        for table in whole_households(batches):
            ids = table.column("person_id")
            columns = prepare(table, book)
            hits = engine.run(columns, on, threads=1)  # the cluster has its own tasks on the other cores
            codes = [pa.array(hits[name].dense(table.num_rows)) for name in book.benefits]
            result = pa.table([ids.combine_chunks(), *codes], names=["person_id", *book.benefits])
            yield from result.to_batches()

    return decide_batches


def _book(folder: Path, benefits: list[str] | None) -> rulebook.Rulebook:
    book = rulebook.load(folder)
    return book.only(benefits) if benefits else book
