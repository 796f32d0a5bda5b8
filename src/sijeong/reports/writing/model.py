"""A report as it is to be written: statements in 개조식 and tables, every figure bound to where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from sijeong.reports.reading.documents import Block, Cell, Document, Paragraph, Place, Table, flowed

Align = Literal["left", "center", "right"]
MARKERS = ("□", "○", "-", "·", "※")
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: its name for a reader, and the page that opens its cases or ledger lines.

    ``rows`` are the keys of the very rows that were counted, where the figure is a count of rows.
    """

    label: str
    address: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed, what it is worth, and the key of its source in `Report.sources`."""

    text: str
    value: Decimal | int
    source: str


Run = str | Figure


def said(runs: tuple[Run, ...]) -> str:
    """Runs as plain text."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: □, ○, -, · or ※ and its text. Without a marker it is a plain paragraph."""

    marker: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return f"{self.marker} {said(self.runs)}" if self.marker else said(self.runs)


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar over a chapter (level 1: Ⅰ, Ⅱ … or 별첨 1, 별첨 2 …; begins a page) or a programme (level 2: 1, 2 …)."""

    level: Literal[1, 2]
    number: int
    title: str
    annex: bool = False

    @property
    def marker(self) -> str:
        if self.annex:
            return f"별첨 {self.number}"
        return ROMAN[self.number - 1] if self.level == 1 else str(self.number)


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a table; `lines` of runs. `align` None: figures to the right, everything else centred."""

    lines: tuple[tuple[Run, ...], ...]
    rowspan: int = 1
    colspan: int = 1
    head: bool = False
    align: Align | None = None

    @property
    def texts(self) -> list[str]:
        return [said(line) for line in self.lines]

    @property
    def aligned(self) -> Align:
        if self.align:
            return self.align
        figures = any(isinstance(run, Figure) for line in self.lines for run in line)
        return "right" if figures and not self.head else "center"


@dataclass(frozen=True)
class Grid:
    """A table under 【title】; `rows` hold cells as HTML rows do: what a merged cell covers is left out."""

    rows: tuple[tuple[Square, ...], ...]
    title: str = ""
    base: str = ""
    unit: str = ""

    @property
    def captions(self) -> list[str]:
        """The lines above: 【title】, then base date and unit as offices print them."""
        told = f"(기준 / 단위 : {self.base} / {self.unit})" if self.base and self.unit else ""
        told = told or (f"(단위: {self.unit})" if self.unit else f"({self.base} 기준)" if self.base else "")
        return [line for line in (f"【 {self.title} 】" if self.title else "", told) if line]

    @cached_property
    def placed(self) -> list[tuple[int, int, Square]]:
        """Cells with their row and column, from 0."""
        flow = flowed([[(s.texts, s.rowspan, s.colspan, s.head) for s in row] for row in self.rows])
        squares = (square for row in self.rows for square in row)
        return [(cell.row, cell.column, square) for cell, square in zip(flow, squares, strict=True)]

    @cached_property
    def width(self) -> int:
        return max((column + square.colspan for _, column, square in self.placed), default=0)

    @property
    def head(self) -> int:
        """How many rows at the top are heads throughout."""
        rows = 0
        if len(self.rows) > 1 and all(square.head for row in self.rows for square in row):
            return 1
        while rows < len(self.rows) and self.rows[rows] and all(square.head for square in self.rows[rows]):
            rows += 1
        return rows


Part = Bar | Statement | Grid


@dataclass(slots=True)
class Report:
    """A whole report. `base` is the day at which its figures were frozen."""

    title: str
    bureau: str
    occasion: str
    base: dt.date
    parts: list[Part] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def figures(self) -> Iterator[tuple[Figure, str]]:
        """Every bound figure with the words around it."""
        for part in self.parts:
            if isinstance(part, Statement):
                yield from ((run, part.text) for run in part.runs if isinstance(run, Figure))
            elif isinstance(part, Grid):
                for row, column, square in part.placed:
                    place = f"【 {part.title} 】 {row + 1}줄 {column + 1}칸"
                    yield from (
                        (run, place) for line in square.lines for run in line if isinstance(run, Figure)
                    )

    @property
    def cover(self) -> list[str]:
        """The lines of the first page."""
        day = f"{self.base.year}. {self.base.month}. {self.base.day}."
        return [line for line in (self.occasion, self.title, day, self.bureau) if line]

    @property
    def contents(self) -> Grid | None:
        """보고 순서: the chapters with what stands in them; a report of one chapter needs none."""
        told: list[tuple[str, list[str]]] = []
        for part in self.parts:
            if isinstance(part, Bar) and part.level == 1:
                told.append((part.marker, [part.title]))
            elif isinstance(part, Bar) and told:
                told[-1][1].append(f"{part.marker}. {part.title}")
        if len(told) < 2:
            return None
        rows = []
        for marker, (title, *lines) in told:
            chapter = Square(((title,),), 1, 1 if lines else 2, True, "left")
            under = Square(tuple((line,) for line in lines), align="left")
            rows.append((Square(((marker,),), head=True), chapter, *([under] if lines else [])))
        return Grid(tuple(rows), "보고 순서")

    @property
    def body(self) -> list[Part]:
        """Everything after the cover; a table without rows is none."""
        contents = self.contents
        parts = [part for part in self.parts if not isinstance(part, Grid) or part.rows]
        return [contents, *parts] if contents else parts


def document(report: Report) -> Document:
    """The report as the readers would give it, so that facts and checks run over it before anything is written."""
    count = iter(range(1, 10**9))
    tables = iter(range(1, 10**9))
    blocks: list[Block] = [Paragraph(line, Place(next(count))) for line in report.cover]
    for part in report.body:
        if isinstance(part, Statement):
            blocks.append(Paragraph(part.text, Place(next(count))))
        elif isinstance(part, Bar):
            blocks.append(Paragraph(f"{part.marker}. {part.title}", Place(next(count)), heading=part.level))
        else:
            blocks += [Paragraph(line, Place(next(count))) for line in part.captions]
            cells = [
                Cell(row, column, square.texts, square.rowspan, square.colspan, square.head)
                for row, column, square in part.placed
            ]
            blocks.append(Table(cells, Place(next(count), table=next(tables))))
    return Document("report", blocks)
