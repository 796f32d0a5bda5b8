"""A report as JSON and back: what is frozen can be written again, word for word."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal
from typing import Any

import orjson

from .model import Bar, Figure, Grid, Part, Report, Run, Source, Square, Statement

# As JSON tells them: what XML 1.0 does not know, except tabs and ends of lines.
_UNWRITABLE = re.compile(r"\\u00[01][0-9a-f]|\\b|\\f|[\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")


def as_json(report: Report) -> dict[str, Any]:
    """Text, lists and mappings only; a figure is ``[text, value, source]``."""
    return {
        "title": report.title, "bureau": report.bureau, "occasion": report.occasion,
        "base": report.base.isoformat(), "parts": [_part(part) for part in report.parts],
        "sources": {key: _source(source) for key, source in report.sources.items()},
    }  # fmt: skip


def from_json(data: dict[str, Any]) -> Report:
    """The report that ``as_json`` told."""
    return Report(
        data["title"], data["bureau"], data["occasion"], dt.date.fromisoformat(data["base"]),
        [_part_back(part) for part in data["parts"]],
        {
            key: Source(label, address, tuple(rows[0]) if rows else ())
            for key, (label, address, *rows) in data["sources"].items()
        },
    )  # fmt: skip


def cleaned(report: Report) -> Report:
    """The report without what no document may hold: control characters, half a surrogate pair, noncharacters."""
    told = json.dumps(as_json(report), ensure_ascii=False)
    if not _UNWRITABLE.search(told):
        return report
    return from_json(json.loads(_UNWRITABLE.sub("", told)))


def digest(data: dict[str, Any]) -> str:
    """SHA-256 over the keys in order: equal reports, equal digests."""
    return hashlib.sha256(orjson.dumps(data, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _source(source: Source) -> list[Any]:
    return [source.label, source.address, *([list(source.rows)] if source.rows else [])]


def _runs(runs: tuple[Run, ...]) -> list[Any]:
    return [run if isinstance(run, str) else [run.text, str(run.value), run.source] for run in runs]


def _runs_back(runs: list[Any]) -> tuple[Run, ...]:
    return tuple(run if isinstance(run, str) else Figure(run[0], Decimal(run[1]), run[2]) for run in runs)


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Bar):
        return {"bar": part.level, "number": part.number, "title": part.title, "annex": part.annex}
    if isinstance(part, Statement):
        return {"marker": part.marker, "runs": _runs(part.runs)}
    rows = [[_square(square) for square in row] for row in part.rows]
    return {"rows": rows, "title": part.title, "base": part.base, "unit": part.unit}


def _part_back(data: dict[str, Any]) -> Part:
    if "bar" in data:
        return Bar(data["bar"], data["number"], data["title"], data["annex"])
    if "marker" in data:
        return Statement(data["marker"], _runs_back(data["runs"]))
    rows = tuple(tuple(_square_back(square) for square in row) for row in data["rows"])
    return Grid(rows, data["title"], data["base"], data["unit"])


def _square(square: Square) -> list[Any]:
    return [[_runs(line) for line in square.lines], square.rowspan, square.colspan, square.head, square.align]


def _square_back(told: list[Any]) -> Square:
    lines, rowspan, colspan, head, align = told
    return Square(tuple(_runs_back(line) for line in lines), rowspan, colspan, head, align)
