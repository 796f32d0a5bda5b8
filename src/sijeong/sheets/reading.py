"""Rows of a spreadsheet or CSV file with headers matched leniently. Pure: a path in, rows with their cells out."""

from __future__ import annotations

import csv
import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from sijeong.cleaned import cleaned

UNPACKED = 500 * 1024 * 1024  # bytes: what a small file may swell to
MOST_ROWS = 200_000
HEADER_WITHIN = 30  # rows: titles and dates stand above the header of an office's sheet
# What a spreadsheet would run as a formula when it opens a CSV file.
FORMULA = re.compile(r"[=+@\t\r]|-\S")
# What ends the heading of a column that is written for people: no reading takes it for data, whatever its name.
READ_ONLY = "(읽기 전용)"
# How a spreadsheet writes a control character into a cell (ECMA-376 Part 1, 22.9.2.19).
ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
Cell = str | int | float | dt.datetime | dt.date | dt.time | bool | None


class SheetRefused(Exception):
    """A file that is no readable sheet, or one without the columns asked for."""


@dataclass(frozen=True)
class Column:
    """A column by its code, the name written into headers, and other names offices use for it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False

    @property
    def known_as(self) -> set[str]:
        return {folded(name) for name in (self.code, self.name, *self.aliases)}


@dataclass(frozen=True)
class Row:
    """A row's values by column code, and where each stands (``D14``)."""

    number: int
    values: dict[str, str]
    places: dict[str, str]

    def place(self, code: str) -> str:
        return self.places.get(code, f"{self.number}행")


def folded(name: str) -> str:
    """A header without what offices vary: spaces, line breaks, brackets and what is in them, marks, case."""
    name = re.sub(r"[(（\[【].*?[)）\]】]", "", name)
    return re.sub(r"[\W_]+", "", name).casefold()


def text(value: Cell) -> str:
    """A cell as text: dates as ISO, whole numbers without a point, lines kept, outer space gone (see ``cleaned``)."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return cleaned(ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))).strip()


Unread = Callable[[list[str]], object]


def read(
    path: Path, kind: str, columns: Sequence[Column], unread: Unread = lambda heads: None
) -> Iterator[Row]:
    """Rows below the header, empty ones passed over. ``kind``: xlsx, text or text-cp949 (as sniffed).

    ``unread`` is told the headings of columns that are left alone, once, before the first row. Raises SheetRefused
    where no header with every required column stands in the first 30 rows of a sheet.
    """
    if kind == "xlsx":
        yield from _xlsx(path, columns, unread)
    elif kind in {"text", "text-cp949"}:
        yield from _rows(_csv(path, "utf-8-sig" if kind == "text" else "cp949"), columns, path.name, unread)
    else:
        raise SheetRefused("XLSX나 CSV 파일이 아닙니다. 옛 .xls 파일은 XLSX로 다시 저장하여 올리십시오.")


def _xlsx(path: Path, columns: Sequence[Column], unread: Unread) -> Iterator[Row]:
    # A stream, because openpyxl judges a path by its ending and a stored file has none.
    with path.open("rb") as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                    raise SheetRefused("풀면 500 MB가 넘는 엑셀 파일입니다. 나누어 올리십시오.")
            book = load_workbook(stream, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, ParseError) as error:
            raise SheetRefused(
                "엑셀 파일을 열 수 없습니다. 암호를 풀고 XLSX로 다시 저장하여 올리십시오."
            ) from error
        missing: list[str] = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write a wrong size into the sheet
            try:
                yield from _rows(sheet.iter_rows(values_only=True), columns, sheet.title, unread)
            except SheetRefused as error:
                missing.append(str(error))
            else:
                return
        raise SheetRefused(" ".join(missing) or "시트가 없는 파일입니다.")


def _csv(path: Path, encoding: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as lines:
        try:
            sample = lines.read(8192)
            separator = max(",\t;", key=sample.count)
            lines.seek(0)
            for cells in csv.reader(lines, delimiter=separator):
                yield [cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell for cell in cells]
        except (UnicodeDecodeError, csv.Error) as error:
            raise SheetRefused(
                f"글자나 칸을 읽을 수 없습니다({error}). UTF-8 CSV나 XLSX로 저장하여 올리십시오."
            ) from error


def _rows(
    lines: Iterator[Sequence[Cell]], columns: Sequence[Column], where: str, unread: Unread
) -> Iterator[Row]:
    header: dict[int, str] = {}
    for number, cells in enumerate(lines, 1):
        if not header:
            if header := _header(cells, columns):
                unread([str(cell).strip() for i, cell in enumerate(cells) if cell and i not in header])
            elif number >= HEADER_WITHIN:
                break
            continue
        if number > MOST_ROWS:
            raise SheetRefused(f"{MOST_ROWS:,}행을 넘습니다. 나누어 올리십시오.")
        values = {code: text(cells[i]) if i < len(cells) else "" for i, code in header.items()}
        if any(values.values()):
            yield Row(
                number, values, {code: f"{get_column_letter(i + 1)}{number}" for i, code in header.items()}
            )
    if not header:
        needed = ", ".join(column.name for column in columns if column.required)
        raise SheetRefused(f"‘{where}’에서 머리글을 찾지 못했습니다. 꼭 있어야 하는 열: {needed}")


def _header(cells: Sequence[Cell], columns: Sequence[Column]) -> dict[int, str]:
    """Column positions where this is the header row; empty where a required column is missing."""
    found: dict[int, str] = {}
    for i, cell in enumerate(cells):
        told = cell is None or str(cell).rstrip().endswith(READ_ONLY)
        name = "" if told else folded(str(cell))
        match = next(
            (c.code for c in columns if name and name in c.known_as and c.code not in found.values()), None
        )
        if match:
            found[i] = match
    required = {column.code for column in columns if column.required}
    return found if required <= set(found.values()) else {}
