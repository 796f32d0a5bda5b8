"""Programmes with their overview, results, plan and schedule; legal bases; requests for improvement
(제도개선 건의).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sijeong.reports.facts.grids import squeezed
from sijeong.reports.reading.documents import Place
from sijeong.reports.reading.outline import BOX, CHAPTER, NOTE, SUBTITLE, TITLE, Item

_PARTS = (
    ("schedule", re.compile(r"일정")),
    ("results", re.compile(r"실적|성과|현황|추진내용|추진상황|추진경과|경과")),
    ("plan", re.compile(r"계획|방안|향후")),
    ("overview", re.compile(r"개요|배경|목적|방향|근거|역할|내용|필요성|과업")),
)
_LAW = re.compile(
    r"[「｢『]\s*([^「」｢｣『』]{2,60}?)\s*[」｣』]\s*((?:시행령|시행규칙)?\s*(?:부칙\s*)?제\s?\d+조(?:의\s?\d+)?(?:\s*제?\s?[\d①-⑳]+항)?(?:\s*제?\d+호)?)?"
    r"|((?:[가-힣]{1,6}(?:시|도|군|구)\s)?(?:[가-힣·]{2,20}(?:법률|법|조례|규칙|규정|시행령|훈령|지침)))\s*(제\s?\d+조(?:의\s?\d+)?(?:\s*제?[\d①-⑳]+항)?)"
)
_STATE = re.compile(r"(?:추진|처리|조치)\s?상[황태]\s*[:：]\s*\S")
_LAWLIKE = re.compile(r"(법|법률|조례|규칙|규정|시행령|훈령|예규|지침|고시|협약)(?:\([^)]*\))?$|제\s?\d+조")


@dataclass(slots=True)
class Programme:
    """A programme (시책·사업); each part is a list of statements, its heads above it in `chapter`."""

    title: str
    chapter: str
    summary: str
    place: Place
    overview: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    plan: list[str] = field(default_factory=list)
    schedule: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class LegalBasis:
    law: str
    article: str
    place: Place


@dataclass(slots=True)
class Improvement:
    """A change of law or system asked of the ministry or the council."""

    title: str
    state: list[str]
    problem: list[str]
    request: list[str]
    provisions: list[str]
    place: Place


def section_part(title: str) -> str:
    """Which part of a programme a section holds: schedule, results, plan, overview, or ''."""
    bare = squeezed(title.partition("(")[0])
    return next((part for part, pattern in _PARTS if pattern.search(bare)), "") if len(bare) <= 16 else ""


def programmes(items: list[Item]) -> list[Programme]:
    """Every heading that has at least one section (추진개요, 실적, 계획, 일정)."""
    found: list[Programme] = []
    chapter = ""
    heading: Item | None = None
    summary: list[str] = []
    current: Programme | None = None
    for item in items:
        if item.level == CHAPTER:
            chapter, heading, current = item.text, None, None
        elif item.level in (TITLE, SUBTITLE):
            heading, current, summary = item, None, []
        elif _STATE.match(item.text):
            heading = current = None  # an audit finding begins: its 추진내용 and 향후계획 are no programme's
        elif item.level == BOX and heading is not None and (part := section_part(item.text)):
            if current is None:
                current = Programme(heading.text, chapter, " ".join(summary), heading.place)
                found.append(current)
            _fill(current, part, item)
        elif (
            not item.marker
            and not item.caption
            and heading is not None
            and current is None
            and item.level == NOTE - 1
        ):
            summary.append(item.text)
    return found


def _fill(programme: Programme, part: str, section: Item) -> None:
    for item in section.walk():
        if item is section or not item.text:
            continue
        if part == "schedule":
            what, _, when = item.text.rpartition(" : ")
            programme.schedule.append((what.strip() or item.text, when.strip() if what else ""))
        else:
            getattr(programme, part).append(item.text)


def legal_bases(items: list[Item]) -> list[LegalBasis]:
    """Every law, ordinance or rule named, with its article."""
    return [
        LegalBasis(law, article, item.place)
        for item in items
        if _names_law(item.text)
        for law, article in laws(item.text)
    ]


def _names_law(text: str) -> bool:
    return "「" in text or "｢" in text or "『" in text or ("제" in text and "조" in text)


def laws(text: str) -> Iterator[tuple[str, str]]:
    if not _names_law(text):
        return
    for match in _LAW.finditer(text):
        law, article = (match[1], match[2]) if match[1] else (match[3], match[4])
        if not match[1] or article or _LAWLIKE.search(law):
            bare = re.match(r"(.*?)\s*(제\s?\d+조.*)$", law)
            if bare and not article:
                law, article = bare[1], bare[2]
            yield " ".join(law.split()), "".join((article or "").split())


_IMPROVEMENT_PARTS = (
    (
        "request",
        re.compile(r"건의\s?(사항|내용)|개선\s?(방안|내용|요청)|요청\s?사항|개정\s?\(?안|협조\s?요청"),
    ),
    ("problem", re.compile(r"문제점|애로|한계")),
    ("state", re.compile(r"현\s?황|현행|실태|배경")),
    ("provisions", re.compile(r"관련\s?(법령|규정|근거|조항)|관계\s?법령|법적\s?근거|개정\s?조항")),
)


def improvements(items: list[Item]) -> list[Improvement]:
    """Headings under which a problem and a request stand together."""
    found: list[Improvement] = []
    heading: Item | None = None
    parts: dict[str, list[str]] = {}
    for item in [*items, None]:
        if item is None or item.level <= SUBTITLE:
            if heading is not None and parts.get("request") and (parts.get("problem") or parts.get("state")):
                given = {name: parts.get(name, []) for name, _ in _IMPROVEMENT_PARTS}
                found.append(Improvement(title=heading.text, place=heading.place, **given))
            heading, parts = item, {}
            continue
        label, _, said = item.text.partition(":")
        name = _improvement_part(label) if item.level <= BOX + 1 else ""
        if name:
            inner = [child.text for child in item.walk() if child is not item]
            parts.setdefault(name, []).extend([said.strip(), *inner] if said.strip() else inner)
    return [improvement for improvement in found if improvement.problem]


def _improvement_part(label: str) -> str:
    bare = label.strip()
    return next((n for n, p in _IMPROVEMENT_PARTS if p.search(bare)), "") if len(bare) <= 16 else ""
