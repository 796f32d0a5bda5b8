"""A report as PDF by typst. All words go in as string literals: nothing in them can be taken for markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import typst

from .holding import advances, held
from .model import Bar, Grid, Report, Square, Statement
from .widths import fit

_MM = 72 / 25.4
_BODY = 170 * _MM
_CELL, _INSET = 9.5, 4.0  # pt
_HALF = 0.432  # ems of half a Hangul syllable
_ROOM = _BODY / (_CELL * _HALF)  # half-width letters of a cell beside each other
_WHOLE = 22  # lines of a table that is not to be cut by a page's end
_SET = r"""
#set document(title: {title}, author: {author}, date: datetime(year: {year}, month: {month}, day: {day}))
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 20mm))
#set text(font: "Pretendard GOV", size: 12pt, lang: "ko", region: "KR")
#set par(justify: true, linebreaks: "simple", leading: 0.75em, spacing: 0.75em)
#set table(stroke: 0.4pt + rgb("#44546a"), inset: (x: 4pt, y: 4pt), align: center + horizon)
// A row that fits a page is not cut by its end.
#set table.cell(breakable: false)
#show table: set par(justify: false, leading: 0.5em, spacing: 0.55em)
#show table: set text(size: 9.5pt)
#show heading: it => it.body
#let line(left, hang, body, size: 12pt, weight: "regular", above: 0.75em, sticky: false) = block(above: above, inset: (left: left),
  sticky: sticky, par(hanging-indent: hang, text(size: size, weight: weight, body)))
#let bar(level, number, title, room) = block(above: 1.2em, below: 0.9em, width: 100%, sticky: true, grid(columns: (room, 1fr),
  grid.cell(fill: rgb("#1f3b63"), inset: 6pt, align(center + horizon, text(fill: white, weight: "bold", size: 14pt, number))),
  grid.cell(inset: (left: 8pt, y: 6pt), stroke: (bottom: 1.2pt + rgb("#1f3b63")),
    align(left + horizon, heading(level: level, outlined: true, text(weight: "bold", size: if level == 1 {{ 16pt }} else {{ 14pt }},
      fill: if level == 1 {{ rgb("#1f3b63") }} else {{ black }}, title))))))
#let caption(body) = block(above: 1em, below: 0.4em, width: 100%, sticky: true, align(center, text(weight: "bold", size: 11pt, body)))
#let unit(body) = block(above: 0.3em, below: 0.4em, width: 100%, sticky: true, align(right, text(size: 9pt, body)))
#let h(body) = text(weight: "bold", body)
"""


class _Line(NamedTuple):
    """How a statement is set: left margin and hanging indent in mm, letters in pt, and the rest of the look."""

    left: float
    hang: float
    size: float = 12
    look: str = ""


_LINES = {
    "□": _Line(0, 6, 13, ', weight: "bold", above: 1.1em, sticky: true'), "○": _Line(4, 6), "-": _Line(9, 4, 11.5),
    "·": _Line(13, 3.5, 11), "※": _Line(11, 5, 10.5), "": _Line(0, 0),
}  # fmt: skip
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": " ", "\t": " "})


def _text(text: str) -> str:
    """A typst string literal."""
    return f'"{text.translate(_ESCAPES)}"'


class _Letters:
    """The advance widths of the two weights."""

    def __init__(self, fonts: Path) -> None:
        self.regular = advances(fonts / "PretendardGOV-Regular.otf")
        self.bold = advances(fonts / "PretendardGOV-Bold.otf")

    def breadth(self, text: str) -> float:
        """The width of a text, as heads have it, in half a Hangul syllable."""
        return self.bold(text) / _HALF

    def held(
        self, text: str, size: float, first: float, rest: float | None = None, *, bold: bool = False
    ) -> str:
        """The text for a line of ``first`` pt, following lines of ``rest`` pt, as an expression of typst's."""
        measure = self.bold if bold else self.regular
        pieces = held(text, measure, first / size, None if rest is None else rest / size)
        return " + ".join(f"box({_text(piece)})" if hold else _text(piece) for piece, hold in pieces) or '""'


@cache
def _letters(fonts: Path) -> _Letters:
    return _Letters(fonts)


def _statement(part: Statement, letters: _Letters) -> str:
    line = _LINES[part.marker]
    room = _BODY - line.left * _MM
    text = letters.held(part.text, line.size, room, room - line.hang * _MM, bold=part.marker == "□")
    return f"#line({line.left}mm, {line.hang}mm, {text}, size: {line.size}pt{line.look})"


def _look(square: Square, letters: _Letters, size: float, room: float) -> tuple[str, str]:
    """A cell's words, and where they stand in it; what bears a marker hangs by it, and a □ is a head."""
    if square.head or square.aligned != "left":
        lines = [letters.held(text, size, room, bold=square.head) for text in square.texts]
        joined = " + linebreak() + ".join(lines) or '""'
        return (f'fill: rgb("#e3eaf4"), h({joined})' if square.head else joined), "horizon"
    lines = []
    for text in square.texts:
        marked, bold = text[:1] in "□○◦-·※" and bool(text), text.startswith("□")
        said = letters.held(text, size, room, room - size if marked else None, bold=bold)
        lines.append(f"par(hanging-indent: {1 if marked else 0}em, {f'h({said})' if bold else said})")
    return " + ".join(lines) or '""', "top"


def _table(grid: Grid, letters: _Letters, largest: float = _CELL) -> str:
    fitted = fit(grid, _ROOM, letters.breadth)
    size = largest * fitted.scale
    rows: list[list[str]] = [[] for _ in grid.rows]
    merged = any(square.rowspan > 1 or square.colspan > 1 for _, _, square in grid.placed)
    for row, column, square in grid.placed:
        room = sum(fitted.shares[column : column + square.colspan]) * _BODY - (2 * _INSET + 1) * fitted.scale
        look, place = _look(square, letters, size, room)
        told = (
            [f"align: {square.aligned} + {place}"] if (square.aligned, place) != ("center", "horizon") else []
        )
        if merged:
            told += [f"x: {column}, y: {row}, rowspan: {square.rowspan}, colspan: {square.colspan}"]
        if square.rowspan > 1 or fitted.lines[row] > _WHOLE:
            told += ["breakable: true"]
        rows[row].append(f"table.cell({', '.join([*told, look])})" if told or square.head else look)
    body = [cell for row in rows[grid.head :] for cell in row]
    head = [cell for row in rows[: grid.head] for cell in row]
    cells = ([f"table.header({', '.join(head)})"] if head else []) + body
    columns = ", ".join(f"{share * 100:.2f}fr" for share in fitted.shares)
    whole = sum(fitted.lines) <= _WHOLE
    own = f"set table(inset: {_INSET * size / _CELL:.2f}pt)\nshow table: set text(size: {size:.2f}pt)\n"
    return (
        f"#block(width: 100%, breakable: {'false' if whole else 'true'}, "
        f"{{{own if size != _CELL else ''}table(columns: ({columns},), {', '.join(cells)})}})"
    )


def _cover(report: Report) -> Iterator[str]:
    yield "#v(38mm)"
    for line in report.cover:
        if line == report.title:
            yield (
                '#block(width: 100%, above: 14mm, below: 14mm, inset: (y: 12mm), fill: rgb("#f3f6fb"),'
                ' stroke: (y: 1.5pt + rgb("#1f3b63")), align(center, text(size: 26pt, weight: "bold",'
                f' fill: rgb("#1f3b63"), {_text(line)})))'
            )
        else:
            yield f'#block(width: 100%, above: 8mm, align(center, text(size: 16pt, weight: "bold", {_text(line)})))'


def _source(report: Report, letters: _Letters) -> Iterator[str]:
    day = report.base
    yield _SET.format(
        title=_text(report.title), author=_text(report.bureau), year=day.year, month=day.month, day=day.day
    )
    yield from _cover(report)
    if contents := report.contents:
        yield "#pagebreak()\n#v(20mm)"
        yield from _grid(contents, letters, 12.5)
    yield '#set page(numbering: "- 1 -")\n#counter(page).update(1)'
    for part in report.body[bool(contents) :]:
        if isinstance(part, Bar):
            if part.level == 1:
                yield "#pagebreak(weak: true)"
            yield f"#bar({part.level}, {_text(part.marker)}, {_text(part.title)}, {22 if part.annex else 12}mm)"
        elif isinstance(part, Statement):
            yield _statement(part, letters)
        else:
            yield from _grid(part, letters)


def _grid(grid: Grid, letters: _Letters, largest: float = _CELL) -> Iterator[str]:
    for text in grid.captions:
        yield f"#{'caption' if text.startswith('【') else 'unit'}({_text(text)})"
    yield _table(grid, letters, largest)


def typst_source(report: Report, fonts: Path) -> str:
    """The report in typst's own language, for who wants to set it otherwise."""
    return "\n".join(_source(report, _letters(fonts)))


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def write_pdf(report: Report, fonts: Path) -> bytes:
    """The report as tagged PDF with an outline, PDF/UA-1 where its words allow; ``fonts`` is a folder with Pretendard GOV, regular and bold."""
    source, moment = typst_source(report, fonts).encode(), dt.datetime.combine(report.base, dt.time(), dt.UTC)
    try:
        return typst.compile(
            source, format="pdf", font_paths=_fonts(fonts), timestamp=moment, pdf_standards="ua-1"
        )
    except typst.TypstError:
        # A letter that the font lacks, a title of nothing: PDF/UA refuses them, the report still has to be written.
        return typst.compile(source, format="pdf", font_paths=_fonts(fonts), timestamp=moment)
