"""A report as HTML: a fragment for a page, or a page of its own that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from .model import Bar, Grid, Report, Run, Source, Square, Statement

_KIND = {"□": "box", "○": "circle", "-": "dash", "·": "dot", "※": "note", "": "plain"}
_STYLE = (
    "body{font-family:'Pretendard GOV',sans-serif;line-height:1.6;max-width:48rem;margin:2rem auto;padding:0 1rem;"
    "color:#1d1d1d;background:#fff}h1,h2{color:#1f3b63}h2{border-bottom:.15rem solid #1f3b63;margin-top:2.5rem}"
    "p{margin:.3rem 0}.box{font-weight:700;margin-top:.9rem}.circle{padding-left:1rem}.dash{padding-left:2rem}"
    ".dot,.note{padding-left:3rem}table{border-collapse:collapse;width:100%;margin:.2rem 0 1rem}"
    "caption{text-align:right;font-size:.85rem}caption b{display:block;text-align:center;font-size:1rem}"
    "td,th{border:1px solid #44546a;padding:.25rem .5rem;text-align:center}th{background:#e3eaf4}"
    ".right{text-align:right;font-variant-numeric:tabular-nums}.left{text-align:left}"
    "@media print{body{max-width:none}h2{break-before:page}tr{break-inside:avoid}}"
)


def _run(run: Run, sources: dict[str, Source]) -> str:
    """A figure opens what it counts; without a page of its own it still names its source."""
    if isinstance(run, str):
        return escape(run)
    text, source = escape(run.text), sources.get(run.source)
    if source is None:
        return text
    title = escape(source.label, quote=True)
    if not source.address:
        return f'<span class="figure" title="{title}">{text}</span>'
    return f'<a class="figure" href="{escape(source.address, quote=True)}" title="{title}">{text}</a>'


def _runs(runs: tuple[Run, ...], sources: dict[str, Source]) -> str:
    return "".join(_run(run, sources) for run in runs)


def _square(square: Square, sources: dict[str, Source]) -> str:
    spans = f' rowspan="{square.rowspan}"' * (square.rowspan > 1) + f' colspan="{square.colspan}"' * (
        square.colspan > 1
    )
    align = f' class="{square.aligned}"' * (square.aligned != "center")
    tag = "th" if square.head else "td"
    return f"<{tag}{spans}{align}>{'<br>'.join(_runs(line, sources) for line in square.lines)}</{tag}>"


def html_table(grid: Grid, sources: dict[str, Source], *, captions: bool = True) -> Iterator[str]:
    """The table line by line; captions stand above it in the table's own caption."""
    yield "<table>"
    if captions and grid.captions:
        title = f"<b>{escape(grid.captions[0])}</b>" if grid.title else ""
        yield f"<caption>{title}{escape(''.join(grid.captions[bool(grid.title) :]))}</caption>"
    for row in grid.rows:
        yield f"<tr>{''.join(_square(square, sources) for square in row)}</tr>"
    yield "</table>"


def html_parts(report: Report) -> Iterator[str]:
    """The report from its title on, to stand inside a page."""
    yield f"<h1>{escape(report.title)}</h1>"
    yield from (f'<p class="plain">{escape(line)}</p>' for line in report.cover if line != report.title)
    for part in report.body:
        if isinstance(part, Bar):
            tag = "h2" if part.level == 1 else "h3"
            yield f"<{tag}>{part.marker}. {escape(part.title)}</{tag}>"
        elif isinstance(part, Statement):
            marker = f"{part.marker} " if part.marker else ""
            yield f'<p class="{_KIND[part.marker]}">{marker}{_runs(part.runs, report.sources)}</p>'
        else:
            yield from html_table(part, report.sources)


def write_html(report: Report) -> bytes:
    """One HTML file, UTF-8; no address outside is asked for."""
    body = "\n".join(html_parts(report))
    head = (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.bureau)} {escape(report.title)}</title><style>{_STYLE}</style></head>"
    )
    return f"{head}<body>\n{body}\n</body></html>\n".encode()
