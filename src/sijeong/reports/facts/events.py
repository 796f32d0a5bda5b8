"""Events (when, where, who, what) and agreements (업무협약) with their parties."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sijeong.reports.facts.dates import Span, spans
from sijeong.reports.reading.documents import Place
from sijeong.reports.reading.outline import Item

_FIELD = re.compile(r"([가-힣][가-힣 ·/및]{0,14}?)\s*[:：]\s*(.+)")
_AGREEMENT = re.compile(r"업무\s?협약|협약\s?체결|MOU|교류협약")
_WHEN_WHERE = re.compile(r"(일\s?시|일\s?자|때)\s?[/·및]+\s?(장\s?소|곳)")
_NAMES = (
    ("when", re.compile(r"^(일\s?시|일\s?자|개최일|방문일|협약일|기\s?간|행사일시)$")),
    ("where", re.compile(r"^(장\s?소|개최\s?장소|방문지|위\s?치)$")),
    (
        "who",
        re.compile(
            r"^(참\s?석|참석자|참석대상|참\s?여|참여자|참여대상|대\s?상|협약당사자|협약기관|당사자|회의주재|주\s?재)$"
        ),
    ),
    (
        "what",
        re.compile(
            r"^(내\s?용|주요\s?내용|행사\s?내용|협약\s?(주요\s?)?내용|논의\s?(내용|사항)|안\s?건|상정안건|추진\s?경위|회의\s?내용)$"
        ),
    ),
)


@dataclass(slots=True)
class Event:
    """Something that took place: `when` as printed, `span` as dates."""

    title: str
    when: str
    span: Span | None
    where: str
    who: list[str]
    what: list[str]
    place: Place


@dataclass(slots=True)
class Agreement:
    """An agreement (MOU) with its parties and content."""

    title: str
    parties: list[str]
    when: str
    content: list[str]
    place: Place


@dataclass(slots=True)
class _Draft:
    title: str
    place: Place
    when: str = ""
    where: str = ""
    who: list[str] = field(default_factory=list)
    what: list[str] = field(default_factory=list)


def events(items: list[Item]) -> list[Event]:
    """Every run of labelled lines (일시/장소, 참석, 내용) under one title."""
    found: list[_Draft] = []
    draft: _Draft | None = None
    title: Item | None = None
    for item in items:
        label, value = labelled(item.text)
        if draft is not None and _add(draft, label, value):
            continue
        if label and (_WHEN_WHERE.fullmatch(label) or (_name(label) == "when" and title is not None)):
            draft = _Draft(title.text if title else "", item.place)
            _add(draft, label, value)
            found.append(draft)
            continue
        if not label or item.level <= 4:
            draft = None
            if item.text and item.level < 8 and not item.caption:
                title = item
    return [_event(d) for d in found if d.when and (d.where or d.who or d.what)]


def labelled(text: str) -> tuple[str, str]:
    """(label, value) of a line like `일시/장소 : …`; ('', text) if it has no label."""
    match = _FIELD.fullmatch(text) if ":" in text or "：" in text else None
    return (match[1].strip(), match[2].strip()) if match else ("", text)


def _name(label: str) -> str:
    return next((name for name, pattern in _NAMES if pattern.fullmatch(label.strip())), "")


def _add(draft: _Draft, label: str, value: str) -> bool:
    """Takes one labelled line into a draft; False if it doesn't belong to it."""
    if label and _WHEN_WHERE.fullmatch(label):
        if draft.when:
            return False
        when, _, where = value.partition(" / ")
        draft.when, draft.where = when.strip(), where.strip()
        return True
    name = _name(label)
    if not name:
        return False
    if name in ("when", "where"):
        if getattr(draft, name):
            return False
        setattr(draft, name, value)
    else:
        getattr(draft, name).append(value)
    return True


def _event(draft: _Draft) -> Event:
    found = spans(draft.when)
    return Event(
        draft.title, draft.when, found[0] if found else None, draft.where, draft.who, draft.what, draft.place
    )


def agreements(items: list[Item]) -> list[Agreement]:
    """Titles that name an agreement, with the labelled lines under them."""
    found: list[Agreement] = []
    current: Agreement | None = None
    for item in items:
        label, value = labelled(item.text)
        if not label and _AGREEMENT.search(item.text):
            current = (
                Agreement(item.text, _parties(item.text), "", [], item.place) if len(item.text) < 90 else None
            )
            if current is not None:
                found.append(current)
        elif current is not None and label:
            if re.fullmatch(r"협약\s?(당사자|기관)|당사자", label):
                names = (name.strip() for name in re.split(r"\s[-–]\s|\s*↔\s*|,", value))
                current.parties = list(dict.fromkeys(name for name in names if name))
            elif "내용" in label:
                current.content.append(value)
            elif re.match(r"일\s?시|일\s?자|협약일", label):
                current.when = value.partition(" / ")[0].strip()
        elif item.level <= 5 and not label:
            current = None
    return found


def _parties(title: str) -> list[str]:
    match = re.search(r"([가-힣A-Za-z]+)\s?[-–·]\s?([가-힣A-Za-z]+)\s+[가-힣 ]*협약", title)
    return [match[1], match[2]] if match else []
