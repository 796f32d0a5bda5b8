"""Small pieces that every section is made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from sijeong.org.models import Unit
from sijeong.reports.writing.model import MARKERS, Figure, Part, Run, Source, Square, Statement

_NUMBER = re.compile(
    r"(?<![\d.,′'’/~-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?=\s?(?:건|명|회|개소|개|곳|대|가구|천원|백만원|억원|만원|원|%))"
)
_MARKED = re.compile(r"^\s*([□○◦\-·※])\s*(.*)$")


@dataclass
class Frame:
    """What a section is built for, and the sources it names as it goes."""

    unit: Unit
    units: list[int]
    base: dt.date
    opens: Callable[[str], str]  # a source's key → the page that lists what was counted
    sources: dict[str, Source] = field(default_factory=dict)

    def figure(self, value: int | Decimal, key: str, source: Source, text: str | None = None) -> Figure:
        """A figure bound to its source."""
        self.sources.setdefault(key, source)
        return Figure(text or f"{value:,}", value, key)

    def counted(self, rows: Iterable[int], key: str, label: str) -> Figure:
        """How many rows: a figure bound to these very rows."""
        keys = tuple(sorted(rows))
        return self.figure(len(keys), key, Source(label, self.opens(key), keys))

    @property
    def end(self) -> dt.datetime:
        """The first moment that the report knows nothing of."""
        return timezone.make_aware(dt.datetime.combine(self.base + dt.timedelta(days=1), dt.time()))


def short(day: dt.date) -> str:
    """``′22.1.31.`` as captions have it."""
    return f"′{day:%y}.{day.month}.{day.day}."


def head(text: str, rowspan: int = 1, colspan: int = 1) -> Square:
    return Square(((text,),), rowspan, colspan, head=True)


def label(text: str, depth: int = 0) -> Square:
    """The head of a row: to the left, each level of a tree an em further in."""
    return Square((("\u3000" * depth + text,),), head=True, align="left")


def cell(*runs: Run) -> Square:
    return Square((runs,))


def words(text: str) -> Square:
    """A cell of text, set to the left."""
    return Square(tuple((line,) for line in text.split("\n")), align="left")


def statements(text: str, frame: Frame, key: str, source: Source) -> list[Part]:
    """Lines in 개조식 as statements; every number with its counter is bound to where it was written down."""
    found: list[Part] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _MARKED.match(line)
        marker, rest = (match[1], match[2]) if match else ("○", line.strip())
        marker = "○" if marker == "◦" else marker
        found.append(Statement(marker if marker in MARKERS else "○", bound(rest.strip(), frame, key, source)))
    return found


def bound(text: str, frame: Frame, key: str, source: Source) -> tuple[Run, ...]:
    runs: list[Run] = []
    end = 0
    for match in _NUMBER.finditer(text):
        if match.start() > end:
            runs.append(text[end : match.start()])
        value = Decimal(match[0].replace(",", ""))
        runs.append(frame.figure(value, key, source, match[0]))
        end = match.end()
    return (*runs, text[end:]) if end < len(text) else tuple(runs)
