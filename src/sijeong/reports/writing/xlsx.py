"""A report as a workbook: a sheet a chapter, figures as numbers, the source of each in a note beside it."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import xlsxwriter

from .model import Bar, Figure, Grid, Report, Square, Statement
from .widths import fit

_FONT = {"font_name": "맑은 고딕", "font_size": 10, "valign": "vcenter"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 18, "bold": True, "font_color": "#1F3B63"},
    "bar": {"font_size": 14, "bold": True, "font_color": "#1F3B63", "bottom": 2},
    "line": {"text_wrap": False},
    "box": {"bold": True, "font_size": 11},
    "caption": {"bold": True},
    "head": {"bold": True, "border": 1, "bg_color": "#E3EAF4", "align": "center", "text_wrap": True},
    "text": {"border": 1, "align": "center", "text_wrap": True, "num_format": "@"},
    "number": {"border": 1, "align": "right", "num_format": "#,##0"},
}
_WIDTH = 110.0
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class _Book:
    def __init__(self, report: Report) -> None:
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        created = dt.datetime.combine(report.base, dt.time())  # equal reports give equal bytes
        self._book.set_properties({"title": report.title, "author": report.bureau, "created": created})
        self._formats = {name: self._book.add_format(_FONT | look) for name, look in _FORMATS.items()}
        self._report = report
        self._names: set[str] = set()
        self._sheet("표지")
        for line in report.cover:
            self._line(line, "title" if line == report.title else "line")

    def _sheet(self, name: str) -> None:
        bare = base = _FORBIDDEN.sub(" ", name)[:28]
        number = 1
        while bare.lower() in self._names:
            number += 1
            bare = f"{base}~{number}"
        self._names.add(bare.lower())
        self._page = self._book.add_worksheet(bare)
        self._page.set_portrait()
        self._page.fit_to_pages(1, 0)
        self._row = 0

    def _line(self, text: str, look: str) -> None:
        self._page.write_string(self._row, 0, text, self._formats[look])
        self._row += 1

    def write(self) -> bytes:
        for part in self._report.body:
            if isinstance(part, Bar):
                if part.level == 1:
                    self._sheet(f"{part.marker} {part.title}")
                self._line(f"{part.marker}. {part.title}", "bar")
            elif isinstance(part, Statement):
                self._line(part.text, "box" if part.marker == "□" else "line")
            else:
                self._grid(part)
        self._book.close()
        return self._out.getvalue()

    def _grid(self, grid: Grid) -> None:
        self._row += 1
        for line in grid.captions:
            self._line(line, "caption")
        for column, share in enumerate(fit(grid, _WIDTH).shares):
            self._page.set_column(column, column, max(9.0, share * _WIDTH))
        for row, column, square in grid.placed:
            self._square(self._row + row, column, square)
        self._row += len(grid.rows) + 1

    def _square(self, row: int, column: int, square: Square) -> None:
        figure = _number(square)
        look = self._formats["head" if square.head else "number" if figure else "text"]
        text = "\n".join(square.texts)
        if square.rowspan > 1 or square.colspan > 1:
            self._page.merge_range(
                row, column, row + square.rowspan - 1, column + square.colspan - 1, text, look
            )
        elif figure:
            self._page.write_number(row, column, float(figure.value), look)
        else:
            self._page.write_string(row, column, text, look)
        bound = next((run for line in square.lines for run in line if isinstance(run, Figure)), None)
        if bound:
            self._page.write_comment(row, column, f"출처: {self._report.sources[bound.source].label}")


def _number(square: Square) -> Figure | None:
    """The one whole number a cell holds, printed as it is; 12.8% or 31/33 stay words."""
    runs = [run for line in square.lines for run in line]
    if len(runs) != 1 or not isinstance(runs[0], Figure):
        return None
    value = Decimal(runs[0].value)
    return runs[0] if f"{value:,}" == runs[0].text else None


def write_xlsx(report: Report) -> bytes:
    """The workbook's bytes."""
    return _Book(report).write()
