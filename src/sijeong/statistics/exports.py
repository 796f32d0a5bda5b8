"""The tables as sheets: numbers as numbers, and on each sheet as of when and of whose cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import BinaryIO

import xlsxwriter

from sijeong.sheets.reading import FORMULA

from .figures import Figures
from .tables import Row, Table

Cell = str | int | float | None
COLUMNS: list[tuple[str, Callable[[Figures], Cell]]] = [
    ("접수", lambda f: f.received),
    ("기한 안에 전달", lambda f: f.on_time),
    ("기한 지나 전달", lambda f: f.late),
    ("기한 지났고 전달 전", lambda f: f.overdue),
    ("전달 전", lambda f: f.open),
    ("출처의 진술만", lambda f: f.told),
    ("취하·병합", lambda f: f.ended),
    ("연장", lambda f: f.extended),
    ("걸린 날 중앙값", lambda f: f.median),
    ("기한 준수율(%)", lambda f: _per_cent(f.rate)),
    ("95% 구간 아래(%)", lambda f: _per_cent(f.interval[0] if f.interval else None)),
    ("95% 구간 위(%)", lambda f: _per_cent(f.interval[1] if f.interval else None)),
    ("비교", lambda f: "" if f.ranked else "건수가 적어 비교하지 않음"),
]


def _per_cent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _cells(row: Row) -> list[Cell]:
    return [row.label, *(value(row.figures) for _, value in COLUMNS)]


def _rows(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total else [])]


def write_xlsx(tables: Sequence[Table], told: str, out: BinaryIO) -> None:
    """A sheet a table; ``told`` says as of when, and of what."""
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format(
        {"bold": True, "bg_color": "#E6EAF2", "border": 1, "align": "center", "text_wrap": True}
    )
    plain, sum_ = book.add_format({"border": 1}), book.add_format({"border": 1, "bold": True})
    for table in tables:
        sheet = book.add_worksheet(table.title)
        sheet.write_string(0, 0, told)
        sheet.write_row(1, 0, [table.head, *(name for name, _ in COLUMNS)], head)
        for r, row in enumerate(_rows(table), 2):
            for c, value in enumerate(_cells(row)):
                style = sum_ if row is table.total else plain
                if isinstance(value, str):
                    sheet.write_string(r, c, value, style)
                elif value is None:
                    sheet.write_blank(r, c, None, style)
                else:
                    sheet.write_number(r, c, value, style)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, len(COLUMNS), 11)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    book.close()


def write_csv(table: Table, told: str, out: BinaryIO) -> None:
    """One table; the last column says as of when, so that every line is a line of the table."""
    lines = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(lines)
    writer.writerow([table.head, *(name for name, _ in COLUMNS), "기준"])
    for row in _rows(table):
        cells = ["" if value is None else str(value) for value in [*_cells(row), told]]
        writer.writerow([f"'{cell}" if FORMULA.match(cell) else cell for cell in cells])
    lines.detach()
