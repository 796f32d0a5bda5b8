"""Reads HWP v5: the same document model as HWPX, from binary records."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from sijeong.reports.reading import hwp_records as records
from sijeong.reports.reading.documents import Builder, Cell, Document, Paragraph, Table, Unreadable, placed
from sijeong.reports.reading.hwp_records import Container, Record
from sijeong.reports.reading.numbering import Level, Numbering

_FORMS = (
    "DIGIT",
    "CIRCLED_DIGIT",
    "ROMAN_CAPITAL",
    "ROMAN_SMALL",
    "LATIN_CAPITAL",
    "LATIN_SMALL",
    "",
    "CIRCLED_LATIN_SMALL",
    "HANGUL_SYLLABLE",
    "CIRCLED_HANGUL_SYLLABLE",
    "HANGUL_JAMO",
    "CIRCLED_HANGUL_JAMO",
    "",
    "IDEOGRAPH",
)
_SINGLE = {10: "\n", 24: "-", 30: " ", 31: " "}
_TAB, _OBJECT = 9, 11
_NOTES = ("fn  ", "en  ")
_MARGINS = ("head", "foot")

Piece = tuple[str, int, Table | None, bool]


class _Heads:
    """Automatic heads by paragraph shape, from DocInfo."""

    def __init__(self, info: Iterable[Record]) -> None:
        self.outline = 1
        self._shapes: list[tuple[int, int, int]] = []
        self._bullets: list[str] = []
        self._numberings: list[Numbering] = []
        for record in _all(info):
            if record.tag == records.PARA_SHAPE:
                flags = struct.unpack_from("<I", record.payload)[0]
                self._shapes.append(
                    (flags >> 23 & 3, flags >> 25 & 7, struct.unpack_from("<H", record.payload, 30)[0])
                )
            elif record.tag == records.BULLET:
                self._bullets.append(record.payload[12:14].decode("utf-16-le", "replace").strip("\x00"))
            elif record.tag == records.NUMBERING:
                self._numberings.append(_numbering(record.payload))

    def of(self, shape: int) -> tuple[str, int]:
        """The drawn head ('' if none) and the outline level (0 if none)."""
        kind, level, target = self._shapes[shape] if shape < len(self._shapes) else (0, 0, 0)
        if kind == 3:
            return (self._bullets[target - 1] if 0 < target <= len(self._bullets) else ""), 0
        if kind not in (1, 2):
            return "", 0
        index = (self.outline if kind == 1 and not target else target) - 1
        head = self._numberings[index].next(level) if 0 <= index < len(self._numberings) else ""
        return head, (level + 1 if kind == 1 else 0)


def _numbering(payload: bytes) -> Numbering:
    levels: list[Level] = []
    position = 0
    for _ in range(7):
        if position + 14 > len(payload):
            break
        flags = struct.unpack_from("<I", payload, position)[0]
        length = struct.unpack_from("<H", payload, position + 12)[0]
        pattern = payload[position + 14 : position + 14 + 2 * length].decode("utf-16-le", "replace")
        form = flags >> 5 & 0xF
        levels.append(Level(_FORMS[form] if form < len(_FORMS) else "DIGIT", 1, pattern))
        position += 14 + 2 * length
    for index, level in enumerate(levels):
        start = position + 2 + 4 * index
        if start + 4 <= len(payload):
            level.start = struct.unpack_from("<I", payload, start)[0] or 1
    return Numbering(levels)


def _all(tree: Iterable[Record]) -> Iterable[Record]:
    for record in tree:
        yield record
        yield from _all(record.children)


class _Reader:
    def __init__(self, heads: _Heads) -> None:
        self.builder = Builder("hwp")
        self.heads = heads

    def section(self, roots: list[Record]) -> None:
        for record in roots:
            if record.tag == records.PARA_HEADER:
                for piece in self.paragraph(record, 0):
                    self._emit(*piece)

    def _emit(self, text: str, heading: int, table: Table | None, boxed: bool) -> None:
        if table is None:
            if text.strip():
                indent = len(text) - len(text.lstrip())
                self.builder.add(Paragraph(text, self.builder.place(), indent, heading, boxed))
        elif len(table.cells) == 1 and not table.caption:
            for line in table.cells[0].lines:
                self.builder.add(Paragraph(line, self.builder.place(), 0, 0, True))
            for inner in table.cells[0].tables:
                self.builder.add(inner)
        else:
            self.builder.add(table)

    def paragraph(self, record: Record, depth: int) -> list[Piece]:
        """Pieces of one paragraph in order: (text, heading level, table or None, in a text box)."""
        self.builder.deepen(depth)
        body = next((child.payload for child in record.children if child.tag == records.PARA_TEXT), b"")
        self._whole(records.letters(record), len(body) // 2, "문단")
        controls = iter([child for child in record.children if child.tag == records.CTRL_HEADER])
        pieces: list[Piece] = []
        text: list[str] = []
        for part in _text(body):
            if isinstance(part, str):
                text.append(part)
                continue
            control = next(controls, None)
            if control is None:
                continue
            before = len(pieces)
            pieces.extend(self._control(control, depth, text))
            if len(pieces) > before:
                pieces.insert(before, ("".join(text), 0, None, False))
                text = []
        for control in controls:
            pieces.extend(self._control(control, depth, text))
        shape = struct.unpack_from("<H", record.payload, 8)[0] if len(record.payload) >= 10 else 0
        head, heading = self.heads.of(shape)
        whole = "".join(text)
        if head and whole.strip():
            whole = f"{head} {whole}"
        return [*pieces, (whole, heading, None, False)]

    def _control(self, control: Record, depth: int, text: list[str]) -> list[Piece]:
        kind = control.control
        if kind == "tbl ":
            return [("", 0, self.table(control, depth + 1), False)]
        if kind == "secd" and len(control.payload) >= 20:
            self.heads.outline = struct.unpack_from("<H", control.payload, 18)[0] or 1
        elif kind in _NOTES or kind in _MARGINS:
            lines = [
                line for _, part in _lists(control.children) for line in self._lines(part, depth + 1, [])
            ]
            (self.builder.document.notes if kind in _NOTES else self.builder.document.margins).extend(lines)
        elif kind == "gso ":
            if not any(child.tag == records.LIST_HEADER for child in _all(control.children)):
                self.builder.document.unread.append("그림")
            return self._boxes(control, depth + 1)
        elif kind == "tcps" and len(control.payload) > 6:
            length = struct.unpack_from("<H", control.payload, 4)[0]
            text.append(control.payload[6 : 6 + 2 * length].decode("utf-16-le", "ignore"))
        return []

    def _boxes(self, record: Record, depth: int) -> list[Piece]:
        """Paragraphs of the text boxes under a drawing object."""
        self.builder.deepen(depth)
        pieces: list[Piece] = []
        for _, paragraphs in _lists(record.children):
            for paragraph in paragraphs:
                pieces.extend((t, h, table, True) for t, h, table, _ in self.paragraph(paragraph, depth + 1))
        for child in record.children:
            if child.tag not in (records.PARA_HEADER, records.LIST_HEADER):
                pieces.extend(self._boxes(child, depth + 1))
        return pieces

    def _lines(self, paragraphs: Iterable[Record], depth: int, tables: list[Table]) -> list[str]:
        lines: list[str] = []
        for paragraph in paragraphs:
            for text, _, table, _ in self.paragraph(paragraph, depth):
                if table is None:
                    lines.extend(line for line in text.split("\n") if line.strip())
                elif len(table.cells) == 1 and not table.caption:
                    lines.extend(table.cells[0].lines)
                    tables.extend(table.cells[0].tables)
                else:
                    tables.append(table)
        return lines

    def table(self, control: Record, depth: int) -> Table:
        place = self.builder.table_place()
        cells: list[Cell] = []
        caption = ""
        grown = next((i for i, child in enumerate(control.children) if child.tag == records.TABLE), 0)
        caption_part, cell_part = control.children[:grown], control.children[grown:]
        promised = records.cells(control.children[grown]) if control.children else 0
        for _, paragraphs in _lists(caption_part):
            caption = " ".join(self._lines(paragraphs, depth + 1, []))
        for header, paragraphs in _lists(cell_part):
            if len(header.payload) < 16:
                raise Unreadable("표의 칸 정보가 깨진 HWP 문서입니다.")
            column, row, colspan, rowspan = struct.unpack_from("<4H", header.payload, 8)
            self._whole(struct.unpack_from("<H", header.payload)[0], len(paragraphs), "칸")
            tables: list[Table] = []
            lines = self._lines(paragraphs, depth + 1, tables)
            cells.append(Cell(row, column, lines, max(rowspan, 1), max(colspan, 1), False, tables))
        self.builder.count_cells(len(cells))
        self._whole(promised, len(cells), "표")
        return Table(placed(cells), place, caption)

    def _whole(self, promised: int, found: int, what: str) -> None:
        """Where fewer letters, cells or paragraphs are found than their head promises, the file is damaged:
        what was read of it is not called whole.
        """
        if promised > found:
            self.builder.document.unread.append(f"{what} 일부(파일이 손상됨)")


def _lists(children: list[Record]) -> list[tuple[Record, list[Record]]]:
    """Each list header with the paragraphs that follow it on the same level."""
    lists: list[tuple[Record, list[Record]]] = []
    for child in children:
        if child.tag == records.LIST_HEADER:
            lists.append((child, [c for c in child.children if c.tag == records.PARA_HEADER]))
        elif child.tag == records.PARA_HEADER and lists:
            lists[-1][1].append(child)
    return lists


def _text(body: bytes) -> Iterable[str | int]:
    """Runs of text and the codes of extended controls (which match the control records in order)."""
    units = struct.unpack(f"<{len(body) // 2}H", body[: len(body) // 2 * 2])
    position = start = 0
    while position < len(units):
        code = units[position]
        if code >= 32:
            position += 1
            continue
        if position > start:
            yield body[2 * start : 2 * position].decode("utf-16-le", "replace")
        if code in _SINGLE:
            yield _SINGLE[code]
        elif code == _TAB:
            yield " "
        single = code in (0, 13) or code >= 24 or code == 10
        if not single and code not in (4, 5, 6, 7, 8, 9, 19, 20):
            yield code
        position += 1 if single else 8
        start = position
    if position > start:
        yield body[2 * start :].decode("utf-16-le", "replace")


def read_hwp(data: bytes) -> Document:
    """A document from the bytes of an HWP v5 file."""
    container = Container(data)
    try:
        reader = _Reader(_Heads(container.info()))
        for roots in container.sections():
            reader.section(roots)
    except (struct.error, IndexError, RecursionError) as error:
        raise Unreadable("HWP 문서의 내부 구조가 깨졌습니다.") from error
    return reader.builder.document
