"""Reads plain text and Markdown: tables drawn with tabs, pipes or HTML become grids, everything else stays
a line with its number.
"""

from __future__ import annotations

import html as entities
import re

from sijeong.reports.reading.documents import Builder, Cell, Document, Paragraph, Table, flowed
from sijeong.reports.reading.html import Reader, parse
from sijeong.reports.reading.textgrids import grids_of_lines

_TAGS = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|p|div|sup|sub|ul|ol|li|center|a|img|mark|small|del|ins|input)\b[^<>]{0,300}>",
    re.I,
)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")
_FEATURES = re.compile(r"^\s{0,3}(#{1,6} |\|.*\|\s*$|```|!\[)|\*\*\S|</?table\b|<(?:ul|li|br)\b", re.I | re.M)
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*")
_NUMERIC = re.compile(r"[△▲\-+]?[\d,.]*\d[\d,.]*\s*(%|명|건|개|원|천원|백만원|억원)?(\s*[/(].*)?")


def read_text(text: str) -> Document:
    """A document from text: 'markdown' if it has Markdown's or HTML's marks, else 'text'."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    builder = Builder("markdown" if _FEATURES.search(text) else "text")
    paged = "\f" in text
    page = 1 if paged else None
    index = 0
    while index < len(lines):
        line = lines[index]
        if page is not None:
            page += line.count("\f")
        taken = _table_at(builder, lines, index, page)
        if taken:
            index += taken
            continue
        _line(builder, line, index + 1, page)
        index += 1
    builder.document.blocks = grids_of_lines(builder, builder.document.blocks)
    return builder.document


def _line(builder: Builder, line: str, number: int, page: int | None) -> None:
    heading = 0
    if builder.document.format == "markdown" and (mark := re.match(r"\s{0,3}(#{1,6})\s+", line)):
        heading = len(mark[1])
        line = line[mark.end() :]
    for part in _BREAK.split(line.replace("\f", "")):
        text = plain(part) if builder.document.format == "markdown" else part.rstrip().replace("\xa0", " ")
        if text.strip():
            indent = len(text) - len(text.lstrip())
            builder.add(Paragraph(text.strip(), builder.place(page, number), indent, heading))


def plain(text: str) -> str:
    """Markdown's inline marks removed; leading spaces kept, for they tell the level."""
    text = _TAGS.sub("", text)
    previous = None
    while previous != text:
        previous, text = text, _EMPHASIS.sub(r"\2", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~])", r"\1", text)
    return entities.unescape(text).replace("\xa0", " ").rstrip()


def _table_at(builder: Builder, lines: list[str], index: int, page: int | None) -> int:
    """Reads the table that begins at a line; how many lines it took, 0 if there is none."""
    line = lines[index]
    if builder.document.format == "markdown" and re.search(r"<table\b", line, re.I):
        return _html_table(builder, lines, index)
    if line.count("|") >= 2 and line.strip().startswith("|"):
        return _pipe_table(builder, lines, index, page)
    if "\t" in line.strip():
        return _tab_table(builder, lines, index, page)
    return 0


def _html_table(builder: Builder, lines: list[str], index: int) -> int:
    depth = 0
    for end in range(index, len(lines)):
        depth += len(re.findall(r"<table\b", lines[end], re.I)) - len(
            re.findall(r"</table>", lines[end], re.I)
        )
        if depth <= 0:
            break
    source = "\n".join(lines[index : end + 1])
    builder.document.blocks += Reader(builder, index + 1).read(parse(f"<body>{source}</body>"))
    return end + 1 - index


def _pipe_table(builder: Builder, lines: list[str], index: int, page: int | None) -> int:
    end = index
    while end < len(lines) and lines[end].strip().startswith("|"):
        end += 1
    rows = [_pipe_cells(line) for line in lines[index:end] if not _RULE.fullmatch(line)]
    if end - index < 2 or not rows:
        return 0
    ruled = end - index > 1 and bool(_RULE.fullmatch(lines[index + 1]))
    cells = [
        Cell(r, c, _cell_lines(text), header=ruled and r == 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    builder.count_cells(len(cells))
    builder.add(Table(cells, builder.table_place(page, index + 1)))
    return end - index


def _pipe_cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))]


def _cell_lines(text: str) -> list[str]:
    parts = re.split(r"<br\s*/?>|</?(?:ul|ol|li|p|div)\b[^<>]*>", text, flags=re.I)
    return [clean for part in parts if (clean := plain(part).strip())]


def _tab_table(builder: Builder, lines: list[str], index: int, page: int | None) -> int:
    rows: list[list[str]] = []
    end = index
    while end < len(lines) and "\t" in lines[end].strip("\n "):
        row = lines[end]
        end += 1
        while (
            row.count("<ul") > row.count("</ul>")
            and end < len(lines)
            and lines[end].strip()
            and "\t" not in lines[end]
        ):
            row += "<br>" + lines[end].strip()
            end += 1
        rows.append([cell.strip() for cell in row.strip("\n").split("\t")])
    if not rows:
        return 0
    width = max(map(len, rows))
    builder.count_cells(width * len(rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    heads = next((r for r, row in enumerate(rows) if any(_NUMERIC.fullmatch(cell) for cell in row)), 1)
    table = Table(_merged(rows, max(heads, 1)), builder.table_place(page, index + 1))
    builder.count_cells(len(table.cells))
    if width == 1:
        return 0
    builder.add(table)
    return end - index


def _merged(rows: list[list[str]], heads: int) -> list[Cell]:
    """Cells of a table without merge marks: in a head of several rows a blank continues its left or upper
    neighbour.
    """
    if heads < 2:
        return [
            Cell(r, c, _cell_lines(text), header=r < heads)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
    width = len(rows[0])
    spec: list[list[tuple[list[str], int, int, bool]]] = [[] for _ in rows]
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            rowspan = colspan = 1
            if r < heads and text:
                below = [rows[r + k][c] for k in range(1, heads - r)]
                if not any(below):
                    rowspan = heads - r
                else:
                    while (
                        c + colspan < width
                        and not row[c + colspan]
                        and any(rows[k][c + colspan] for k in range(r + 1, heads))
                    ):
                        colspan += 1
            covered |= {(i, j) for i in range(r, r + rowspan) for j in range(c, c + colspan)}
            spec[r].append((_cell_lines(text), rowspan, colspan, r < heads))
    return flowed(spec)
