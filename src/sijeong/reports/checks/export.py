"""A reading as JSON and as one HTML page that shows facts beside the verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from html import escape
from typing import Any

from sijeong.reports.checks import Checked
from sijeong.reports.reading.documents import Document, Place, Table
from sijeong.reports.reading.outline import Item

FACTS = {
    "staffing": "정원·현원",
    "budget": "예산",
    "programmes": "사업",
    "events": "행사·방문",
    "findings": "행정사무감사 처리요구사항",
    "agreements": "협약",
    "legal_bases": "관련근거",
    "counts": "건수",
    "improvements": "제도개선 건의",
}


def plain(value: Any) -> Any:
    """A fact as JSON values: places as text and numbers, whole amounts as integers."""
    if isinstance(value, Place):
        value = {"text": str(value), **{k: n for k, n in value._asdict().items() if n is not None}}
    elif is_dataclass(value):
        value = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    elif isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    elif isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = {name: plain(part) for name, part in value._asdict().items()}
    elif isinstance(value, dict):
        value = {str(key): plain(part) for key, part in value.items()}
    elif isinstance(value, list | tuple):
        value = [plain(part) for part in value]
    return value


def as_json(checked: Checked) -> dict[str, Any]:
    """Everything known about a report: format, outline, tables, facts, verdicts."""
    document = checked.reading.document
    return {
        "format": document.format,
        "unread": document.unread,
        "outline": [_item(item) for item in checked.reading.items],
        "tables": [
            {
                "place": plain(grid.place),
                "title": grid.title,
                "unit": grid.unit,
                "base": grid.base,
                "head_rows": grid.head,
                "stub_columns": grid.stub,
                "cells": _cells(grid.table),
            }
            for grid in checked.reading.grids
        ],
        "facts": {name: plain(getattr(checked.facts, name)) for name in FACTS},
        "verdicts": plain(checked.verdicts),
        "notes": document.notes,
    }


def _item(item: Item) -> dict[str, Any]:
    return {"level": item.level, "marker": item.marker, "text": item.text, "place": plain(item.place)}


def _cells(table: Table) -> list[dict[str, Any]]:
    return [
        {"row": c.row, "column": c.column, "rowspan": c.rowspan, "colspan": c.colspan, "text": c.text}
        for c in table.cells
    ]


_STYLE = (
    "body{font-family:sans-serif;line-height:1.5;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #888;padding:.2rem .5rem}"
    ".error,.malformed{background:#fdd}.suspicious{background:#ffd}.rounding,.truncated{background:#eef}"
    "mark{padding:0 .3rem}small{color:#555}"
)


def as_html(name: str, checked: Checked) -> str:
    """One page: verdicts first, then the facts, then the document with its verdicts where they belong."""
    document = checked.reading.document
    body = [f"<h1>{escape(name)}</h1>"]
    if document.unread:
        body.append(f"<p><strong>읽지 못한 부분:</strong> {escape(_summed(document))}</p>")
    body.append(f"<h2>점검 결과 ({len(checked.verdicts)}건)</h2><ul>")
    body += [f'<li class="{v.kind}">{escape(str(v))}</li>' for v in checked.verdicts]
    body.append("</ul><h2>사실</h2>")
    for attribute, title in FACTS.items():
        facts = getattr(checked.facts, attribute)
        if facts:
            body.append(f"<h3>{title} ({len(facts)})</h3>")
            body += _fact_table([plain(fact) for fact in facts])
    body.append("<h2>원문</h2>")
    body += source_html(checked)
    head = f'<meta charset="utf-8"><title>{escape(name)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="ko"><head>{head}</head><body>' + "\n".join(body) + "</body></html>\n"


def _fact_table(facts: list[dict[str, Any]]) -> Iterator[str]:
    columns = list(facts[0])
    yield "<table><tr>" + "".join(f"<th>{escape(column)}</th>" for column in columns) + "</tr>"
    for fact in facts:
        yield "<tr>" + "".join(f"<td>{escape(_said(fact[column]))}</td>" for column in columns) + "</tr>"
    yield "</table>"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return (
            str(value["text"]) if "text" in value else ", ".join(f"{k} {_said(v)}" for k, v in value.items())
        )
    if isinstance(value, list):
        return " / ".join(_said(part) for part in value)
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def source_html(checked: Checked) -> Iterator[str]:
    """The document block by block with its verdicts where they belong; block n has the id ``b<n>``."""
    marked: dict[tuple[int, int | None, int | None], str] = {}
    for verdict in checked.verdicts:
        marked[verdict.place.block, verdict.place.row, verdict.place.column] = verdict.kind
    for block in checked.reading.document.blocks:
        if isinstance(block, Table):
            yield f'<div id="b{block.place.block}">'
            yield from _html_table(block, marked)
            yield "</div>"
        else:
            kind = marked.get((block.place.block, None, None))
            text = f'<mark class="{kind}">{escape(block.text)}</mark>' if kind else escape(block.text)
            yield f'<p id="b{block.place.block}"><small>{block.place}</small> {text}</p>'


def _html_table(table: Table, marked: dict[tuple[int, int | None, int | None], str]) -> Iterator[str]:
    yield f"<table><caption>{table.place}</caption>"
    rows: dict[int, list[str]] = {row: [] for row in range(table.height)}
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        kind = marked.get((table.place.block, cell.row + 1, cell.column + 1), "")
        spans = f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1) + f' colspan="{cell.colspan}"' * (
            cell.colspan > 1
        )
        style = f' class="{kind}"' if kind else ""
        inner = "".join("".join(_html_table(table, marked)) for table in cell.tables)
        rows[cell.row].append(f"<td{spans}{style}>{'<br>'.join(map(escape, cell.lines))}{inner}</td>")
    yield from (f"<tr>{''.join(cells)}</tr>" for cells in rows.values())
    yield "</table>"


def _summed(document: Document) -> str:
    """What was left out, like things counted: 그림 3개, 4쪽의 글자 일부."""
    counts = {name: document.unread.count(name) for name in dict.fromkeys(document.unread)}
    return ", ".join(f"{name} {count}개" if count > 1 else name for name, count in counts.items())


def left_out(document: Document) -> str:
    """One Korean line about what was not read; '' if the document was read whole."""
    return f"읽지 못한 부분이 있습니다: {_summed(document)}" if document.unread else ""
