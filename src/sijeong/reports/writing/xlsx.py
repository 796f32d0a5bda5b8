"""A report as a workbook: a sheet a chapter, figures as numbers, the source of each in a note beside it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from sijeong.late import Late

from .model import Bar, Figure, Grid, Report, Square, Statement
from .widths import fit

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Late("xlsxwriter")

_FONT = {"font_name": "맑은 고딕", "font_size": 10, "valign": "vcenter"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 18, "bold": True, "font_color": "#1F3B63"},
    "bar": {"font_size": 14, "bold": True, "font_color": "#1F3B63", "bottom": 2},
    "line": {"text_wrap": False},
    "box": {"bold": True, "font_size": 11},
    "caption": {"bold": True},
    "head": {"bold": True, "border": 1, "bg_color": "#E3EAF4", "align": "center", "text_wrap": True},
    "text": {"border": 1, "align": "center", "text_wrap": True, "num_format": "@"},
    "left": {"border": 1, "align": "left", "valign": "top", "text_wrap": True, "num_format": "@"},
    "label": {"bold": True, "border": 1, "bg_color": "#E3EAF4", "align": "left", "text_wrap": True},
    "unit": {"align": "left", "font_size": 9},
}
_WIDTH, _WIDEST = 110.0, 70.0
_PRINTED = re.compile(r"(-?[\d,]+(\.\d+)?)(%)?")
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
        self._page.freeze_panes(1, 1)  # the chapter's name, and the heads of the rows
        self._row = 0
        self._widths: list[float] = []

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
            self._line(line, "caption" if line.startswith("【") else "unit")
        for column, width in enumerate(_widths(grid)):
            # Tables of one sheet share its columns: each is as wide as the widest asks.
            self._widths[column:] = [
                max(width, *self._widths[column : column + 1], 9.0),
                *self._widths[column + 1 :],
            ]
            self._page.set_column(column, column, self._widths[column])
        for row, column, square in grid.placed:
            self._square(self._row + row, column, square)
        self._row += len(grid.rows) + 1

    def _square(self, row: int, column: int, square: Square) -> None:
        figure = _number(square)
        text = "\n".join(square.texts)
        if square.rowspan > 1 or square.colspan > 1:
            look = self._formats["head" if square.head else "text"]
            self._page.merge_range(
                row, column, row + square.rowspan - 1, column + square.colspan - 1, text, look
            )
        elif figure:
            self._page.write_number(row, column, figure.value, self._figures(figure.form, head=square.head))
        else:
            self._page.write_string(row, column, text, self._formats[_look(square)])
        bound = next((run for line in square.lines for run in line if isinstance(run, Figure)), None)
        if bound:
            self._page.write_comment(row, column, f"출처: {self._report.sources[bound.source].label}")

    def _figures(self, form: str, *, head: bool) -> Any:
        """The format of a figure, made once."""
        name = f"{'head' if head else 'figure'} {form}"
        if name not in self._formats:
            look = _FORMATS["head"] if head else {"border": 1, "align": "right"}
            self._formats[name] = self._book.add_format(_FONT | look | {"num_format": form})
        return self._formats[name]


def _widths(grid: Grid) -> Iterator[float]:
    """Widths in letters: what has room stays on its line, long text is wrapped."""
    for share in fit(grid, _WIDTH).shares:
        yield min(share * _WIDTH, _WIDEST)


def _look(square: Square) -> str:
    if square.head:
        return "label" if square.aligned == "left" else "head"
    return "left" if square.aligned == "left" else "text"


class _Number(NamedTuple):
    """A figure as a workbook holds it, and the format that prints it as it was."""

    value: float
    form: str


def _number(square: Square) -> _Number | None:
    """The one figure a cell holds: 1,234 or 12.8%; what is printed in another way, as 31/33, stays words."""
    runs = [run for line in square.lines for run in line]
    if len(runs) != 1 or not isinstance(runs[0], Figure):
        return None
    match = _PRINTED.fullmatch(runs[0].text)
    if match is None:
        return None
    value = Decimal(match[1].replace(",", ""))
    if match[3]:
        return _Number(float(value / 100), f"0.{'0' * len(match[2][1:])}%" if match[2] else "0%")
    return _Number(int(value), "#,##0") if not match[2] and f"{value:,}" == match[1] else None


def write_xlsx(report: Report) -> bytes:
    """The workbook's bytes."""
    return _Book(report).write()
