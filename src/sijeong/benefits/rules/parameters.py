"""Amounts, ages and rates as dated text with their basis: a change of the law is a new value, never an
edit.

    cap:
      label: 지원 상한
      unit: 원
      values:
        - {from: 2023-09-01, to: 2023-12-31, value: 4000000, basis: …}
        - {from: 2024-01-01, value: 4500000, basis: …, expected: true}

A value holds from its day to the day before the next one, or to `to`, inclusive. Values are whole numbers
(won, years, percent, days) or lists of them; a list keeps its length over time.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sijeong.benefits.rules.marks import Marked, Problem, demand

Value = int | tuple[int, ...]


@dataclass(frozen=True)
class Dated:
    """One value in force from `start` to `end` inclusive (None: open)."""

    start: dt.date
    end: dt.date | None
    value: Value
    basis: str
    note: str
    expected: bool
    line: int


@dataclass(frozen=True)
class Parameter:
    """A named amount over time."""

    name: str
    label: str
    unit: str
    path: str
    line: int
    values: tuple[Dated, ...]

    def on(self, day: dt.date) -> Dated | None:
        """Return the value in force that day, or None."""
        place = bisect_right(self.values, day, key=lambda dated: dated.start) - 1
        if place < 0 or ((end := self.values[place].end) is not None and day > end):
            return None
        return self.values[place]

    def changes(self) -> set[dt.date]:
        """The days on which a new value starts, or the last one has run out."""
        ends = {dated.end + dt.timedelta(days=1) for dated in self.values if dated.end}
        return {dated.start for dated in self.values} | ends

    def changed(self, value: Value) -> "Parameter":
        """Return this parameter with every value replaced: a reform to be costed."""
        return replace(self, values=tuple(replace(dated, value=value) for dated in self.values))


def law_on(parameters: Iterable[Parameter], day: dt.date) -> SimpleNamespace | None:
    """Return what the rules see as `law` that day; None where a parameter has no value: the benefit is
    not in force."""
    law = {}
    for parameter in parameters:
        dated = parameter.on(day)
        if dated is None:
            return None
        law[parameter.name] = dated.value
    return SimpleNamespace(**law)


def parse(path: Path, section: Marked) -> dict[str, Parameter]:
    """Read the `parameters` section of a benefit's file. Raises `Problem` with file and line."""
    return {name: _parameter(path, name, entry) for name, entry in section.items()}


def _parameter(path: Path, name: str, entry: Marked) -> Parameter:
    demand(path, entry, required={"label", "unit", "values"}, allowed=set())
    values = tuple(_dated(path, name, value) for value in entry["values"])
    if not values:
        raise Problem(path, entry.line, f"{name}: 값이 하나도 없습니다")
    if len({_length(dated.value) for dated in values}) > 1:
        raise Problem(path, entry.line, f"{name}: 목록의 길이가 시행일마다 다릅니다")
    return Parameter(name, entry["label"], entry["unit"], str(path), entry.line, values)


def _dated(path: Path, name: str, entry: Any) -> Dated:
    if not isinstance(entry, Marked):
        raise Problem(path, 1, f"{name}: 값은 {{from, value, basis}} 꼴이어야 합니다")
    demand(path, entry, required={"from", "value"}, allowed={"to", "basis", "note", "expected"})
    for key in ("from", "to"):
        if key in entry and type(entry[key]) is not dt.date:
            raise Problem(path, entry.line_of(key), f"{name}: {key}는 2024-01-31 꼴의 날짜여야 합니다")
    value = tuple(entry["value"]) if isinstance(entry["value"], list) else entry["value"]
    if not all(type(part) is int for part in (value if isinstance(value, tuple) else (value,))):
        raise Problem(path, entry.line_of("value"), f"{name}: 값 {entry['value']!r}은(는) 정수가 아닙니다")
    return Dated(
        start=entry["from"], end=entry.get("to"), value=value, basis=str(entry.get("basis", "")).strip(),
        note=str(entry.get("note", "")).strip(), expected=bool(entry.get("expected", False)), line=entry.line,
    )  # fmt: skip


def _length(value: Value) -> int:
    return len(value) if isinstance(value, tuple) else 0


def date_problems(parameter: Parameter) -> list[Problem]:
    """Name overlaps and gaps between the values, and values without a basis."""
    problems = [
        Problem(parameter.path, dated.line, f"{parameter.name}: {dated.start} 값에 근거(basis)가 없습니다")
        for dated in parameter.values
        if not dated.basis
    ]
    for before, after in zip(parameter.values, parameter.values[1:], strict=False):
        if after.start <= before.start or (before.end and before.end >= after.start):
            message = f"{parameter.name}: {after.start}의 값이 앞의 값({before.start}~)과 겹칩니다"
            problems.append(Problem(parameter.path, after.line, message))
        elif before.end and before.end + dt.timedelta(days=1) < after.start:
            message = f"{parameter.name}: {before.end} 다음 날부터 {after.start} 전날까지 값이 없습니다"
            problems.append(Problem(parameter.path, after.line, message))
    last = parameter.values[-1]
    if last.end and last.end < last.start:
        problems.append(
            Problem(parameter.path, last.line, f"{parameter.name}: 끝나는 날이 시작하는 날보다 앞섭니다")
        )
    return problems
