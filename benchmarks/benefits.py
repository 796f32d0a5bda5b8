"""Ten rules over a whole city: sijeong beside OpenFisca-core, numpy by hand and Polars, in one run.

    python benchmarks/benefits.py [--people 9384739] [--runs 5] [--folder var/bench]

Each engine runs in a process of its own, on the same Parquet file, with columns already in memory; the
totals of all ten benefits must be equal. Times are medians of --runs. `bound` reads every input byte and
writes every output byte that the compiled rules touch, and does nothing else. Peak memory counts from
after the columns are loaded.
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

import datetime as dt

from sijeong.benefits.rules import columns, groups, kernel, population, rulebook

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


def timed(work: Callable[[], Any], runs: int) -> tuple[float, float, Any]:
    """Return the medians of wall and processor seconds, and the last result."""
    wall, cpu, result = [], [], None
    for _ in range(runs):
        result = None
        start, spent = time.perf_counter(), time.process_time()
        result = work()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - spent)
    return statistics.median(wall), statistics.median(cpu), result


def measure_sijeong(book: rulebook.Rulebook, cols: dict[str, Any], runs: int) -> dict[str, Any]:
    start = time.perf_counter()
    engine = kernel.build(book)
    few = {name: array[:100] for name, array in cols.items()}
    keys = [group.key for group in book.inputs.groups.values() if group.key in cols]
    engine.run(few, ON)
    first = time.perf_counter() - start
    base = peak()
    order, order_cpu, _ = timed(lambda: [groups.scattered(cols[key]) for key in keys], runs)
    rules, rules_cpu, hits = timed(lambda: engine.run(cols, ON), runs)
    over = peak() - base
    held = (sum(cols[n].nbytes for n in engine.arguments) + written(hits)) / 1e6
    growth = {}
    for count in (1, 2, 5, 10):
        part = kernel.build(book.only(RULES[:count]))
        part.run(few, ON)
        growth[count] = round(timed(lambda part=part: part.run(cols, ON), runs)[1], 4)
    return {
        "first call s": first, "order s": order, "rules s": rules, "total s": order + rules,
        "rules cpu s": rules_cpu, "cpu s": order_cpu + rules_cpu, "cpu s by rules": growth,
        "inputs+outputs MB": held, "peak MB over columns": over,
        "peak / (inputs+outputs)": 1 + max(0.0, over - written(hits) / 1e6) / held,
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
    seconds, cpu, _ = timed(lambda: touch(read, result), runs)
    moved = sum(a.nbytes for a in read) + result.nbytes
    return {"total s": seconds, "cpu s": cpu, "MB": moved / 1e6, "GB/s": moved / seconds / 1e9}


def first_pass_columns(book: rulebook.Rulebook) -> list[str]:
    """Columns read for every row: those of criteria, not the costs, which are read for the few who
    qualify."""
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
    return measure_peer(
        lambda given, count: peers[name](given, laws, count), cols, 1 if name == "openfisca" else runs
    )


def report(results: dict[str, Any]) -> None:
    ours, bound = results["sijeong"], results["bound"]
    write = sys.stdout.write
    for name, result in results.items():
        shown = {
            key: round(v, 3) if isinstance(v, float) else v for key, v in result.items() if key != "totals"
        }
        write(f"{name:10} {json.dumps(shown)}\n")
    equal = {json.dumps(r["totals"], sort_keys=True) for n, r in results.items() if n != "bound"}
    write(f"totals equal: {len(equal) == 1}  {json.dumps(ours['totals'])}\n")
    fisca, hand, polars = results["openfisca"], results["numpy"], results["polars"]
    rows = [
        ("OpenFisca calculation / ours all in (>= 20)", fisca, ours, "total s", "cpu s"),
        ("OpenFisca calculation / ours, rules only (>= 40)", fisca, ours, "rules s", "rules cpu s"),
        ("numpy by hand / ours all in (>= 2)", hand, ours, "total s", "cpu s"),
        ("Polars / ours all in", polars, ours, "total s", "cpu s"),
    ]
    write(f"{'':52}     wall      cpu\n")
    for text, peer, mine, wall, cpu in rows:
        write(f"{text:52} {peer['total s'] / mine[wall]:8.1f} {peer['cpu s'] / mine[cpu]:8.1f}\n")
    walls, cpus = ours["rules s"] / bound["total s"], ours["rules cpu s"] / bound["cpu s"]
    write(f"{'rules pass / memory bound (<= 4)':52} {walls:8.2f} {cpus:8.2f}\n")
    write(f"{'peak memory / (inputs + outputs) (<= 1.2)':52} {ours['peak / (inputs+outputs)']:8.2f}\n")
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
