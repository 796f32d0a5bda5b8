"""Quota and actual (정원, 현원) by category, division and grade, however the table is turned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sijeong.reports.facts.grids import Grid, squeezed
from sijeong.reports.facts.values import Value
from sijeong.reports.reading.documents import Place

_KINDS = {"정원": "quota", "현원": "actual", "과부족": "gap", "결원": "gap", "과원": "gap", "증감": "gap"}
_GRADE = re.compile(
    r"(\d(?:[·‧~∼∙,]\d)*급(?:상당|이하|이상)?|고위공무원|관리관|이사관|부이사관|서기관|사무관|주사|서기)"
)
_TOTAL = re.compile(r"(총?합?계|소계|총원)$")


@dataclass(slots=True)
class Staffing:
    """Posts of one category (일반직 …), division and grade; None where the table is silent. '' means all of
    them.
    """

    category: str
    division: str
    grade: str
    quota: int | None
    actual: int | None
    place: Place


def staffing(grid: Grid) -> list[Staffing]:
    """The staffing rows of a table, or nothing if the table is about something else."""
    paths = {c: grid.column_path(c) for c in grid.figures}
    rows = {r: grid.row_path(r) for r in grid.body}
    labels = {label for path in (*paths.values(), *rows.values()) for label in path}
    if not labels & _KINDS.keys() and not any(value.kind == "pair" for value in grid.values.values()):
        return []
    if any(_kind(path) for path in rows.values()):
        return _by_kind_row(grid, paths, rows)
    if any(_kind(path) for path in paths.values()):
        return _by_kind_column(grid, paths, rows)
    if any(grid.at(r, c).kind == "pair" for r in rows for c in paths) and _graded(paths):
        return list(_by_pair(grid, paths, rows))
    return []


def _kind(path: tuple[str, ...]) -> str:
    return next((_KINDS[label] for label in path if label in _KINDS), "")


def _graded(paths: dict[int, tuple[str, ...]]) -> bool:
    return any(_GRADE.search(label) for path in paths.values() for label in path)


def _label(path: tuple[str, ...]) -> tuple[str, str]:
    """(category or division, grade) of a path; totals have no name."""
    rest = [label for label in path if label not in _KINDS and label not in ("구분", "계급", "직급")]
    grade = next((label for label in reversed(rest) if _GRADE.fullmatch(label)), "")
    names = [label for label in rest if label != grade and not _TOTAL.fullmatch(label)]
    return " ".join(names), grade


def _count(value: Value) -> int | None:
    if value.kind == "dash":
        return 0
    return int(value.amount) if value.kind == "number" and value.amount == int(value.amount) else None


def _by_kind_row(
    grid: Grid, paths: dict[int, tuple[str, ...]], rows: dict[int, tuple[str, ...]]
) -> list[Staffing]:
    """Rows are 정원 and 현원 (perhaps of several divisions), columns categories and grades."""
    found: dict[tuple[str, str, str], Staffing] = {}
    for r, row in rows.items():
        kind = _kind(row)
        if kind not in ("quota", "actual"):
            continue
        division, _ = _label(row)
        for c, path in paths.items():
            if (count := _count(grid.at(r, c))) is None or (path and path[-1] in ("비고", "사유")):
                continue
            category, grade = _label(path)
            key = (division, category, grade)
            fact = found.setdefault(key, Staffing(category, division, grade, None, None, grid.where(r, c)))
            setattr(fact, kind, count)
    return list(found.values())


def _by_kind_column(
    grid: Grid, paths: dict[int, tuple[str, ...]], rows: dict[int, tuple[str, ...]]
) -> list[Staffing]:
    """Columns are 정원 and 현원 (perhaps under categories), rows divisions or grades."""
    found: dict[tuple[str, str, str], Staffing] = {}
    for r, row in rows.items():
        division, row_grade = _label(row)
        for c, path in paths.items():
            kind = _kind(path)
            if kind not in ("quota", "actual") or (count := _count(grid.at(r, c))) is None:
                continue
            category, grade = _label(path)
            key = (division, category, grade or row_grade)
            fact = found.setdefault(
                key, Staffing(category, division, grade or row_grade, None, None, grid.where(r, c))
            )
            setattr(fact, kind, count)
    return list(found.values())


def _by_pair(
    grid: Grid, paths: dict[int, tuple[str, ...]], rows: dict[int, tuple[str, ...]]
) -> Iterator[Staffing]:
    """Cells are quota/actual: 31/33."""
    for r, row in rows.items():
        division, _ = _label(row)
        for c, path in paths.items():
            value = grid.at(r, c)
            if value.kind not in ("pair", "dash"):
                continue
            category, grade = _label(path)
            second = value.second if value.second is not None else Decimal(0)
            yield Staffing(category, division, grade, int(value.amount), int(second), grid.where(r, c))


def is_total(label: str) -> bool:
    return bool(_TOTAL.fullmatch(squeezed(label)))
