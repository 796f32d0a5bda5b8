"""How soon the compiled rules answer: first start with compile, cached start, and one person with a trace.

    python benchmarks/benefits_start.py [--runs 5]

Each start is a process of its own, from nothing imported to the first person decided by all benefits. Byte code is
written, as on any installation, and scipy is kept out, which an installation does not have (numba would load it).
Processor seconds stand beside the wall's: on a busy machine only the former mean something.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHILD = """
import sys, time
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "scipy": raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Without())
began = time.perf_counter()
import datetime as dt, json
from pathlib import Path
from sijeong.benefits.rules import kernel, rulebook
from sijeong.benefits.rules.columns import from_answers
from sijeong.benefits.rules.decision import decide_all
book, on = rulebook.load(Path(sys.argv[1])), dt.date(2024, 6, 3)
engine = kernel.build(book)
engine.run(from_answers([{}], {"household_id": [0], "couple_id": [-1]}, book.inputs), on)
wall, cpu = time.perf_counter() - began, time.process_time()
person = {name: (True if one.kind == "bool" else one.choices[0] if one.choices else one.low)
          for name, one in book.inputs.by_name.items()}
start = time.process_time()
for _ in range(200): decide_all(book, person, on)
print(json.dumps([wall, cpu, (time.process_time() - start) / 200 * 1000]))
"""


def start(cache: str) -> list[float]:
    """Wall seconds, processor seconds, milliseconds a person of one process."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env |= {"SIJEONG_CACHE": cache, "PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": f"{cache}/pyc"}
    command = [sys.executable, "-c", CHILD, str(ROOT / "cities" / "seoul" / "benefits")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)  # noqa: S603
    told: list[float] = json.loads(done.stdout)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as cache:
        first = start(cache)
        cached = [
            statistics.median(column) for column in zip(*(start(cache) for _ in range(runs)), strict=True)
        ]
    write = sys.stdout.write
    for name, told in (("first start, with compile (<= 15 s)", first), ("cached start (<= 1 s)", cached)):
        write(f"{name:40} {told[0]:6.2f} s wall {told[1]:6.2f} s cpu\n")
    write(f"{'one person, 15 benefits, trace (<= 1 ms)':40} {cached[2]:6.3f} ms cpu\n")


if __name__ == "__main__":
    main()
