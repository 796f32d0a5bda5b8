"""Compiles a rulebook into one pass over columns, and runs it.

Each rule becomes a loop over a block of rows small enough to stay in the processor's cache, all rules one
after the other on the same block: the columns are read from memory once, and nothing is kept between
rules. The loops are written out from the same text that plain Python runs, so both give the same won. Law
values are arguments: a reform needs no new compile. Compiled code is kept in a cache folder, by the
digest of its text.
"""

import ast
import datetime as dt
import hashlib
import importlib.util
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sijeong.benefits.rules.emit import module_source, parameter_layout
from sijeong.benefits.rules.rulebook import Rulebook

BLOCK = 8192  # rows: what one rule reads of them stays in the second-level cache; a multiple of eight
SHARE = 1 << 19  # rows one thread takes at a time: small enough that its room is not given in huge pages
_loaded: dict[str, Any] = {}

Array = npt.NDArray[Any]
Columns = dict[str, Array]


@dataclass(frozen=True)
class Hits:
    """What one benefit decided: `codes` in won, or -2 unknown, -3 excluded, for `rows` in order; all
    others: no."""

    rows: npt.NDArray[np.int32]
    codes: npt.NDArray[np.int32]

    def dense(self, count: int) -> npt.NDArray[np.int32]:
        """Return a code for each of `count` rows; -1: no."""
        result = np.full(count, -1, np.int32)
        result[self.rows] = self.codes
        return result

    def total(self) -> int:
        return int(self.codes[self.codes > 0].sum(dtype=np.int64))


@dataclass(frozen=True)
class Kernel:
    """A compiled rulebook. `arguments` names the columns and group arrays it reads, in order."""

    rulebook: Rulebook
    arguments: tuple[str, ...]
    digest: str
    run_rows: Any

    def law_vector(self, on: dt.date) -> npt.NDArray[np.int64]:
        """All parameters in force that day as one vector; a leading 0 or 1 a benefit says whether it is
        in force."""
        values: list[int] = []
        for rule in self.rulebook.benefits.values():
            law = rule.law_on(on)
            values.append(law is not None)
            for name, length in parameter_layout(rule):
                value = getattr(law, name, None)
                listed = value if isinstance(value, tuple) else (value or 0,)
                values.extend(listed if law is not None else [0] * max(1, length))
        return np.array(values, dtype=np.int64)

    def run(self, columns: Columns, on: dt.date, *, threads: int | None = None) -> dict[str, Hits]:
        """Decide all rows on one day. `columns` holds an array for each of `arguments` (see
        `columns.prepare`)."""
        given = [_read_only(columns[name]) for name in self.arguments]
        law, rows = self.law_vector(on), len(columns["__rows__"])
        with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
            parts = list(
                pool.map(
                    lambda at: self._share(at, min(at + SHARE, rows), law, given),
                    range(0, max(rows, 1), SHARE),
                )
            )
        return {
            name: Hits(*(np.concatenate([part[place][kind] for part in parts]) for kind in (0, 1)))
            for place, name in enumerate(self.rulebook.benefits)
        }

    def _share(self, start: int, end: int, law: Array, given: list[Array]) -> list[tuple[Array, Array]]:
        """Decide some rows. Room for a hit in each is asked for; the system gives only what is written."""
        size = end - start
        room = [(np.empty(size, np.int32), np.empty(size, np.int32)) for _ in self.rulebook.benefits]
        counts = self.run_rows(start, end, BLOCK, law, *given, *(array for pair in room for array in pair))
        return [
            (rows[:count].copy(), codes[:count].copy())
            for count, (rows, codes) in zip(counts, room, strict=True)
        ]


def _read_only(array: Array) -> Array:
    """Make arrays of one type of what are two to the compiler: those that can be written to, and Arrow's."""
    view = array.view()
    view.flags.writeable = False
    return view


def cache_folder() -> Path:
    """Where compiled rules are kept: `SIJEONG_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("SIJEONG_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sijeong"


def build(rulebook: Rulebook, folder: Path | None = None) -> Kernel:
    """Return the compiled rulebook; compiled code is read from the cache folder if it is there."""
    source, arguments = module_source(rulebook)
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    if digest not in _loaded:
        _loaded[digest] = _import(source, f"sijeong_kernel_{digest}", (folder or cache_folder()) / "kernels")
    return Kernel(rulebook, tuple(arguments), digest, _loaded[digest].run_rows)


def _import(source: str, name: str, folder: Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    if not path.exists():  # written once: the compiler's cache goes by the file's time
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        ast.parse(source)
        draft.write_text(source, encoding="utf-8")
        draft.rename(path)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # noqa: S101  (a path ending in .py always has both)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
