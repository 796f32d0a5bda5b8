"""Charts as plain SVG: where every mark lies. Pure; the macros of ``templates/charts.html`` draw what these return.

Across, places are per cent of the drawing's width and down, they are pixels: so that a chart fits a desk and a phone
without scripts, and its letters keep their size. A chart stands beside a table of the same numbers, never alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

HEIGHT = 200  # of the drawing, without the labels under it
ROW = 26
LABELS = 14  # as many labels under a chart as a phone's width takes
TONES = ("main", "good", "warn", "bad", "quiet", "other")
Value = float | None


@dataclass(frozen=True)
class Tick:
    """A line of the scale: ``at`` from the top in pixels, or across in per cent."""

    at: float
    text: str


@dataclass(frozen=True)
class Box:
    """A filled piece: ``x`` and ``width`` in per cent, ``y`` and ``height`` in pixels; ``title`` is read out."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    title: str


@dataclass(frozen=True)
class Stroke:
    """A line from one place to another, in the same measures."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    tone: str
    title: str


@dataclass(frozen=True)
class Chart:
    """What is to be drawn. ``below`` are the labels along the bottom, ``beside`` those of rows."""

    height: float
    scale: list[Tick]
    below: list[Tick] = field(default_factory=list)
    beside: list[Tick] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)
    mark: Tick | None = None


def number(value: float) -> str:
    """``1,234``, ``97.5``: at most one place after the point."""
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"


def ticks(top: float, most: int = 4) -> list[float]:
    """Round numbers from 0 to at least ``top``: steps of 1, 2 or 5 times a power of ten, at most ``most`` of them."""
    if top < 1e-9:  # nothing that could be drawn
        return [0.0, 1.0]
    power = 10.0 ** math.floor(math.log10(top / most))
    step = next(unit * power for unit in (1, 2, 5, 10) if unit * power * most >= top * (1 - 1e-9))
    return [step * i for i in range(math.ceil(top / step - 1e-9) + 1)]


def _scale(top: float, unit: str, bottom: float = 0) -> tuple[float, float, list[Tick]]:
    """Lowest and highest of the scale, and its lines; from 0 unless all lies above half of it."""
    values = ticks(top)
    if bottom > top / 2:
        step = ticks(top - bottom)[1]
        low = min(math.floor(bottom / step) * step, top - step)  # room below a line that lies at the top
        values = [low + step * i for i in range(math.ceil((top - low) / step - 1e-9) + 1)]
    low, high = values[0], values[-1]
    return low, high, [Tick(HEIGHT * (high - value) / (high - low), number(value) + unit) for value in values]


def _below(labels: Sequence[str]) -> list[Tick]:
    every = math.ceil(len(labels) / LABELS) or 1
    width = 100 / max(len(labels), 1)
    return [Tick(width * (i + 0.5), text) for i, text in enumerate(labels) if i % every == 0]


def _toned(series: Sequence[tuple]) -> list[tuple[str, Sequence[Value], str]]:
    """Name, values and tone of each series; one without a tone takes the next."""
    return [
        (one[0], one[1], one[2] if len(one) > 2 else TONES[i % len(TONES)]) for i, one in enumerate(series)
    ]


def columns(labels: Sequence[str], series: Sequence[tuple], unit: str = "") -> Chart:
    """Stacked columns over ``labels``. A series is (name, values) or (name, values, tone); values are 0 or more.

    Raises ValueError where a series has another length than the labels.
    """
    told = _toned(series)
    sums = [sum(value or 0 for value in at) for at in zip(*(values for _, values, _ in told), strict=True)]
    if told and len(sums) != len(labels):
        raise ValueError(f"{len(labels)} labels, {len(sums)} values")
    _, high, scale = _scale(max(sums, default=0), unit)
    broad = 0.72 if len(labels) > 3 else 0.24
    width = 100 / max(len(labels), 1)
    boxes = []
    for i, label in enumerate(labels):
        floor = float(HEIGHT)
        for name, values, tone in told:
            tall = HEIGHT * (values[i] or 0) / high
            floor -= tall
            if tall:
                title = f"{label} {name} {number(values[i] or 0)}{unit}"
                boxes.append(Box(width * (i + 0.5 - broad / 2), floor, width * broad, tall, tone, title))
    return Chart(HEIGHT, scale, _below(labels), boxes=boxes, legend=[(name, tone) for name, _, tone in told])


def lines(
    labels: Sequence[str], series: Sequence[tuple], unit: str = "", top: float = 0,
    bands: Sequence[tuple[float, float] | None] = (),
) -> Chart:  # fmt: skip
    """Lines over ``labels``; None in the values leaves a gap. ``bands`` are lowest and highest at each label.

    ``top`` is the least the scale reaches; where everything lies above half of it, the scale begins near the lowest.
    """
    told = _toned(series)
    values_seen = [value for _, values, _ in told for value in values if value is not None]
    least = min([*values_seen, *(band[0] for band in bands if band)], default=0)
    most = max([*values_seen, *(band[1] for band in bands if band), top], default=0)
    low, high, scale = _scale(most, unit, least)
    width = 100 / max(len(labels), 1)
    place = lambda i, value: (width * (i + 0.5), HEIGHT * (high - value) / (high - low))  # noqa: E731
    boxes = [
        Box(width * (i + 0.3), place(i, band[1])[1], width * 0.4, HEIGHT * (band[1] - band[0]) / (high - low), "quiet", "")
        for i, band in enumerate(bands)
        if band
    ]  # fmt: skip
    strokes, dots = [], []
    for name, values, tone in told:
        for i, value in enumerate(values):
            if value is None:
                continue
            x, y = place(i, value)
            dots.append(Dot(x, y, tone, f"{labels[i]} {name} {number(value)}{unit}"))
            before = values[i - 1] if i else None
            if before is not None:
                strokes.append(Stroke(*place(i - 1, before), x, y, tone))
    legend = [(name, tone) for name, _, tone in told]
    return Chart(HEIGHT, scale, _below(labels), boxes=boxes, strokes=strokes, dots=dots, legend=legend)


def _across(top: float, unit: str) -> tuple[float, list[Tick]]:
    values = ticks(top)
    return values[-1], [Tick(100 * value / values[-1], number(value) + unit) for value in values]


def bars(rows: Sequence[tuple], unit: str = "") -> Chart:
    """A bar a row: (label, value) or (label, value, tone)."""
    high, scale = _across(max((row[1] for row in rows), default=0), unit)
    boxes = [
        Box(0, ROW * i + 5, 100 * row[1] / high, ROW - 10, row[2] if len(row) > 2 else "main",
            f"{row[0]} {number(row[1])}{unit}")
        for i, row in enumerate(rows)
    ]  # fmt: skip
    beside = [Tick(ROW * (i + 0.5), row[0]) for i, row in enumerate(rows)]
    return Chart(ROW * len(rows), scale, beside=beside, boxes=boxes)


def ranges(
    rows: Sequence[tuple[str, float, float, float, str]], unit: str = "%", top: float = 100,
    mark: tuple[float, str] | None = None,
) -> Chart:  # fmt: skip
    """A dot with its interval a row: (label, value, low, high, tone). ``mark`` is a line for all, and its name."""
    high, scale = _across(top, unit)
    strokes, dots = [], []
    for i, (label, value, low, up, tone) in enumerate(rows):
        y = ROW * (i + 0.5)
        strokes.append(Stroke(100 * low / high, y, 100 * up / high, y, tone))
        strokes += [Stroke(100 * end / high, y - 4, 100 * end / high, y + 4, tone) for end in (low, up)]
        title = f"{label} {number(value)}{unit} ({number(low)}~{number(up)}{unit})"
        dots.append(Dot(100 * value / high, y, tone, title))
    beside = [Tick(ROW * (i + 0.5), row[0]) for i, row in enumerate(rows)]
    line = Tick(100 * mark[0] / high, mark[1]) if mark else None
    return Chart(ROW * len(rows), scale, beside=beside, strokes=strokes, dots=dots, mark=line)
