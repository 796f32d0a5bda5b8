"""Reads XLSX: lines that stand alone are paragraphs, rows of several cells are tables, merged cells are kept."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sijeong.late import Late
from sijeong.reports.reading.archives import Archive, parsed
from sijeong.reports.reading.documents import Builder, Cell, Document, Paragraph, Table, Unreadable, placed

if TYPE_CHECKING:
    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet
else:
    openpyxl = Late("openpyxl")

# What openpyxl raises for a damaged workbook.
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile)
Span = tuple[int, int]


def read_xlsx(data: bytes) -> Document:
    """The visible sheets of a workbook, each begun by its name; figures as the workbook shows them."""
    archive = Archive(data)
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            parsed(archive.read(name), name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl leaves out say nothing of the cells
            book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    except _BROKEN as error:
        raise Unreadable("엑셀 파일의 구조가 깨져 읽지 못했습니다.") from error
    builder = Builder("xlsx")
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            _read_sheet(sheet, builder)
        else:
            builder.document.unread.append(f"숨긴 시트({sheet.title})")
    return builder.document


def _read_sheet(sheet: Worksheet, builder: Builder) -> None:
    spans: dict[Span, Span] = {
        (area.min_row, area.min_col): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
    }
    covered = {
        (row, column)
        for (top, left), (height, width) in spans.items()
        for row in range(top, top + height)
        for column in range(left, left + width)
    }
    block: list[list[Any]] = []
    for row in sheet.iter_rows():
        cells = [cell for cell in row if cell.value is not None or (cell.row, cell.column) in covered]
        if cells:
            block.append(cells)
        else:
            _flush(block, spans, builder)
            block = []
    _flush(block, spans, builder)


def _flush(block: list[list[Any]], spans: dict[Span, Span], builder: Builder) -> None:
    """Lines of one cell before and after a table are paragraphs; the rest of the block is the table."""
    alone = [len(row) == 1 for row in block]
    first = next((n for n, single in enumerate(alone) if not single), len(block))
    last = next((len(block) - n for n, single in enumerate(reversed(alone)) if not single), first)
    _lines(block[:first], builder)
    if first < last:
        _table(block[first:last], spans, builder)
    _lines(block[last:], builder)


def _lines(rows: list[list[Any]], builder: Builder) -> None:
    for row in rows:
        for text in _shown(row[0]):
            builder.add(Paragraph(text, builder.place()))


def _table(rows: list[list[Any]], spans: dict[Span, Span], builder: Builder) -> None:
    top = rows[0][0].row
    left = min(cell.column for row in rows for cell in row)
    cells = list(_cells(rows, spans, top, left))
    builder.count_cells(len(cells))
    builder.add(Table(placed(cells), builder.table_place()))


def _cells(rows: list[list[Any]], spans: dict[Span, Span], top: int, left: int) -> Iterator[Cell]:
    hidden: set[Span] = set()
    for row in rows:
        for cell in row:
            here = (cell.row, cell.column)
            if here in hidden:
                continue
            height, width = spans.get(here, (1, 1))
            hidden |= {(here[0] + r, here[1] + c) for r in range(height) for c in range(width)}
            yield Cell(cell.row - top, cell.column - left, _shown(cell), height, width)


def _shown(cell: Any) -> list[str]:
    """A cell's lines as a person sees them: 1,234; 12.8%; 2022. 1. 31."""
    value, form = cell.value, str(cell.number_format)
    if value is None:
        return [""]
    if isinstance(value, dt.datetime | dt.date):
        return [f"{value.year}. {value.month}. {value.day}."]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return [" ".join(line.split()) for line in str(value).split("\n")]
    if "%" in form:
        places = len(form.partition(".")[2].partition("%")[0]) if "." in form else 0
        return [f"{value * 100:.{places}f}%"]
    whole = int(value) if float(value).is_integer() else value
    return [f"{whole:,}" if "," in form else str(whole)]
