"""Tables as grids of values: which rows are the head, which columns the stub, what every row and column is
called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from sijeong.reports.facts.values import Value, cell_value
from sijeong.reports.reading.documents import Block, Cell, Document, Paragraph, Place, Table

_YEAR = re.compile(
    r"['’‘′`]?(?:\d{2}|(?:19|20)\d{2})\.?\s?(?:년도?)?\s?(?:[상하]반기)?|(?:[1-9]|1[0-2])월|\d{1,2}\.\d{1,2}\.?|[1-4]분기"
)
_UNIT = re.compile(r"단\s?위\s*[:：]\s*([^),\]]+)")
_BASE_AND_UNIT = re.compile(r"\(\s*기준\s*/\s*단위\s*[:：]\s*([^/)]+?)\s*/\s*([^)]+?)\s*\)")
_BASE = re.compile(
    r"((?:['’‘′`]\s?)?\d{2,4}\s?\.\s?\d{1,2}\s?\.?\s?(?:\d{1,2}\s?\.?)?[^()【】<>,]{0,8}?)\s*기준|기준\s*[:：]\s*([^),/]+)"
)
_FULL_YEAR = re.compile(r"(?:19|20)\d{2}\.?")
_TITLE = re.compile(r"^[【<〈《\[]\s*(.+?)\s*[】>〉》\]]")
_LABEL_UNIT = re.compile(
    r"\(\s*(?:단위\s*[:：]?\s*)?((?:천|백|백만|억|십억|만)?(?:원|명|건|개|개소|%|㎡|톤|호|대|회|인|가구|세대))\s*\)"
)
_DOTS = str.maketrans("‧∙․ㆍ・", "·" * 5)
_CORNERS = ("구분", "과목", "항목", "부서", "기관", "자치구", "분야", "유형", "직급", "비목", "세목", "회계")
_NUMBERING = {"연번", "순번", "번호", "NO", "No", "no", "순", "번"}


@lru_cache(maxsize=8192)
def squeezed(label: str) -> str:
    """A label without its spaces, its middle dots all one: 구 분 → 구분, 8‧9급 → 8·9급."""
    return "".join(label.split()).translate(_DOTS)


@dataclass
class Grid:
    """A table read as figures. `title`, `unit` and `base` come from the lines above it or from its own
    caption.
    """

    table: Table
    title: str = ""
    unit: str = ""
    base: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.table.place

    @cached_property
    def owner(self) -> dict[tuple[int, int], Cell]:
        """The cell over each square."""
        squares: dict[tuple[int, int], Cell] = {}
        for cell in self.table.cells:
            if cell.rowspan == 1 == cell.colspan:
                squares[cell.row, cell.column] = cell
                continue
            for r in range(cell.row, cell.row + cell.rowspan):
                for c in range(cell.column, cell.column + cell.colspan):
                    squares[r, c] = cell
        return squares

    @cached_property
    def values(self) -> dict[tuple[int, int], Value]:
        """The value of each cell, at its upper left square."""
        return {(cell.row, cell.column): cell_value(cell.text) for cell in self.table.cells}

    @cached_property
    def height(self) -> int:
        return self.table.height

    @cached_property
    def width(self) -> int:
        return self.table.width

    @cached_property
    def head(self) -> int:
        """How many rows at the top are the head."""
        marked = 0
        while marked < self.height and all(
            c.header for c in self.table.cells if c.row <= marked < c.row + c.rowspan
        ):
            marked += 1
        if 0 < marked < self.height:
            return marked
        rows = self._titled_rows()
        while rows < self.height - 1 and not any(self._figure(v, rows == 0) for v in self.row_values(rows)):
            rows += 1
        return self._trimmed(rows)

    def _titled_rows(self) -> int:
        """The rows beside a corner cell that says 구분 (or the like): a head, whatever stands in it."""
        corner = self.owner.get((0, 0))
        titled = (
            corner is not None
            and squeezed(corner.text).startswith(_CORNERS)
            and len(squeezed(corner.text)) < 6
        )
        return min(corner.rowspan, self.height - 1) if corner is not None and titled else 0

    def _trimmed(self, rows: int) -> int:
        """A body of pure text: only the first row (and what its merged cells reach down to) is head."""
        if rows < self.height - 1 or not rows:
            return rows
        return max((c.rowspan for c in self.table.cells if c.row == 0), default=1) if self.height > 1 else 0

    def _figure(self, value: Value, first: bool) -> bool:
        if value.kind in ("pair", "malformed"):
            return True
        if value.kind != "number" or value.unit in ("년", "월", "급", "일"):
            return False
        return not (first and value.aside is None and _YEAR.fullmatch(value.text.partition("(")[0].strip()))

    def row_values(self, row: int) -> list[Value]:
        return [value for (r, _), value in self.values.items() if r == row]

    @cached_property
    def stub(self) -> int:
        """How many columns at the left name the rows."""
        columns = 0
        while columns < self.width and (not self._figures_in(columns) or self.spans_body(columns)):
            columns += 1
        return 1 if columns == self.width else columns

    def spans_body(self, column: int) -> bool:
        """A first column of one tall figure (9,401,888 people before 1차, 2차, 3차) stands before the
        labels.
        """
        cell = self.owner.get((self.head, column))
        tall = cell is not None and cell.rowspan > 1 and cell.rowspan == self.height - self.head
        return column == 0 and tall and self.width > 2 and not self._figures_in(1)

    def _of_years(self) -> bool:
        """True if the first column holds years and nothing else."""
        return all(
            _FULL_YEAR.fullmatch(squeezed(cell.text))
            for cell in self.table.cells
            if cell.column == 0 and cell.lines and cell.row >= self.head
        )

    def _figures_in(self, column: int) -> bool:
        label = squeezed(self.owner[0, column].text) if (0, column) in self.owner else ""
        if label in _NUMBERING and column == 0:
            return False
        if column == 0 and label and self._of_years():
            return False
        kinds = [
            v.kind
            for (r, c), v in self.values.items()
            if c == column and r >= self.head and v.kind != "blank"
        ]
        figures = sum(kind in ("number", "pair", "malformed", "dash") for kind in kinds)
        return figures * 2 > len(kinds) if kinds else False

    def column_path(self, column: int) -> tuple[str, ...]:
        """Labels over a column from top to bottom, merged cells once."""
        return self.column_paths[column]

    def row_path(self, row: int) -> tuple[str, ...]:
        """Labels before a row from left to right, merged cells once."""
        return self.row_paths[row]

    @cached_property
    def column_paths(self) -> list[tuple[str, ...]]:
        return [self._path([self.owner.get((r, c)) for r in range(self.head)]) for c in range(self.width)]

    @cached_property
    def row_paths(self) -> list[tuple[str, ...]]:
        return [self._path([self.owner.get((r, c)) for c in range(self.stub)]) for r in range(self.height)]

    @staticmethod
    def _path(cells: Sequence[Cell | None]) -> tuple[str, ...]:
        path: list[str] = []
        seen: set[int] = set()
        for cell in cells:
            if cell is not None and id(cell) not in seen:
                seen.add(id(cell))
                if label := squeezed(cell.text):
                    path.append(label)
        return tuple(path)

    @property
    def body(self) -> range:
        return range(self.head, self.height)

    @property
    def figures(self) -> range:
        """Columns that hold figures (or notes) rather than row labels."""
        return range(self.stub, self.width)

    def at(self, row: int, column: int) -> Value:
        """The value over a square; `blank` under a merged cell's lower or right part."""
        return self.values.get((row, column), cell_value(""))

    def where(self, row: int, column: int) -> Place:
        return self.place._replace(row=row + 1, column=column + 1)

    def column_unit(self, column: int) -> str:
        for row in range(self.head - 1, -1, -1):
            cell = self.owner.get((row, column))
            if cell is not None and (match := _LABEL_UNIT.search(cell.text)):
                return match[1]
        return self.unit


def grids(document: Document) -> list[Grid]:
    """Every table of a document as a grid, with title, unit and base date from the lines around it."""
    found: list[Grid] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            outer = Grid(block)
            _describe(outer, _above(document.blocks, index))
            outer.notes = _below(document.blocks, index)
            found.append(outer)
            for inner in list(block.walk())[1:]:
                grid = Grid(inner)
                _describe(grid, [inner.caption])
                found.append(grid)
    return found


def _above(blocks: list[Block], index: int) -> list[str]:
    """Up to three lines before a table, nearest first."""
    lines: list[str] = []
    for block in reversed(blocks[max(0, index - 3) : index]):
        if isinstance(block, Table):
            if len(block.cells) <= 4 and not any(ch.isdigit() for ch in "".join(c.text for c in block.cells)):
                continue
            lines += [cell.text for cell in block.cells] if len(block.cells) <= 4 else []
            break
        lines.append(block.text)
    return lines


def _below(blocks: list[Block], index: int) -> list[str]:
    lines: list[str] = []
    for block in blocks[index + 1 : index + 4]:
        if not isinstance(block, Paragraph) or not block.text.lstrip().startswith(
            ("※", "*", "주)", "주:", "註")
        ):
            break
        lines.append(block.text)
    return lines


def _describe(grid: Grid, lines: list[str]) -> None:
    first = [cell.text for cell in grid.table.cells if cell.row == 0][:1]
    for line in [grid.table.caption, *lines, *first]:
        if match := _BASE_AND_UNIT.search(line):
            grid.base, grid.unit = grid.base or match[1], grid.unit or match[2]
        if not grid.unit and (match := _UNIT.search(line)):
            grid.unit = re.split(r"\s*/\s*|\s+기준", match[1])[0].strip()
        if not grid.base and (match := _BASE.search(line)):
            grid.base = (match[1] or match[2]).strip()
        if not grid.title and (match := _TITLE.match(line.strip())):
            grid.title = match[1]
    if not grid.title:
        plain = [
            line
            for line in [grid.table.caption, *lines]
            if line and not re.fullmatch(r"\s*[(\[].*[)\]]\s*", line)
        ]
        grid.title = plain[0].strip() if plain and len(plain[0]) < 80 else ""


def turned(grid: Grid) -> Grid:
    """The same table with rows and columns exchanged."""
    cells = [Cell(c.column, c.row, c.lines, c.colspan, c.rowspan) for c in grid.table.cells]
    other = Grid(Table(cells, grid.place), grid.title, grid.unit, grid.base, grid.notes)
    other.head, other.stub = grid.stub, grid.head
    return other
