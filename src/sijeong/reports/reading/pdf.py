"""Reads PDF with text: ruled tables as grids with merged cells, everything else as lines, each with its
page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import count, pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from sijeong.reports.reading.documents import (
    Block,
    Builder,
    Cell,
    Document,
    Paragraph,
    Table,
    Unreadable,
    placed,
)
from sijeong.reports.reading.pdf_columns import columns, upright
from sijeong.reports.reading.pdf_page import SPACES, Box, Char, characters, drawn_letters, quarter, tables
from sijeong.reports.reading.textgrids import grids_of_lines

MOST_PAGES = 1000
MOST_DRAWN = 12
_PAGE_NUMBER = re.compile(r"[-–—·\s]*\d{1,4}(\s*/\s*\d{1,4})?[-–—·\s쪽]*")


def read_pdf(data: bytes) -> Document:
    """A document from the bytes of a PDF file that carries text."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Unreadable("암호가 걸린 PDF입니다. 암호를 풀어서 다시 주세요.") from error
        raise Unreadable("PDF 구조가 깨져 읽지 못했습니다.") from error
    try:
        return _read(pdf)
    except pdfium.PdfiumError as error:
        raise Unreadable("PDF 구조가 깨져 끝까지 읽지 못했습니다.") from error
    finally:
        pdf.close()


def _read(pdf: pdfium.PdfDocument) -> Document:
    if not 0 < len(pdf) <= MOST_PAGES:
        raise Unreadable(f"PDF가 {len(pdf):,}쪽이어서 읽지 않았습니다(1~{MOST_PAGES:,}쪽만 읽습니다).")
    builder = Builder("pdf")
    silent: list[int] = []
    for number in range(1, len(pdf) + 1):
        page = pdf[number - 1]
        top = page.get_mediabox()[3]
        chars = characters(page, top)
        if chars:
            _turned(builder, number, page, chars)
            if drawn_letters(page) > MOST_DRAWN:
                builder.document.unread.append(f"{number}쪽의 글자 일부(그림으로 그려져 있음)")
        elif raw.FPDFPage_CountObjects(page.raw):
            silent.append(number)
        page.close()
    builder.document.blocks = _numbered(grids_of_lines(builder, _whole(builder.document.blocks)))
    texts = [block.text for block in builder.document.paragraphs]
    if (not texts and not builder.document.tables) or len(silent) * 2 > len(pdf):
        raise Unreadable("글자가 없는 PDF입니다(스캔한 그림으로 보입니다). 글자가 든 파일을 주세요.")
    if _unmapped("".join(texts)):
        raise Unreadable("글꼴에 글자 정보가 없어 글을 읽을 수 없는 PDF입니다.")
    builder.document.unread += [f"{number}쪽(글자 없는 그림)" for number in silent]
    return builder.document


def _turned(builder: Builder, number: int, page: pdfium.PdfPage, chars: list[Char]) -> None:
    """One page, turned so that its letters stand upright."""
    size = page.get_size()
    found = tables(page, page.get_mediabox()[3])
    turn = quarter(page)
    if turn:
        chars = [Char(char.text, *upright(char[1:], turn, size)) for char in chars]
        found = [[upright(box, turn, size) for box in boxes] for boxes in found]
    _page(builder, number, chars, found, size if turn % 2 == 0 else size[::-1])


def _numbered(blocks: list[Block]) -> list[Block]:
    """The blocks counted anew, after lines became tables and tables were joined."""
    tables = count(1)
    for number, block in enumerate(blocks, 1):
        table = next(tables) if isinstance(block, Table) else None
        block.place = block.place._replace(block=number, table=table)
    return blocks


def _whole(blocks: list[Block]) -> list[Block]:
    """The blocks with every table joined that a page broke and that begins again with the same head."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(block, Table) and isinstance(last, Table) and _goes_on(last, block):
            height = last.height
            last.cells += [replace(cell, row=cell.row + height - 1) for cell in block.cells if cell.row]
        else:
            out.append(block)
    return out


def _goes_on(before: Table, table: Table) -> bool:
    heads = [
        [(cell.column, cell.rowspan, cell.colspan, cell.lines) for cell in t.cells if not cell.row]
        for t in (before, table)
    ]
    near = (table.place.page or 0) - (before.place.page or 0)
    plain = all(rowspan == 1 for _, rowspan, _, _ in heads[0])
    return heads[0] == heads[1] and plain and near >= 1 and table.height > 1 and before.width == table.width


def _unmapped(text: str) -> bool:
    """True when most characters are control or private codes: the font gives no Unicode."""
    odd = sum(1 for ch in text if ch < " " or ch == "\ufffd" or "\ue000" <= ch <= "\uf8ff")
    return odd * 3 > len(text) > 0


def _page(
    builder: Builder, number: int, chars: list[Char], found: list[list[Box]], size: tuple[float, float]
) -> None:
    frames = [(_hull(boxes), boxes) for boxes in found if len(boxes) > 1]
    frames.sort(key=lambda frame: -(frame[0][2] - frame[0][0]) * (frame[0][3] - frame[0][1]))
    outer = [f for i, f in enumerate(frames) if not any(_inside(f[0], o[0]) for o in frames[:i])]
    loose: list[Char] = []
    inside: list[list[Char]] = [[] for _ in outer]
    for char in chars:
        home = next((i for i, (hull, _) in enumerate(outer) if _holds(hull, char)), None)
        (loose if home is None else inside[home]).append(char)
    lines = _lines(loose)
    split = columns(lines, size)
    blocks: list[tuple[int, float, Paragraph | Table]] = []
    for side, group in (
        ((0, lines),) if split is None else ((0, split.wide), (1, split.left), (2, split.right))
    ):
        for top, paragraph in _written(builder, number, group, size):
            blocks.append((3 if split and not side and top > split.top else side, top, paragraph))
    for (hull, boxes), its in zip(outer, inside, strict=True):
        cells = _cells(boxes, its)
        builder.count_cells(len(cells))
        if any(cell.lines for cell in cells):
            side = split.side(hull[0], hull[2], hull[1]) if split else 0
            blocks.append((side, hull[1], Table(cells, builder.table_place(number))))
    for *_, block in sorted(blocks, key=lambda item: item[:2]):
        builder.add(block)


def _written(
    builder: Builder, number: int, lines: list[list[Char]], size: tuple[float, float]
) -> list[tuple[float, Paragraph]]:
    """The lines outside tables with their tops; running page numbers go to the margins."""
    width, height = size
    left = min((line[0].x0 for line in lines), default=0.0)
    right = max([width - left, *(line[-1].x1 for line in lines)])
    blocks: list[tuple[float, Paragraph]] = []
    before: list[Char] = []
    for line in lines:
        text, first = _joined(line), line[0]
        edge = first.top > height * 0.9 or first.bottom < height * 0.07
        if edge and _PAGE_NUMBER.fullmatch(text):
            builder.document.margins.append(text)
        elif text:
            indent = max(0, round((first.x0 - left) / max(first.bottom - first.top, 4)))
            flows = bool(before) and _flows(before, line, right)
            blocks.append((first.top, Paragraph(text, builder.place(number), indent, flows=flows)))
            before = line
    return blocks


def _flows(before: list[Char], line: list[Char], right: float) -> bool:
    """Whether ``line`` goes on what ``before`` began: letters of one size, close below, under the text of a line
    that fills most of the page, with no room left there for its first word.
    """
    first = line[0]
    letter = first.bottom - first.top
    alike = abs(letter - (before[0].bottom - before[0].top)) < letter * 0.05
    near = 0 < first.top - before[0].top < letter * 2.2
    under = before[0].x0 - 1 <= first.x0 <= before[0].x0 + letter * 3
    if not (alike and near and under) or before[-1].x1 - before[0].x0 < right * 0.6:
        return False
    end = next((c.x1 for c in line if c.text.endswith(SPACES)), line[-1].x1)
    return before[-1].x1 + (end - first.x0) + letter * 0.25 > right


def _hull(boxes: list[Box]) -> Box:
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _inside(inner: Box, outer: Box) -> bool:
    wide = inner[0] >= outer[0] - 1 and inner[2] <= outer[2] + 1
    return wide and inner[1] >= outer[1] - 1 and inner[3] <= outer[3] + 1


def _holds(box: Box, char: Char) -> bool:
    return box[0] <= (char.x0 + char.x1) / 2 <= box[2] and box[1] <= (char.top + char.bottom) / 2 <= box[3]


def _lines(chars: list[Char]) -> list[list[Char]]:
    """Characters grouped into lines from top to bottom, each from left to right."""
    lines: list[list[Char]] = []
    bounds: list[tuple[float, float]] = []
    for char in sorted(chars, key=lambda c: (c.top + c.bottom) / 2):
        middle = (char.top + char.bottom) / 2
        for index in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
            top, bottom = bounds[index]
            if top <= middle <= bottom or char.top <= (top + bottom) / 2 <= char.bottom:
                lines[index].append(char)
                bounds[index] = (
                    (min(top, char.top), max(bottom, char.bottom))
                    if char.bottom - char.top < 40
                    else bounds[index]
                )
                break
        else:
            lines.append([char])
            bounds.append((char.top, char.bottom))
    return [sorted(line, key=lambda c: c.x0) for line in sorted(lines, key=lambda li: min(c.top for c in li))]


def _joined(line: list[Char]) -> str:
    """Text of a line; a gap wider than a fifth of the letter height is a space, unless the letters of the
    line are all set apart.
    """
    parts: list[str] = []
    spaced = _spacing(line)
    for index, char in enumerate(line):
        parts.append(char.text.removesuffix(SPACES[1]) if spaced else char.text)
        after = line[index + 1] if index + 1 < len(line) else None
        if (
            after is not None
            and not parts[-1].endswith(SPACES)
            and after.x0 - char.x1 > max((char.bottom - char.top) * 0.2, spaced)
        ):
            parts.append(" ")
    # PDFium gives the two halves of a supplementary character one by one
    text = "".join(parts).replace(SPACES[1], " ").strip()
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _spacing(line: list[Char]) -> float:
    """The gap that a line set apart needs for a space: half more than most of its gaps; 0 for most lines."""
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(line) if a.text[-1:] != SPACES[0])
    middle = gaps[len(gaps) // 2] if len(gaps) > 3 else 0.0
    apart = middle > (line[0].bottom - line[0].top) * 0.2 and gaps[0] > middle * 0.5
    return middle * 1.5 if apart else 0.0


def _edges(values: list[float]) -> list[float]:
    """Distinct grid lines: rulings closer than 2 points are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2:
            edges.append(value)
    return edges


def _cells(boxes: list[Box], chars: list[Char]) -> list[Cell]:
    columns = _edges([x for box in boxes for x in (box[0], box[2])])
    rows = _edges([y for box in boxes for y in (box[1], box[3])])
    cells: list[Cell] = []
    left = list(chars)
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        mine = [char for char in left if _holds(box, char)]
        left = [char for char in left if not _holds(box, char)]
        x0, x1 = _index(columns, box[0]), _index(columns, box[2])
        y0, y1 = _index(rows, box[1]), _index(rows, box[3])
        lines = [text for line in _lines(mine) if (text := _joined(line))]
        cells.append(Cell(y0, x0, lines, max(y1 - y0, 1), max(x1 - x0, 1)))
    return placed(cells)


def _index(edges: list[float], value: float) -> int:
    return max(0, min(bisect_left(edges, value - 2), len(edges) - 1))
