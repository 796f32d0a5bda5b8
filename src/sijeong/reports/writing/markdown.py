"""A report as Markdown; tables as HTML, because merged cells have no other form there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from .html import html_table
from .model import Bar, Report, Statement

_INDENT = {"-": "  ", "·": "   "}
# Letters that Markdown would take for marks of its own.
_MARKS = re.compile(r"([\\`*_\[\]|~])")


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", escape(text, quote=False))


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_plain(report.title)}"
    yield from (_plain(line) for line in report.cover if line != report.title)
    for part in report.body:
        if isinstance(part, Bar):
            yield f"{'#' * (part.level + 1)} {part.marker}. {_plain(part.title)}"
        elif isinstance(part, Statement):
            yield _INDENT.get(part.marker, "") + _plain(part.text)
        else:
            yield from (_plain(line) for line in part.captions)
            yield "\n".join(html_table(part, {}, captions=False))


def write_markdown(report: Report) -> bytes:
    """UTF-8 Markdown, a blank line between blocks."""
    return ("\n\n".join(_lines(report)) + "\n").encode()
