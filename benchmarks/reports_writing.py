"""Writes a report of 40 chapters in five formats; PDF beside bare typst, HWPX tables beside python-hwpx's own.

    python benchmarks/reports_writing.py [--rounds 5]

Median wall time of the rounds after a first that is not counted, all in one process; the PDF and bare typst by turns and by
processor time, so that their ratio does not hang on what else the machine does. Bare typst gets the same words and
tables in its plainest markup; python-hwpx builds the same 60 tables of 15 rows and 5 columns cell by cell.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import click
import pypdfium2
import typst

import sijeong
from sijeong.reports.writing import FORMATS, write
from sijeong.reports.writing.model import Bar, Figure, Grid, Report, Source, Square, Statement
from sijeong.reports.writing.pdf import _fonts

FONTS = Path(sijeong.__file__).parent / "site" / "static" / "dist" / "print"
SENTENCE = (
    "청년의 권익 증진과 자립 기반 조성을 위한 종합 시책 추진(총 52개 사업, 1,234억원), 세부 사업은 붙임 참조"
)


def grid(number: int, rows: int, columns: int) -> Grid:
    top = tuple(Square(((f"열 {c}",),), head=True) for c in range(columns))
    body = [
        (
            Square(((f"사업 {r}",),)),
            *(Square(((Figure(f"{r * c * number:,}", r * c * number, "x"),),)) for c in range(1, columns)),
        )
        for r in range(1, rows)
    ]
    return Grid((top, *body), f"현황 {number}", "′22.1.31.", "명")


def report(chapters: int) -> Report:
    parts: list[Bar | Statement | Grid] = []
    for number in range(1, chapters + 1):
        parts.append(Bar(1, (number - 1) % 12 + 1, f"시행계획 {number}"))
        for place in range(4):
            parts += [
                Statement("□", (f"추진 근거 {place}",)),
                Statement("○", (SENTENCE,)),
                Statement("-", (SENTENCE,)),
            ]
        parts.append(grid(number, 7, 5))
    return Report("주요업무보고", "총무과", "정례회", dt.date(2022, 1, 31), parts, {"x": Source("원장")})


def bare(whole: Report) -> bytes:
    """The same words in typst's own markup, without any look."""
    lines = ['#set page(paper: "a4")', '#set text(font: "Pretendard GOV", lang: "ko")']
    for part in whole.parts:
        if isinstance(part, Bar):
            lines.append(f"#pagebreak(weak: true)\n= {part.title}")
        elif isinstance(part, Statement):
            lines.append(part.text.replace("-", "\\-") + "\n")
        else:
            cells = ", ".join(f"[{square.texts[0]}]" for row in part.rows for square in row)
            lines.append(f"#table(columns: {part.width}, {cells})")
    return "\n".join(lines).encode()


def theirs(tables: list[Grid]) -> bytes:
    """The tables by python-hwpx."""
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    for one in tables:
        table = document.add_table(len(one.rows), one.width, height=len(one.rows) * 2400)
        for row, column, square in one.placed:
            table.cell(row, column).set_text(square.texts[0])
    out = io.BytesIO()
    document.save_to_stream(out)
    return out.getvalue()


def timed(work: Callable[[], object], rounds: int) -> float:
    work()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def by_turns(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[list[float], list[float]]:
    """Processor seconds of each, round by round; the first round is the warming up."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for work, kept in zip((first, second), taken, strict=True):
            begun = time.process_time()
            work()
            kept.append(time.process_time() - begun)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    whole = report(40)
    times = {format_: timed(lambda f=format_: write(whole, f, FONTS), rounds) for format_ in FORMATS}
    pages = len(pypdfium2.PdfDocument(write(whole, "pdf", FONTS)))
    source, letters = bare(whole), _fonts(FONTS)
    for format_, seconds in times.items():
        click.echo(f"{format_:5} {seconds * 1000:8.1f} ms")
    ours, plain = by_turns(
        lambda: write(whole, "pdf", FONTS),
        lambda: typst.compile(source, format="pdf", font_paths=letters),
        rounds,
    )
    warm, bare_warm = statistics.median(ours[1:]), statistics.median(plain[1:])
    click.echo(
        f"PDF of {pages} pages, processor time: {warm * 1000:.0f} ms, bare typst {bare_warm * 1000:.0f} ms,"
        f" {warm / bare_warm:.2f} times that (target: 1.5)"
    )
    tables = [grid(number, 15, 5) for number in range(60)]
    empty = Report("표", "총무과", "", dt.date(2022, 1, 31), list(tables), {"x": Source("원장")})
    tabled = timed(lambda: write(empty, "hwpx", FONTS), rounds)
    click.echo(
        f"60 tables of 15 x 5 as HWPX: {tabled:.3f} s (target: 1.0), python-hwpx {timed(lambda: theirs(tables), 1):.2f} s"
    )


if __name__ == "__main__":
    main()
