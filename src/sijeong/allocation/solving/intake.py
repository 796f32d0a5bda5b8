"""Tables in from XLSX or CSV: every fault with row, column and reason; with one fault nothing is run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from sijeong.cleaned import cleaned

Parse = Callable[[str], Any]
TITLES = 10
# As people write them: 1,200명, 31실, 2박; 2022.7.5, 2022. 7. 5., 2022년 7월 5일, with a time behind it.
NUMBER = re.compile(r"([+-]?\d{1,3}(?:,\d{3})+|[+-]?\d+)\s*[가-힣]{0,3}")
DAY = re.compile(r"(\d{4})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})(?!\d)\s*[.일]?[T\s]*(.*)")


@dataclass(frozen=True)
class Fault:
    """`row` counts from 1 with the headings as row 1, as a spreadsheet shows it."""

    table: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}행 '{self.column}': {self.reason}"


class BadTable(Exception):
    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Column:
    """How the cells under `heading` are read; `unique` columns may hold a value once."""

    heading: str
    parse: Parse
    unique: bool = False


class Rows(list[list[str]]):
    """Rows of a file without its titles and blank lines; `lines`: where each stands in the file, from 1."""

    def __init__(self, told: Iterable[tuple[int, list[str]]]) -> None:
        found = list(told)
        super().__init__(cells for _, cells in found)
        self.lines = [line for line, _ in found]


def line_of(rows: Sequence[Sequence[str]], at: int) -> int:
    """The line of the file in which `rows[at]` stands."""
    return rows.lines[at] if isinstance(rows, Rows) else at + 1


def read(path: Path, *, sheet: bool | None = None, most: int | None = None) -> Rows:
    """Rows of text, the headings first; at most `most` of them.

    `sheet` says whether it is a spreadsheet where the name does not tell. Raises BadTable if it cannot be read.
    """
    if sheet is None:
        sheet = path.suffix.lower() != ".csv"
    lines = enumerate(read_book(path) if sheet else read_csv(path), start=1)
    filled = ((line, cells) for line, cells in lines if any(cells))
    return Rows(islice(untitled(filled), most))


def untitled(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """What follows the titles: lines with one cell above the first that has several (at most `TITLES` of them)."""
    above = []
    for line, cells in lines:
        if sum(map(bool, cells)) > 1:
            above = [(line, cells)]
            break
        above.append((line, cells))
        if len(above) > TITLES:
            break
    yield from above
    yield from lines


def read_book(path: Path) -> Iterator[list[str]]:
    """Rows of the first sheet. By its content: a file kept by its digest has no ending to go by."""
    with path.open("rb") as stream:
        try:
            book = load_workbook(stream, read_only=True, data_only=True)
        except Exception as error:
            raise BadTable(
                [Fault("올린 파일", 1, "", f"엑셀(.xlsx)이나 CSV 파일로 읽을 수 없습니다({error})")]
            ) from None
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [text(cell) for cell in row]
        book.close()


def read_csv(path: Path) -> Iterator[list[str]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        for row in csv.reader(io.StringIO(decoded, newline="")):
            yield [cleaned(cell).strip() for cell in row]
        return
    raise BadTable([Fault("올린 파일", 1, "", "UTF-8도 CP949도 아닌 글자가 있습니다")])


def text(cell: Any) -> str:
    """A cell as a clerk reads it: dates without a midnight, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cleaned(str(cell)).strip()


def columns(name: str, rows: Sequence[Sequence[str]], wanted: Mapping[str, Column]) -> dict[str, list[Any]]:
    """The wanted columns by role. Raises BadTable with every fault of the table at once."""
    headings = list(rows[0]) if rows else []
    missing = [column.heading for column in wanted.values() if column.heading not in headings]
    if missing:
        line = line_of(rows, 0) if rows else 1
        raise BadTable([Fault(name, line, heading, "이 제목의 열이 없습니다") for heading in missing])
    result: dict[str, list[Any]] = {}
    faults: list[Fault] = []
    lines = rows.lines[1:] if isinstance(rows, Rows) else range(2, len(rows) + 1)
    for role, column in wanted.items():
        at = headings.index(column.heading)
        cells = [row[at] if at < len(row) else "" for row in rows[1:]]
        result[role] = list(parsed(name, column, zip(lines, cells, strict=False), faults))
    if faults:
        raise BadTable(sorted(faults, key=lambda fault: fault.row))
    return result


def parsed(name: str, column: Column, cells: Iterable[tuple[int, str]], faults: list[Fault]) -> Iterable[Any]:
    seen: dict[str, int] = {}
    for row, cell in cells:
        try:
            yield column.parse(cell)
        except ValueError as error:
            faults.append(Fault(name, row, column.heading, str(error)))
        if column.unique:
            if cell in seen:
                faults.append(
                    Fault(name, row, column.heading, f"{cell}은(는) {seen[cell]}행에 이미 있습니다")
                )
            seen.setdefault(cell, row)


def named(cell: str) -> str:
    if not cell:
        raise ValueError("비어 있습니다")
    if len(cell) > 40:
        raise ValueError(f"{len(cell)}자는 너무 깁니다. 40자까지 적습니다")
    return cell


def whole(low: int, high: int) -> Parse:
    """A whole number from `low` to `high`; a unit may stand behind it, and commas in it."""

    def parse(cell: str) -> int:
        written = NUMBER.fullmatch(cell)
        if not written:
            raise ValueError(f"'{cell}'은(는) 정수가 아닙니다")
        number = int(written[1].replace(",", ""))
        if not low <= number <= high:
            raise ValueError(f"{number}은(는) {low}부터 {high} 사이가 아닙니다")
        return number

    return parse


def one_of(allowed: Sequence[str], *, empty: bool = False) -> Parse:
    """The position of the cell in `allowed`; -1 for an empty cell where that is allowed."""
    index = {value: number for number, value in enumerate(allowed)}

    def parse(cell: str) -> int:
        if not cell and empty:
            return -1
        if cell not in index:
            some = ", ".join(list(allowed)[:8]) + (" 등" if len(allowed) > 8 else "")
            raise ValueError(f"'{cell}'은(는) 모르는 값입니다. 쓸 수 있는 값: {some}")
        return index[cell]

    return parse


def bits(allowed: Sequence[str]) -> Parse:
    """Values separated by spaces or commas as one bit each; empty is none."""
    single = one_of(allowed)

    def parse(cell: str) -> int:
        return sum(1 << number for number in {single(part) for part in cell.replace(",", " ").split()})

    return parse


def iso(written: re.Match[str] | None) -> str:
    """The day of a date as people write it, as 2022-07-05; empty for none."""
    return f"{written[1]}-{int(written[2]):02d}-{int(written[3]):02d}" if written else ""


def moment(cell: str) -> int:
    """A running number, a date or a time as a number that orders them."""
    if cell.isdigit():
        return int(cell)
    written = DAY.fullmatch(cell)
    clock = f" {written[4].zfill(5)}" if written and written[4] else ""
    try:
        when = datetime.fromisoformat(f"{iso(written)}{clock}" if written else cell)
    except ValueError:
        raise ValueError(f"'{cell}'은(는) 번호나 시각(2022-03-23T09:00)이 아닙니다") from None
    return int((when.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds() * 1_000_000)  # noqa: DTZ001


def night(first: date, last: date) -> Parse:
    """Days since the first night of the season."""

    def parse(cell: str) -> int:
        written = DAY.fullmatch(cell)
        try:
            day = date.fromisoformat(iso(written) or cell)
        except ValueError:
            raise ValueError(f"'{cell}'은(는) 날짜(2022-07-05)가 아닙니다") from None
        if not first <= day <= last:
            raise ValueError(f"{day}은(는) 운영 기간({first} ~ {last}) 밖입니다")
        return (day - first).days

    return parse
