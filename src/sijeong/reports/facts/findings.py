"""Audit findings (행정사무감사 처리요구사항): what was asked, of whom, what was done, what will be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sijeong.reports.facts.grids import squeezed
from sijeong.reports.reading.documents import Document, Paragraph, Place, Table

OUTCOMES = (
    "추진 중",
    "검토 중",
    "미반영",
    "완료",
    "추진완료",
    "추진예정",
    "불가",
    "수용곤란",
    "장기검토",
    "반영",
    "처리완료",
)
_STATE = re.compile(
    r"[□■○◦]?\s*(?:추진\s?상황|처리\s?상황|추진\s?상태|조치\s?상황|처리\s?결과|반영\s?여부)\s*[:：]\s*(.+)"
)
_DONE = re.compile(
    r"[□■]\s*(?:추진|조치|처리)\s?(?:내용|실적|사항|결과)(?:\s?및\s?향후\s?(?:추진\s?)?계획)?\s*[:：]?\s*(.*)"
)
_PLAN = re.compile(r"[□■]\s*(?:향후|추진)\s?(?:추진\s?)?계획\s*[:：]?\s*(.*)")
_OPEN = re.compile(r"[○◦❍]\s*(.*)|(\d{1,3})[.)]\s+(.*)")
_HEADER = re.compile(
    r"(?:\d[.)]?)?(?:시정[·․‧및]*처리요구사항?|시정및처리요구사항|시정요구사항|처리요구사항|건의사항|자료제출등기타사항|기타\(자료제출\)(?:사항)?|기타사항|지적사항|요구사항|자료요구)"
    r"(?:조치결과|처리결과|추진|및|향후|계획|사항|내용|상황)*"
)
_LONGEST_HEADER = 80
_RESULT = re.compile(r"조치결과|처리결과|추진(?:상황|결과|내용)|향후추진계획")


@dataclass(slots=True)
class Finding:
    """One finding. `request` is its lines joined by spaces; `done` and `plan` keep their lines."""

    number: int
    kind: str
    request: str
    divisions: list[str]
    outcome: str
    done: str
    plan: str
    place: Place


@dataclass(slots=True)
class _Draft:
    kind: str
    place: Place
    request: list[str] = field(default_factory=list)
    outcome: str = ""
    done: list[str] = field(default_factory=list)
    plan: list[str] = field(default_factory=list)
    part: str = "request"


def kind_of(header: str) -> str:
    """The kind of findings under a header: domain words 시정·처리요구 / 건의 / 기타(자료제출)."""
    bare = squeezed(header)
    if "자료" in bare or "기타" in bare:
        return "기타(자료제출)"
    return "건의" if "건의" in bare else "시정·처리요구"


def findings(document: Document) -> list[Finding]:
    """All findings in reading order; nothing unless the document has requests with a stated progress."""
    drafts: list[_Draft] = []
    kind = ""
    current: _Draft | None = None
    for text, place in _lines(document):
        bare = squeezed(text) if len(text) < _LONGEST_HEADER else ""
        if _HEADER.fullmatch(bare) or (_RESULT.search(bare) and _HEADER.match(bare) and len(bare) < 40):
            kind = kind_of(bare.partition("조치결과")[0].partition("처리결과")[0] or bare)
            continue
        if not kind:
            continue
        if current is None or (current.outcome and _OPEN.match(text) and _opens(text, current)):
            current = _Draft(kind, place)
            drafts.append(current)
        _take(current, text)
    return [_finished(n, draft) for n, draft in enumerate((d for d in drafts if d.outcome), 1)]


def _opens(text: str, current: _Draft) -> bool:
    """A ○ line opens a new finding; inside answers the marker is ◦ or -."""
    if text.startswith("◦"):
        return False
    return bool(current.done or current.plan) or current.part != "request"


def _take(draft: _Draft, text: str) -> None:
    for part, pattern in (("state", _STATE), ("done", _DONE), ("plan", _PLAN)):
        if part == "state" and draft.outcome:
            continue
        match = pattern.match(text)
        if match:
            if part == "state":
                draft.outcome = _outcome(match[1])
            elif match[1]:
                getattr(draft, part).append(match[1])
            draft.part = part
            return
    if draft.part == "request":
        draft.request.append(text)
    elif draft.part != "state":
        getattr(draft, draft.part).append(text)


def _outcome(text: str) -> str:
    bare = squeezed(text)
    return next((outcome for outcome in OUTCOMES if bare.startswith(squeezed(outcome))), text.strip())


def _finished(number: int, draft: _Draft) -> Finding:
    request = " ".join(draft.request)
    divisions: list[str] = []
    match = re.search(r"\(([^()]*)\)\s*$", request)
    if match:
        divisions = [name.strip() for name in re.split(r"[,，/]", match[1]) if name.strip()]
        if not any(match[0].strip() in line for line in draft.request):
            divisions = [squeezed(name) for name in divisions]  # the brackets were cut, perhaps inside a name
        request = request[: match.start()].strip()
    request = re.sub(r"^(?:[○◦❍□]|\d{1,3}[.)])\s*", "", request)
    return Finding(
        number,
        draft.kind,
        request,
        divisions,
        draft.outcome,
        "\n".join(draft.done),
        "\n".join(draft.plan),
        draft.place,
    )


def _lines(document: Document) -> Iterator[tuple[str, Place]]:
    """Lines as an eye reads them: paragraphs, and two-column tables row by row, left cell before right."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text.strip(), block.place
            continue
        yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[tuple[str, Place]]:
    header = "".join(squeezed(cell.text) for cell in table.cells if cell.row == 0)
    if not (_HEADER.search(header) and _RESULT.search(header)):
        for cell in table.cells:
            for inner in cell.tables:
                yield from _table_lines(inner)
        return
    yield header, table.place
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        if cell.row == 0:
            continue
        for line in cell.lines:
            yield line.strip(), table.place._replace(row=cell.row + 1, column=cell.column + 1)
