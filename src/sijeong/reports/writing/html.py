"""A report as HTML: a fragment for a page, or a page of its own that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from .model import Bar, Grid, Report, Run, Source, Square, Statement

_KIND = {"□": "box", "○": "circle", "-": "dash", "·": "dot", "※": "note", "": "plain"}
_STYLE = (
    ":root{color-scheme:light dark;--ink:light-dark(#1d1d1d,#e6e8eb);--ground:light-dark(#fff,#16181a);"
    "--navy:light-dark(#1f3b63,#9dbce6);--line:light-dark(#44546a,#5c6b7f);--shade:light-dark(#e3eaf4,#26313f)}"
    "body{font-family:'Pretendard GOV',Pretendard,'맑은 고딕','Malgun Gothic',sans-serif;line-height:1.6;max-width:52rem;"
    "margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--ground);word-break:keep-all;overflow-wrap:anywhere}"
    "h1,h2{color:var(--navy)}h2{border-bottom:.15rem solid;margin-top:2.5rem}p{margin:.3rem 0}"
    ".box{font-weight:700;margin-top:.9rem}.circle{padding-left:1rem}.dash{padding-left:2rem}.dot,.note{padding-left:3rem}"
    ".wide{overflow-x:auto;margin:.2rem 0 1rem}table{border-collapse:collapse;width:100%}"
    "caption{text-align:right;font-size:.85rem}caption b{display:block;text-align:center;font-size:1rem}"
    "td,th{border:1px solid var(--line);padding:.25rem .5rem;text-align:center}th{background:var(--shade)}"
    ".right{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.left{text-align:left}"
    "a{color:inherit;text-decoration-thickness:from-font;text-underline-offset:.15em}a:focus-visible{outline:2px solid}"
    "@media print{:root{color-scheme:light}body{max-width:none;margin:0}h2{break-before:page}h2,h3,caption,.box"
    "{break-after:avoid}tr{break-inside:avoid}.wide{overflow:visible}a{text-decoration:none}}"
)


Sources = Mapping[str, Source]


def _run(run: Run, sources: Sources) -> str:
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


def _runs(runs: tuple[Run, ...], sources: Sources) -> str:
    return "".join(_run(run, sources) for run in runs)


def _square(square: Square, sources: Sources) -> str:
    spans = f' rowspan="{square.rowspan}"' * (square.rowspan > 1) + f' colspan="{square.colspan}"' * (
        square.colspan > 1
    )
    align = f' class="{square.aligned}"' * (square.aligned != "center")
    tag = "th" if square.head else "td"
    return f"<{tag}{spans}{align}>{'<br>'.join(_runs(line, sources) for line in square.lines)}</{tag}>"


def html_table(grid: Grid, sources: Sources, *, captions: bool = True) -> Iterator[str]:
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
    yield from html_body(report)


def html_body(report: Report) -> Iterator[str]:
    """What stands after the cover."""
    for part in report.body:
        if isinstance(part, Bar):
            tag = "h2" if part.level == 1 else "h3"
            yield f"<{tag}>{part.marker}. {escape(part.title)}</{tag}>"
        elif isinstance(part, Statement):
            marker = f"{part.marker} " if part.marker else ""
            yield f'<p class="{_KIND[part.marker]}">{marker}{_runs(part.runs, report.sources)}</p>'
        else:
            yield '<div class="wide" role="region" aria-label="표" tabindex="0">'
            yield from html_table(part, report.sources)
            yield "</div>"


def write_html(report: Report, address: str = "") -> bytes:
    """One HTML file, UTF-8, that asks for nothing beside it; figures open at ``address``, where the records are."""
    sources = {
        key: replace(source, address=address + source.address if source.address else "")
        for key, source in report.sources.items()
    }
    body = "\n".join(html_parts(replace(report, sources=sources)))
    head = (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.bureau)} {escape(report.title)}</title><style>{_STYLE}</style></head>"
    )
    return f"{head}<body>\n{body}\n</body></html>\n".encode()
