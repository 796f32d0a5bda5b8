"""Budget books as XLSX, in the columns that the upload reads."""

from __future__ import annotations

from typing import IO

import xlsxwriter

from .incoming import SHEET
from .models import Book

_HEAD = {"bold": True, "bg_color": "#E3EAF4", "border": 1}
_COLUMNS = [column for column in SHEET if column.code != "above"]


def _begun(out: IO[bytes]) -> tuple[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet]:
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("예산")
    head = book.add_format(_HEAD)
    for place, column in enumerate(_COLUMNS):
        sheet.write_string(0, place, column.name, head)
        sheet.set_column(place, place, 30 if column.code in {"label", "note"} else 16)
    sheet.freeze_panes(1, 1)
    return book, sheet


def write_template(out: IO[bytes]) -> None:
    """Headers, and two lines that show how levels sum."""
    book, sheet = _begun(out)
    sheet.write_row(1, 0, ["업무추진비", 1, None, None, 341_200, 43_544, 297_656])
    sheet.write_row(2, 0, ["기관운영업무추진비", 2, None, None, 277_200, 38_255, 238_945])
    sheet.write_row(3, 0, ["시책추진업무추진비", 2, None, None, 64_000, 5_289, 58_711])
    book.close()


def write_book(book: Book, out: IO[bytes]) -> None:
    """Every line of a book, amounts in won."""
    target, sheet = _begun(out)
    money = target.add_format({"num_format": "#,##0"})
    for row, line in enumerate(book.lines.all(), 1):
        values = [
            line.label,
            line.depth + 1,
            line.original,
            line.supplement,
            line.budget,
            line.spent,
            line.left,
        ]
        for place, value in enumerate(values):
            if value is not None:
                sheet.write(row, place, value, money if place > 1 else None)
        sheet.write_string(row, len(values), line.note)
    target.close()
