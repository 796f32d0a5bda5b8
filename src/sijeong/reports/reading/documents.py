"""The document model every reader fills and everything else reads: paragraphs and tables, each with its
place of origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Unreadable(Exception):
    """The file can't be read whole. The message is one Korean line for the person who gave the file."""


class Place(NamedTuple):
    """Where something stands: page (PDF only), running block number, table number, cell (all counted from
    1).
    """

    block: int
    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.page}쪽"] if self.page else []
        if self.line:
            parts.append(f"{self.line}행")
        if self.table:
            parts.append(f"표 {self.table}")
        elif not self.line:
            parts.append(f"{self.block}번째 문단")
        if self.row:
            parts.append(f"{self.row}줄 {self.column}칸")
        return " ".join(parts)


@dataclass(slots=True)
class Paragraph:
    """One paragraph (or one line of a text file). `indent` counts leading spaces where the format keeps
    them; `flows` tells that the page broke the line before it: this one's first word had no room there.
    """

    text: str
    place: Place
    indent: int = 0
    heading: int = 0
    boxed: bool = False
    flows: bool = False


@dataclass(slots=True)
class Cell:
    """One cell; `row` and `column` from 0. `lines` are its paragraphs, `tables` the tables nested in it."""

    row: int
    column: int
    lines: list[str]
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    tables: list[Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.lines[0] if len(self.lines) == 1 else "\n".join(self.lines)


@dataclass(slots=True)
class Table:
    """A grid of cells; a merged cell stands once, at its upper left corner. `caption` is the format's own
    caption, if it has one.
    """

    cells: list[Cell]
    place: Place
    caption: str = ""

    @property
    def height(self) -> int:
        return max([cell.row + cell.rowspan for cell in self.cells], default=0)

    @property
    def width(self) -> int:
        return max([cell.column + cell.colspan for cell in self.cells], default=0)

    def walk(self) -> Iterator[Table]:
        """This table and every table nested in its cells."""
        yield self
        for cell in self.cells:
            for inner in cell.tables:
                yield from inner.walk()


Block = Paragraph | Table


@dataclass(slots=True)
class Document:
    """What one file says. `margins` are running heads and feet, `notes` foot- and endnotes; `unread` names
    what was left out.
    """

    format: str
    blocks: list[Block]
    margins: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def tables(self) -> list[Table]:
        """All tables in reading order, nested ones after the table they stand in."""
        return [inner for block in self.blocks if isinstance(block, Table) for inner in block.walk()]

    def text(self) -> str:
        """Everything as plain lines: paragraphs as they stand, table rows with tabs between cells."""
        return "\n".join(_lines(self.blocks))


def _lines(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
        yield from ("\t".join(row) for row in rows.values())
        yield from (line for cell in block.cells for line in _lines(list(cell.tables)))


class Builder:
    """Numbers paragraphs and tables as a reader meets them, and holds the limits that keep a hostile file
    harmless.
    """

    BLOCKS = 400_000
    CELLS = 400_000
    DEPTH = 24

    def __init__(self, format_: str) -> None:
        self.document = Document(format_, [])
        self._count = 0
        self._tables = 0
        self._cells = 0

    def place(self, page: int | None = None, line: int | None = None) -> Place:
        self._count += 1
        if self._count > self.BLOCKS:
            raise Unreadable(f"문단이 {self.BLOCKS:,}개를 넘어 읽지 않았습니다.")
        return Place(self._count, page, line)

    def table_place(self, page: int | None = None, line: int | None = None) -> Place:
        self._tables += 1
        self._count += 1
        return Place(self._count, page, line, self._tables)

    def count_cells(self, more: int) -> None:
        self._cells += more
        if self._cells > self.CELLS:
            raise Unreadable(f"표의 칸이 {self.CELLS:,}개를 넘어 읽지 않았습니다.")

    def deepen(self, depth: int) -> None:
        if depth > self.DEPTH:
            raise Unreadable(f"표 안의 표가 {self.DEPTH}겹을 넘어 읽지 않았습니다.")

    def add(self, block: Block) -> None:
        self.document.blocks.append(block)


SPARSEST = 16  # squares of a table for each one that a cell covers


def placed(cells: list[Cell]) -> list[Cell]:
    """Cells whose addresses make a sound grid, or `Unreadable`: two cells never claim one square, no span
    is absurd.
    """
    covered = sum([cell.rowspan * cell.colspan for cell in cells])
    height = max([cell.row + cell.rowspan for cell in cells], default=0)
    width = max([cell.column + cell.colspan for cell in cells], default=0)
    if any([cell.row < 0 or cell.column < 0 for cell in cells]):  # noqa: C419 - a list is quicker here
        raise Unreadable("표의 칸 주소가 올바르지 않습니다.")
    if height * width > max(SPARSEST * covered, 10_000) or covered > Builder.CELLS:
        raise Unreadable("표의 칸 주소나 병합 범위가 터무니없이 커서 읽지 않았습니다.")
    if all(cell.rowspan == 1 == cell.colspan for cell in cells):
        if len({(cell.row, cell.column) for cell in cells}) < len(cells):
            raise Unreadable("표의 칸이 서로 겹칩니다.")
        return cells
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        squares = {
            (r, c)
            for r in range(cell.row, cell.row + cell.rowspan)
            for c in range(cell.column, cell.column + cell.colspan)
        }
        if taken & squares:
            raise Unreadable(f"표의 칸이 서로 겹칩니다({cell.row + 1}줄 {cell.column + 1}칸).")
        taken |= squares
    return cells


def flowed(rows: list[list[tuple[list[str], int, int, bool]]]) -> list[Cell]:
    """Cells from rows of (lines, rowspan, colspan, header), flowed as HTML does: each takes the next free
    square.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        c = 0
        for lines, rowspan, colspan, header in row:
            while (r, c) in taken:
                c += 1
            rowspan = max(1, min(rowspan, len(rows) - r))  # noqa: PLW2901 - a span never reaches past the last row
            colspan = max(1, min(colspan, 1000))  # noqa: PLW2901
            cells.append(Cell(r, c, lines, rowspan, colspan, header))
            if len(taken) + rowspan * colspan > Builder.CELLS:
                raise Unreadable("표의 병합 범위가 터무니없이 커서 읽지 않았습니다.")
            taken.update((i, j) for i in range(r, r + rowspan) for j in range(c, c + colspan))
            c += colspan
    return cells
