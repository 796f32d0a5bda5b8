"""Reads and checks a report of 40 chapters with 40 tables, beside three extractors that only extract.

    python benchmarks/reports.py [--chapters 40] [--rounds 15] [--many 0]

CPU time, best of the rounds, all in one process. `--many 1000` checks as many reports on two processes and
tells documents a second and the memory of a worker after a tenth of them and after all. unhwp,
hwp-hwpx-parser and python-hwpx are peers and no dependencies: what is not installed is said to be missing.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from sijeong.reports.checks import check
from sijeong.reports.reading import read
from sijeong.reports.reading.documents import Document

HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
SECTION = "http://www.hancom.co.kr/hwpml/2011/section"
LINE = '<hp:lineseg textpos="0" vertpos="0" vertsize="1000" textheight="1000"/>'
LAYOUT = f"<hp:linesegarray>{LINE}</hp:linesegarray>"
SIZE = '<hp:cellSz width="8504" height="2400"/><hp:cellMargin left="510" right="510" top="141" bottom="141"/>'


def paragraph(text: str) -> str:
    run = f'<hp:run charPrIDRef="0"><hp:t>{text}</hp:t></hp:run>'
    breaks = 'pageBreak="0" columnBreak="0" merged="0"'
    return f'<hp:p id="0" paraPrIDRef="0" styleIDRef="0" {breaks}>{run}{LAYOUT}</hp:p>'


def table(rows: list[list[str]]) -> str:
    lines = []
    for r, row in enumerate(rows):
        cells = "".join(
            f'<hp:tc name="" header="0" borderFillIDRef="3"><hp:subList id="">{paragraph(text)}</hp:subList>'
            f'<hp:cellAddr colAddr="{c}" rowAddr="{r}"/><hp:cellSpan colSpan="1" rowSpan="1"/>{SIZE}</hp:tc>'
            for c, text in enumerate(row)
        )
        lines.append(f"<hp:tr>{cells}</hp:tr>")
    inner = f'<hp:tbl id="1" rowCnt="{len(rows)}" colCnt="{len(rows[0])}">{"".join(lines)}</hp:tbl>'
    return f'<hp:p id="0" paraPrIDRef="0" styleIDRef="0"><hp:run charPrIDRef="0">{inner}</hp:run></hp:p>'


def chapter(number: int) -> str:
    lines = [f"{number} 청년정책 시행계획", "□ 추진 근거"]
    for k in range(4):
        lines += [
            f"○ 「청년기본법」 제{k + 8}조 및 「기본 조례」 제{k + 5}조에 따라 매년 시행계획을 수립·시행",
            "- 자립 기반 조성을 위한 종합 시책 추진(총 52개 사업, 1,234억원)",
            "· 세부 사업은 붙임 참조 ('22.4.1.~12.31.)",
        ]
    body = [[1234 * (r + number), 4321 * r] for r in range(1, 6)]
    rows = [["구분", "국비", "시비", "합계", "비고"]]
    rows += [[f"사업 {r}", f"{a:,}", f"{b:,}", f"{a + b:,}", "계속"] for r, (a, b) in enumerate(body, 1)]
    a, b = (sum(column) for column in zip(*body, strict=True))
    rows.append(["계", f"{a:,}", f"{b:,}", f"{a + b:,}", ""])
    return "".join(map(paragraph, lines)) + paragraph("(단위 : 백만원)") + table(rows)


def document(chapters: int) -> bytes:
    body = "".join(map(chapter, range(1, chapters + 1)))
    files = {
        "mimetype": "application/hwp+zip",
        "version.xml": '<v:HCFVersion xmlns:v="http://www.hancom.co.kr/hwpml/2011/version" major="5"/>',
        "META-INF/container.xml": '<c><rootfile full-path="Contents/content.hpf"/></c>',
        "Contents/content.hpf": '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:manifest>'
        '<opf:item id="header" href="Contents/header.xml" media-type="application/xml"/>'
        '<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/></opf:manifest>'
        '<opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>',
        "Contents/header.xml": '<h:head xmlns:h="http://www.hancom.co.kr/hwpml/2011/head" secCnt="1"/>',
        "Contents/section0.xml": f'<hs:sec xmlns:hs="{SECTION}" xmlns:hp="{HP}">{body}</hs:sec>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of CPU time of the quickest round."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def peers(path: Path) -> dict[str, Callable[[], object]]:
    """What each installed peer does to extract the text of the file."""
    found: dict[str, Callable[[], object]] = {}
    for name, module in (("unhwp", "unhwp"), ("hwp-hwpx-parser", "hwp_hwpx_parser"), ("python-hwpx", "hwpx")):
        try:
            library = importlib.import_module(module)
        except ImportError:
            print(f"{name}: not installed")  # noqa: T201
            continue
        if name == "unhwp":
            found[name] = lambda library=library: library.to_markdown(str(path))
        elif name == "hwp-hwpx-parser":
            found[name] = lambda library=library: library.Reader(str(path)).text
        else:
            found[name] = lambda library=library: library.TextExtractor(str(path)).extract_text()
    return found


def one(number: int) -> tuple[int, float]:
    """Checks one report, no two alike; the memory of the process at its highest in MB, and seconds of CPU."""
    data = document(1 + number % 40)
    start = time.process_time()
    check(read(data))
    spent = time.process_time() - start
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, spent


def many(count: int) -> None:
    with ProcessPoolExecutor(2) as pool:
        told = list(pool.map(one, range(count), chunksize=10))
    spent = sum(seconds for _, seconds in told) / 2
    memory = [size for size, _ in told]
    said = f"{max(memory[: count // 10])} MB after a tenth, {max(memory)} MB at the end"
    print(f"{count} reports: {count / spent:.0f} a second of two free cores, {said}")  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--many", type=int, default=0)
    options = parser.parse_args()
    if options.many:
        many(options.many)
        return
    data = document(options.chapters)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.hwpx"
        path.write_bytes(data)
        ours: Document = read(data)
        times = {name: best(work, options.rounds) for name, work in peers(path).items()}
        times["sijeong: read"] = best(lambda: read(data), options.rounds)
        times["sijeong: facts and checks"] = best(lambda: check(ours), options.rounds)
        times["sijeong: all"] = best(lambda: check(read(data)), options.rounds)
    base = times.get("unhwp")
    for name, spent in times.items():
        print(f"{name:28} {spent:8.1f} ms" + (f"  {spent / base:5.1f} x unhwp" if base else ""))  # noqa: T201


if __name__ == "__main__":
    main()
