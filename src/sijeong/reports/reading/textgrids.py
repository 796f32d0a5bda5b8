"""Tables that lost their rulings: a heading line, then lines of a label and figures, made grids again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from sijeong.reports.reading.documents import Block, Builder, Cell, Paragraph, Table, flowed
from sijeong.reports.reading.headwords import ANCHORS, words
from sijeong.reports.reading.outline import marked

_FIGURE = re.compile(
    r"[△▲−+\-]?\d[\d,]*(?:\.\d+)?(?:%|명|건|회|개소|개|원|천원|백만원|억원|인|대|호|곳|배|점|병상|%p)?(?:\(\s*[△▲+\-]?[\d,.]+%?p?\))?"
    r"|[\d,]+/[\d,]+|-|–|―"
)
_ASIDE = re.compile(r"[(\[]\s*[△▲+\-]?[\d,.]+\s*%?p?[)\]]")
_DATE_LABEL = re.compile(r"\d{1,2}\.\d{1,2}\.?(이전|이후)?|['’‘′]?\d{2,4}년?(도)?|\d{1,2}월")


@dataclass
class _Row:
    label: str
    line: int
    figures: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)


def grids_of_lines(builder: Builder, blocks: list[Block]) -> list[Block]:
    """The blocks with every table of bare lines put back together."""
    out: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Paragraph) and _is_head(block.text):
            end, table = _table(builder, blocks, index)
            if table is not None:
                out.append(table)
                index = end
                continue
        out.append(block)
        index += 1
    return out


def _led(line: str) -> bool:
    """True for a line that a marker or a bracketed title opens."""
    return (bool(marked(line)[1]) and not _FIGURE.fullmatch(line.split(maxsplit=1)[0])) or line.startswith(
        ("【", "《", "〈", "<", "[")
    )


def _is_head(text: str) -> bool:
    bare = "".join(text.split())
    anchored = bare.startswith(ANCHORS) and len(bare) < 60 and len(text.split()) > 1
    return (
        anchored
        and not any(mark in text for mark in ":：?")
        and not any(_plain_figure(t) for t in text.split())
    )


def _plain_figure(token: str) -> bool:
    return bool(_FIGURE.fullmatch(token)) and not _DATE_LABEL.fullmatch(token)


def _split(text: str) -> tuple[str, list[str], str]:
    """(label, figures, trailing words) of a line."""
    text = re.sub(r"(?<=\d)\s+(?=\(\s*[△▲]?[\d.,]+%?\))", "", text)
    label: list[str] = []
    figures: list[str] = []
    tokens = text.split()
    for position, token in enumerate(tokens):
        if _FIGURE.fullmatch(token) or (_ASIDE.fullmatch(token) and (figures or not label)):
            figures.append(token)
        elif figures:
            return " ".join(label), figures, " ".join(tokens[position:])
        else:
            label.append(token)
    return " ".join(label), figures, ""


def _table(builder: Builder, blocks: list[Block], start: int) -> tuple[int, Table | None]:
    lines: list[str] = []
    dropped = 0
    for block in blocks[start : start + 400]:
        if not isinstance(block, Paragraph):
            break
        lines.append(block.text.strip())
    heads = 1
    while heads < min(4, len(lines)) and not _led(lines[heads]) and not _split(lines[heads])[1]:
        heads += 1
    if heads == len(lines):
        return start, None
    while heads > 1 and "".join(lines[heads - 1].split()) == "".join(_split(lines[heads])[0].split()):
        del lines[heads - 1]  # a corner label printed apart repeats the first row's
        heads -= 1
        dropped += 1
    head_lines, lone, rows, used = _rows(lines, heads)
    if not rows:
        return start, None
    counts = Counter(len(row.figures) for row in rows)
    width = max(counts, key=lambda n: (counts[n], n))
    if counts[width] * 3 < len(rows) * 2 or (len(rows) < 2 and width < 2):
        return start, None
    labels = _labels(head_lines, width, bool(lone), any(row.note for row in rows))
    if labels is None:
        return start, None
    first = blocks[start]
    place = builder.table_place(first.place.page, first.place.line)
    return start + used + dropped, Table(_cells(labels, lone, rows, width), place)


def _rows(lines: list[str], heads: int) -> tuple[list[str], str, list[_Row], int]:
    """Head lines, a lone figure before the rows (a merged first column), the rows, and how many lines all
    that took.
    """
    head_lines, lone, waiting = lines[:heads], "", ""
    rows: list[_Row] = []
    used = heads
    most = 0
    for number in range(heads, len(lines)):
        line = lines[number]
        label, figures, tail = _split(line)
        if _led(line) and not (rows and not label and figures):
            break
        if label and figures:
            whole = f"{waiting} {label}" if waiting and waiting != label else label
            rows.append(_Row(whole, number, [], [tail] if tail else []))
            _extend(rows[-1], figures)
            waiting = ""
        elif figures and rows:
            _extend(rows[-1], figures)
            if tail:
                rows[-1].note.append(tail)
        elif figures:
            if lone or len(figures) > 1 or tail:
                break
            lone = figures[0]
        elif rows and _complete(rows[-1], most) and not _more(lines, number, most):
            if not _notable(head_lines, rows):
                break
            rows[-1].note.append(line)
        elif rows and waiting:
            break
        else:
            waiting = line
            continue
        most = max(most, *(len(row.figures) for row in rows), 0) if rows else 0
        used = number + 1
    return head_lines, lone, rows, used


def _complete(row: _Row, most: int) -> bool:
    """True for a row that has all its figures: words after it are its note."""
    return len(row.figures) >= max(most, 1) and len(row.note) < 4


def _notable(head_lines: list[str], rows: list[_Row]) -> bool:
    """True when the head has a column for words behind the figures."""
    bare = "".join("".join(head_lines).split())
    return bare.endswith(("비고", "내용", "주요내용", "사유", "내역")) or any(row.note for row in rows)


def _more(lines: list[str], number: int, most: int) -> bool:
    """True when a line of words is the first half of the next row's label."""
    if number + 1 >= len(lines) or len(lines[number]) > 20:
        return False
    label, figures, _ = _split(lines[number + 1])
    return len(figures) >= max(most, 1) and len(label) < 8


def _extend(row: _Row, figures: list[str]) -> None:
    for figure in figures:
        if _ASIDE.fullmatch(figure) and row.figures:
            row.figures[-1] += " " + figure
        else:
            row.figures.append(figure)


def _labels(head_lines: list[str], width: int, lone: bool, notes: bool) -> list[tuple[str, str]] | None:
    """(group, label) of each column: the stub, the figures, the note column if there is one."""
    wanted = width + 1 + notes
    tokens = [words(line) for line in head_lines]
    flat = [label for line in tokens for label in line]
    if (
        len(flat) == wanted
        or (len(flat) == wanted + 1 and not notes and flat[-1] in ("비고", "주요내용", "내용"))
        or (lone and len(flat) == wanted)
    ):
        labels = [("", label) for label in flat]
    else:
        grouped = _grouped(tokens, wanted)
        if grouped is None:
            return None
        labels = grouped
    if lone:
        labels = [labels[0], ("", ""), *labels[1:]]
    return labels


def _grouped(tokens: list[list[str]], wanted: int) -> list[tuple[str, str]] | None:
    """A head of two levels: lone labels, group names, then the labels under the groups, each group led by a
    subtotal.
    """
    if len(tokens) < 2:
        return None
    under = tokens[-1]
    above = [label for line in tokens[:-1] for label in line]
    alone = wanted - len(under)
    leads = [i for i, label in enumerate(under) if label in ("소계", "계")] or [0]
    names = above[alone:]
    if alone < 1 or alone > len(above) or len(names) != len(leads):
        return None
    labels = [("", label) for label in above[:alone]]
    for index, label in enumerate(under):
        group = sum(1 for lead in leads if lead <= index) - 1
        labels.append((names[max(group, 0)], label))
    return labels


def _cells(labels: list[tuple[str, str]], lone: str, rows: list[_Row], width: int) -> list[Cell]:
    grouped = any(group for group, _ in labels)
    head: list[list[tuple[list[str], int, int, bool]]] = [[], []] if grouped else [[]]
    index = 0
    while index < len(labels):
        group, label = labels[index]
        span = 1
        if group:
            while index + span < len(labels) and labels[index + span][0] == group:
                span += 1
            head[0].append(([group], 1, span, True))
            head[1] += [([name], 1, 1, True) for _, name in labels[index : index + span]]
        else:
            head[0].append(([label] if label else [], 2 if grouped else 1, 1, True))
        index += span
    noted = len(labels) > width + 1 + bool(lone)
    body: list[list[tuple[list[str], int, int, bool]]] = []
    for number, row in enumerate(rows):
        figures = (row.figures + [""] * width)[:width]
        cells = [([row.label], 1, 1, False)] + [([f] if f else [], 1, 1, False) for f in figures]
        if lone and number == 0:
            cells.insert(0, ([lone], len(rows), 1, False))
        if noted:
            cells.append(([" ".join(row.note)] if row.note else [], 1, 1, False))
        body.append(cells)
    return flowed(head + body)
