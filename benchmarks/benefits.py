"""Ten rules over a whole city: sijeong beside OpenFisca-core, numpy by hand and Polars, in one run.

    python benchmarks/benefits.py [--people 9384739] [--runs 5] [--folder var/bench]

Each engine runs in a process of its own, on the same Parquet file, with columns already in memory; the totals of
all ten benefits must be equal. Times are medians of --runs. `bound` reads every input byte and writes every output
byte that the compiled rules touch, and does nothing else. Peak memory counts from after the columns are loaded.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from benefits_peers import numpy_by_hand, openfisca, polars_frame

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from sijeong.benefits import columns, groups, kernel, population, rulebook  # noqa: E402

import datetime as dt  # noqa: E402

ON = dt.date(2024, 6, 3)
RULES = [
    "tubal_reversal", "egg_freezing", "prenatal_tests", "multiple_birth_insurance", "postnatal_care",
    "first_child_care", "pregnancy_transport", "defector_dental", "defector_illness", "next_local",
]  # fmt: skip
SEOUL = ROOT / "cities" / "seoul"
ENGINES = ("bound", "sijeong", "numpy", "polars", "openfisca")


def peak() -> float:
    """Highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def timed(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    took, result = [], None
    for _ in range(runs):
        result = None
        start = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - start)
    return statistics.median(took), result


def measure_sijeong(book: rulebook.Rulebook, cols: dict[str, Any], runs: int) -> dict[str, Any]:
    start = time.perf_counter()
    engine = kernel.build(book)
    few, rows = {name: array[:100] for name, array in cols.items()}, len(cols["age"])
    keys = [group.key for group in book.inputs.groups.values() if group.key in cols]
    engine.run(few, ON)
    compile_time = time.perf_counter() - start
    base = peak()
    order_time, _ = timed(lambda: [groups.scattered(cols[key]) for key in keys], runs)
    rules_time, hits = timed(lambda: engine.run(cols, ON), runs)
    one_time, _ = timed(lambda: engine.run(cols, ON, threads=1), runs)
    held = (sum(cols[n].nbytes for n in engine.arguments) + written(hits)) / 1e6
    growth = {}
    for count in (1, 2, 5, 10):
        part = kernel.build(book.only(RULES[:count]))
        part.run(few, ON)
        growth[count] = timed(lambda part=part: part.run(cols, ON), runs)[0]
    return {
        "first call s": compile_time, "order s": order_time, "rules s": rules_time, "one thread s": one_time,
        "total s": order_time + rules_time, "peak MB over columns": peak() - base,
        "inputs+outputs MB": held, "peak / (inputs+outputs)": 1 + (peak() - base - written(hits) / 1e6) / held,
        "by rules": growth,
        "totals": {name: hits[name].total() for name in RULES},
    }  # fmt: skip


def written(hits: dict[str, kernel.Hits]) -> int:
    """Bytes of the results."""
    return sum(hit.rows.nbytes + hit.codes.nbytes for hit in hits.values())


def measure_bound(book: rulebook.Rulebook, cols: dict[str, Any], runs: int) -> dict[str, Any]:
    """Read once every column the rules read for every row, and write as many bytes as the results have."""
    from benefits_peers import touch  # the compiled loop; kept out of the other engines' processes

    engine = kernel.build(book)
    read = [cols[name] for name in first_pass_columns(book)]
    result = np.empty(written(engine.run(cols, ON)) // 4, np.int32)
    touch(read, result)
    seconds, _ = timed(lambda: touch(read, result), runs)
    moved = sum(a.nbytes for a in read) + result.nbytes
    return {"total s": seconds, "MB": moved / 1e6, "GB/s": moved / seconds / 1e9}


def first_pass_columns(book: rulebook.Rulebook) -> list[str]:
    """Columns read for every row: those of criteria, not the costs, which are read for the few who qualify."""
    names = [name for rule in book.benefits.values() for c in rule.criteria for name in c.formula.inputs]
    return [name for name in dict.fromkeys(names) if not book.inputs[name].group]


def measure_peer(calculate: Callable[..., Any], cols: dict[str, Any], runs: int) -> dict[str, Any]:
    base = peak()
    times, totals = calculate(cols, runs)
    return {**times, "peak MB over columns": peak() - base, "totals": totals}


def one_engine(name: str, file: Path, runs: int) -> dict[str, Any]:
    book = rulebook.load(SEOUL / "benefits").only(RULES)
    table = pq.read_table(file, columns=columns.source_columns(book))
    cols = columns.prepare(table, book)
    cols = {key: cols[key] for key in ["__rows__", *columns.source_columns(book)]}
    del table
    if name == "sijeong":
        return measure_sijeong(book, cols, runs)
    if name == "bound":
        return measure_bound(book, cols, runs)
    peers = {"numpy": numpy_by_hand, "polars": polars_frame, "openfisca": openfisca}
    laws = {rule: vars(book[rule].law_on(ON)) for rule in RULES}
    return measure_peer(lambda given, count: peers[name](given, laws, count), cols, 1 if name == "openfisca" else runs)


def report(results: dict[str, Any]) -> None:
    ours, bound = results["sijeong"], results["bound"]
    write = sys.stdout.write
    for name, result in results.items():
        shown = {key: round(v, 3) if isinstance(v, float) else v for key, v in result.items() if key != "totals"}
        write(f"{name:10} {json.dumps(shown)}\n")
    equal = {json.dumps(r["totals"], sort_keys=True) for n, r in results.items() if n != "bound"}
    write(f"totals equal: {len(equal) == 1}  {json.dumps(ours['totals'])}\n")
    rows = [
        ("OpenFisca calculation / ours with household order (>= 20)", results["openfisca"]["total s"] / ours["total s"]),
        ("OpenFisca calculation / ours without (>= 40)", results["openfisca"]["total s"] / ours["rules s"]),
        ("numpy by hand / ours all in (>= 2)", results["numpy"]["total s"] / ours["total s"]),
        ("Polars / ours all in", results["polars"]["total s"] / ours["total s"]),
        ("rules pass / memory bound (<= 4)", ours["rules s"] / bound["total s"]),
        ("peak memory / (inputs + outputs) (<= 1.2)", ours["peak / (inputs+outputs)"]),
    ]
    for text, value in rows:
        write(f"{text:52} {value:8.2f}\n")
    if len(equal) != 1:
        raise SystemExit("the totals differ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=9_384_739)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--engine", choices=ENGINES)
    arguments = parser.parse_args()
    file = arguments.folder / f"population-{arguments.people}.parquet"
    if arguments.engine:
        sys.stdout.write(json.dumps(one_engine(arguments.engine, file, arguments.runs)))
        return
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        given = population.assumptions(SEOUL / "population.yaml")
        inputs = rulebook.load(SEOUL / "benefits").inputs
        population.write(file, inputs, given, people=arguments.people, seed=2024)
    results = {}
    for name in ENGINES:
        command = [sys.executable, __file__, "--people", str(arguments.people), "--runs", str(arguments.runs),
                   "--folder", str(arguments.folder), "--engine", name]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)  # noqa: S603
        if done.returncode:
            raise SystemExit(done.stderr)
        results[name] = json.loads(done.stdout)
    report(results)


if __name__ == "__main__":
    main()
