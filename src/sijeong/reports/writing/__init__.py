"""Writes a work report: one model, five formats, every figure bound to its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .html import write_html
from .hwpx import write_hwpx
from .markdown import write_markdown
from .model import Report
from .pdf import write_pdf
from .storing import cleaned
from .xlsx import write_xlsx

FORMATS = ("hwpx", "pdf", "html", "md", "xlsx")


def write(report: Report, format_: str, fonts: Path, address: str = "") -> bytes:
    """The report in one of ``FORMATS``; ``fonts`` is where the PDF's letters are, ``address`` where its figures open."""
    report = cleaned(report)
    writers: dict[str, Callable[[], bytes]] = {
        "hwpx": lambda: write_hwpx(report),
        "pdf": lambda: write_pdf(report, fonts),
        "html": lambda: write_html(report, address),
        "md": lambda: write_markdown(report),
        "xlsx": lambda: write_xlsx(report),
    }
    return writers[format_]()
