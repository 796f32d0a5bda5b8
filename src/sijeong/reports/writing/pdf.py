"""A report as PDF by typst. All words go in as string literals: nothing in them can be taken for markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst

from .model import Bar, Grid, Report, Statement
from .widths import shares

_SET = r"""
#set document(title: {title}, author: {author}, date: datetime(year: {year}, month: {month}, day: {day}))
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 20mm), numbering: "- 1 -")
#set text(font: "Pretendard GOV", size: 12pt, lang: "ko", region: "KR")
#set par(justify: true, leading: 0.75em, spacing: 0.75em)
#set table(stroke: 0.4pt + rgb("#44546a"), inset: (x: 5pt, y: 4pt))
#show table.cell: set text(size: 9.5pt)
#show table.cell: set par(justify: false, leading: 0.5em)
#show heading: it => it.body
// Korean offices break lines between words; typst would break inside them.
#let words(body) = {{ show regex("\S{{1,24}}"): box; body }}
#let line(left, hang, body, size: 12pt, weight: "regular", above: 0.75em) = block(above: above, inset: (left: left),
  par(hanging-indent: hang, text(size: size, weight: weight, words(body))))
#let bar(level, number, title) = block(above: 1.2em, below: 0.9em, width: 100%, sticky: true, grid(columns: (12mm, 1fr),
  grid.cell(fill: rgb("#1f3b63"), inset: 6pt, align(center + horizon, text(fill: white, weight: "bold", size: 14pt, number))),
  grid.cell(inset: (left: 8pt, y: 6pt), stroke: (bottom: 1.2pt + rgb("#1f3b63")),
    align(left + horizon, heading(level: level, outlined: true, text(weight: "bold", size: if level == 1 {{ 16pt }} else {{ 14pt }},
      fill: if level == 1 {{ rgb("#1f3b63") }} else {{ black }}, title))))))
#let caption(body) = block(above: 1em, below: 0.4em, width: 100%, sticky: true, align(center, text(weight: "bold", size: 11pt, body)))
#let unit(body) = block(above: 0.3em, below: 0.4em, width: 100%, sticky: true, align(right, text(size: 9pt, body)))
#let h(body) = text(weight: "bold", body)
"""
_LINES = {
    "□": 'line(0mm, 6mm, {}, size: 13pt, weight: "bold", above: 1.1em)', "○": "line(4mm, 6mm, {})",
    "-": "line(9mm, 4mm, {}, size: 11.5pt)", "·": "line(13mm, 3.5mm, {}, size: 11pt)",
    "※": "line(11mm, 5mm, {}, size: 10.5pt)", "": "line(0mm, 0mm, {})",
}  # fmt: skip
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": " ", "\t": " "})


def _text(text: str) -> str:
    """A typst string literal."""
    return f'"{text.translate(_ESCAPES)}"'


def _table(grid: Grid) -> str:
    columns = ", ".join(f"{share * 100:.2f}fr" for share in shares(grid))
    rows: list[list[str]] = [[] for _ in grid.rows]
    for row, column, square in grid.placed:
        lines = " + linebreak() + ".join(map(_text, square.texts)) or '""'
        look = f'fill: rgb("#e3eaf4"), h({lines})' if square.head else lines
        rows[row].append(
            f"table.cell(x: {column}, y: {row}, rowspan: {square.rowspan}, colspan: {square.colspan},"
            f" align: {square.aligned} + horizon, {look})"
        )
    body = [cell for row in rows[grid.head :] for cell in row]
    head = [cell for row in rows[: grid.head] for cell in row]
    cells = ([f"table.header({', '.join(head)})"] if head else []) + body
    return f"#block(width: 100%, table(columns: ({columns},), {', '.join(cells)}))"


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


def _source(report: Report) -> Iterator[str]:
    day = report.base
    yield _SET.format(
        title=_text(report.title), author=_text(report.bureau), year=day.year, month=day.month, day=day.day
    )
    yield from _cover(report)
    for part in report.parts:
        if isinstance(part, Bar):
            if part.level == 1:
                yield "#pagebreak(weak: true)"
            yield f"#bar({part.level}, {_text(part.marker)}, {_text(part.title)})"
        elif isinstance(part, Statement):
            yield "#" + _LINES[part.marker].format(_text(part.text))
        else:
            for text in part.captions:
                yield f"#{'caption' if text.startswith('【') else 'unit'}({_text(text)})"
            yield _table(part)


def typst_source(report: Report) -> str:
    """The report in typst's own language, for who wants to set it otherwise."""
    return "\n".join(_source(report))


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def write_pdf(report: Report, fonts: Path) -> bytes:
    """The report as tagged PDF with an outline; ``fonts`` is a folder with Pretendard GOV, regular and bold."""
    return typst.compile(
        typst_source(report).encode(),
        format="pdf",
        font_paths=_fonts(fonts),
        pdf_standards="ua-1",
        timestamp=dt.datetime.combine(report.base, dt.time(), dt.UTC),
    )
