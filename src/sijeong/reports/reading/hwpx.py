"""Reads HWPX (OWPML, KS X 6101) as a stream: only what the model keeps is built, at any depth of nesting."""

from __future__ import annotations

import re
from collections.abc import Callable

from sijeong.reports.reading import hwpx_tokens as tokens
from sijeong.reports.reading.archives import Archive
from sijeong.reports.reading.documents import Builder, Cell, Document, Paragraph, Table, Unreadable, placed
from sijeong.reports.reading.hwpx_feeds import quickly, strictly
from sijeong.reports.reading.hwpx_frames import Attributes, Frame, Handlers, OpenParagraph
from sijeong.reports.reading.hwpx_heads import Heads

# where lines were broken on the page and how large cells are: a third of a section, and none of its words
_LAYOUT = re.compile(rb"<(\w+:)linesegarray>.*?</\1linesegarray>|<\w+:(?:cellSz|cellMargin)\s[^<>]*/>", re.S)
_INLINE = {"lineBreak": "\n", "tab": " ", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}


class _Reader:
    """The state of one pass over the sections."""

    def __init__(self, heads: Heads) -> None:
        self.builder = Builder("hwpx")
        self.heads = heads
        self._frames: list[Frame] = [Frame()]
        self._open: list[OpenParagraph] = []
        self._tables: list[Table] = []
        self.saying = False
        self._deleting = False
        self.skipping = 0
        self.starts, self.ends = Handlers(self._openers()), Handlers(self._closers())

    def _openers(self) -> dict[str, Callable[[Attributes], None]]:
        starts: dict[str, Callable[[Attributes], None]] = {
            "p": self._p,
            "t": self._t,
            "mainText": self._t,
            "tbl": self._tbl,
            "tc": self._tc,
            "cellAddr": self._cell_address,
            "cellSpan": self._cell_span,
            "secPr": self._section_properties,
            "compose": self._compose,
            "pic": lambda _: self.builder.document.unread.append("그림"),
            "case": self.case,
            "deleteBegin": self._delete,
            "deleteEnd": self._keep,
        }
        starts |= {name: self._inline(text) for name, text in _INLINE.items()}
        starts |= dict.fromkeys(("caption", "header", "footer", "footNote", "endNote"), self._holder)
        starts["drawText"] = self._box
        return starts

    def _closers(self) -> dict[str, Callable[[Attributes], None]]:
        ends: dict[str, Callable[[Attributes], None]] = {
            "p": self._end_p,
            "t": self._end_t,
            "mainText": self._end_t,
            "tbl": self._end_tbl,
            "tc": self._end_tc,
            "caption": self._end_caption,
            "drawText": self._end_box,
            "case": self.end_case,
        }
        ends |= dict.fromkeys(("header", "footer"), self._end_margin)
        ends |= dict.fromkeys(("footNote", "endNote"), self._end_note)
        return ends

    def read(self, data: bytes, name: str) -> None:
        """One section: by its tokens where it is of the plain kind, else by the strict parser."""
        try:
            found = tokens.tokens(data)
            if found is None:
                strictly(self, _LAYOUT.sub(b"", data), name)
            else:
                quickly(self, found)
        except (ValueError, IndexError) as error:
            raise Unreadable(f"{name}의 표나 문단 구조가 올바르지 않습니다.") from error

    def plain_p(self, shape: str, text: str | None) -> None:
        """A paragraph that holds one run of text and nothing else."""
        said = "" if text is None or self._deleting else tokens.unescaped(text)
        frame = self._frames[-1]
        if frame.boxed or shape in self.heads.drawn:
            self._open.append(OpenParagraph(shape))
            self._open[-1].text.append(said)
            self._end_p({})
        elif len(self._frames) > 1:
            self._into(frame, said)
        elif said.strip():
            indent = len(said) - len(said.lstrip())
            self.builder.add(Paragraph(said, self.builder.place(), indent))

    def plain_cell(self, *parts: str | None) -> None:
        """A cell that holds one plain paragraph."""
        attributes, shape, text, column, row, colspan, rowspan = parts
        frame = Frame()
        if text or shape in self.heads.drawn:
            self._frames.append(frame)
            self.plain_p(shape or "", text)
            self._frames.pop()
        header = 'header="1"' in (attributes or "")
        place = int(row or 0), int(column or 0)
        span = int(rowspan or 1) or 1, int(colspan or 1) or 1
        self._tables[-1].cells.append(Cell(*place, frame.lines, *span, header, frame.tables))

    def say(self, text: str) -> None:
        if self.saying and not self._deleting and not self.skipping:
            self._open[-1].text.append(text)

    def _p(self, attributes: Attributes) -> None:
        self._open.append(OpenParagraph(attributes.get("paraPrIDRef")))

    def _end_p(self, _: Attributes) -> None:
        paragraph = self._open.pop()
        text = "".join(paragraph.text)
        heading = 0
        if paragraph.property in self.heads.drawn:
            head, heading = self.heads.of(paragraph.property)
            text = f"{head} {text}" if head and text.strip() else text
        frame = self._frames[-1]
        if len(self._frames) > 1 and not frame.boxed:
            for piece in paragraph.pieces:
                self._into(frame, piece)
            if text:
                self._into(frame, text)
            return
        found = [self._placed(piece, 0, frame.boxed) for piece in paragraph.pieces]
        found.append(self._placed(text, heading, frame.boxed))
        if frame.boxed:
            self._open[-1].pieces += [block for block in found if block is not None]
        else:
            for block in found:
                self._emit(block)

    def _placed(self, piece: Paragraph | Table | str, heading: int, boxed: bool) -> Paragraph | Table | None:
        if not isinstance(piece, str):
            return piece
        if not piece.strip():
            return None
        return Paragraph(piece, self.builder.place(), len(piece) - len(piece.lstrip()), heading, boxed)

    def _emit(self, block: Paragraph | Table | None) -> None:
        if isinstance(block, Table) and len(block.cells) == 1 and not block.caption:
            for line in block.cells[0].lines:
                self.builder.add(Paragraph(line, self.builder.place(), 0, 0, True))
            for inner in block.cells[0].tables:
                self.builder.add(inner)
        elif block is not None:
            self.builder.add(block)

    @staticmethod
    def _into(frame: Frame, piece: Paragraph | Table | str) -> None:
        """One piece into a cell, note or running head: lines and tables apart, a frame of one cell as its
        lines.
        """
        if isinstance(piece, Table):
            if len(piece.cells) == 1 and not piece.caption:
                frame.lines += piece.cells[0].lines
                frame.tables += piece.cells[0].tables
            else:
                frame.tables.append(piece)
            return
        text = piece if isinstance(piece, str) else piece.text
        if "\n" in text:
            frame.lines += [line for line in text.split("\n") if line.strip()]
        elif text and not text.isspace():
            frame.lines.append(text)

    def _t(self, _: Attributes) -> None:
        self.saying = bool(self._open)

    def _end_t(self, _: Attributes) -> None:
        self.saying = False

    def _inline(self, text: str) -> Callable[[Attributes], None]:
        return lambda _: self.say(text)

    def _delete(self, _: Attributes) -> None:
        self._deleting = True

    def _keep(self, _: Attributes) -> None:
        self._deleting = False

    def _compose(self, attributes: Attributes) -> None:
        self._open[-1].text.append(attributes.get("composeText", ""))

    def _section_properties(self, attributes: Attributes) -> None:
        self.heads.outline = attributes.get("outlineShapeIDRef", "1")

    def case(self, _: Attributes) -> None:
        self.skipping += 1

    def end_case(self, _: Attributes) -> None:
        self.skipping -= 1

    def _tbl(self, _: Attributes) -> None:
        self._open[-1].flush()
        self.builder.deepen(len(self._tables))
        self._tables.append(Table([], self.builder.table_place()))

    def _end_tbl(self, _: Attributes) -> None:
        table = self._tables.pop()
        self.builder.count_cells(len(table.cells))
        placed(table.cells)
        self._open[-1].pieces.append(table)

    def _tc(self, attributes: Attributes) -> None:
        frame = Frame()
        frame.header = attributes.get("header") == "1"
        self._frames.append(frame)

    def _cell_address(self, attributes: Attributes) -> None:
        self._frames[-1].where = (int(attributes.get("rowAddr") or 0), int(attributes.get("colAddr") or 0))

    def _cell_span(self, attributes: Attributes) -> None:
        self._frames[-1].span = (int(attributes.get("rowSpan") or 1), int(attributes.get("colSpan") or 1))

    def _end_tc(self, _: Attributes) -> None:
        frame = self._frames.pop()
        (row, column), (rowspan, colspan) = frame.where, frame.span
        self._tables[-1].cells.append(
            Cell(row, column, frame.lines, max(rowspan, 1), max(colspan, 1), frame.header, frame.tables)
        )

    def _holder(self, _: Attributes) -> None:
        self._frames.append(Frame())

    def _end_margin(self, _: Attributes) -> None:
        self.builder.document.margins += self._frames.pop().lines

    def _end_note(self, _: Attributes) -> None:
        self.builder.document.notes += self._frames.pop().lines

    def _end_caption(self, _: Attributes) -> None:
        frame = self._frames.pop()
        if self._tables:
            self._tables[-1].caption = " ".join(frame.lines)

    def _box(self, _: Attributes) -> None:
        self._open[-1].flush()
        self.builder.deepen(len(self._frames) // 2)
        self._frames.append(Frame(boxed=True))

    def _end_box(self, _: Attributes) -> None:
        self._frames.pop()


def read_hwpx(data: bytes) -> Document:
    """A document from the bytes of an HWPX file."""
    archive = Archive(data)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise Unreadable("암호가 걸린 문서입니다. 암호를 풀어서 다시 주세요.")
    numbers = {
        int(m[1]): name for name in archive.names if (m := re.fullmatch(r"Contents/section(\d+)\.xml", name))
    }
    if not numbers:
        raise Unreadable("본문(Contents/section0.xml)이 없는 HWPX 파일입니다.")
    if sorted(numbers) != list(range(len(numbers))):
        raise Unreadable("HWPX의 구역 번호가 이어지지 않습니다(일부가 빠진 파일입니다).")
    reader = _Reader(Heads(archive.xml("Contents/header.xml")))
    for number in sorted(numbers):
        reader.read(archive.read(numbers[number]), numbers[number])
    return reader.builder.document
