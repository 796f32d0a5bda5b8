"""The outline of a report written in 개조식: markers and indentation give each statement its level.

Lines that a page or a PDF cut are joined again; tables hang where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sijeong.reports.reading.documents import Block, Document, Paragraph, Place, Table

CHAPTER, TITLE, SUBTITLE, BOX, CIRCLE, DASH, DOT, NOTE = 1, 2, 3, 4, 5, 6, 7, 8

_ROMAN = r"(?:[Ⅰ-Ⅻ]|(?:I{1,3}|IV|VI{0,3}|IX|X))"
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (CHAPTER, re.compile(rf"{_ROMAN}\s?\.?(?=\s|$)\s*")),
    (NOTE, re.compile(r"(?:※|☞|\*{1,3}(?!\*)|주\)|†)\s*")),
    (BOX, re.compile(r"[□■❏◻▣❚▌]\s*")),
    (CIRCLE, re.compile(r"[○◦❍◯●◎ㅇ⦁o](?=\s|\(|[가-힣「｢‘'\d])\s*")),
    (SUBTITLE, re.compile(r"(?:[①-⑳❶-❿⓵-⓾]|[가-하][.)](?=\s))\s*")),
    (TITLE, re.compile(r"\d{1,2}(?:-\d{1,2}){0,2}(?:\.(?:\s+|$|(?=[가-힣])))")),
    (
        TITLE,
        re.compile(
            r"\d{1,2}(?:-\d{1,2}){0,2}(?:\s+|$)(?!(?:명|건|개|월|일|년|회|원|%|억|만|천|쪽|\d)(?:[^가-힣]|$)(?!\s?[가-힣]\s))"
        ),
    ),
    (SUBTITLE, re.compile(r"(?:\d{1,2}\)|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2})+\.)\s+")),
    (DOT, re.compile(r"[·•∙‧ㆍ▸▶‣▷►→⇒➤√✓✔▪◾⋅∎◆◇]\s*(?!\d+%)")),
    (DASH, re.compile(r"[-–—‑−ー](?=[\s가-힣(「｢‘'])\s*")),
)
_ANNEX = re.compile(r"별첨\s?\d{1,2}\.?(?=\s|$)\s*")
# the four markers of nearly every line, each with the one pattern that can match it
_COMMON = {
    mark: tuple(m for m in _MARKERS if m[0] == level)
    for mark, level in (("□", BOX), ("○", CIRCLE), ("-", DASH), ("·", DOT))
}
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]\s*")
_CAPTION = re.compile(r"\s*(?:【.+】|<\s?[^<>]+\s?>|《.+》|〈.+〉|≪.+≫|\[[^\]]{2,40}\])\s*(?:\(.*\))?\s*")
_PARENTHETIC = re.compile(r"\s*[(（].{0,60}[)）]\s*")
_SECTION = re.compile(
    r"(?:주요\s?|향후\s?|세부\s?)?(?:추진|사업|운영|과업|조례안|검토|점검|현안|개선|제도)?\s?"
    r"(?:개요|배경|목적|근거|방향|실적|현황|계획|일정|내용|체계|절차|성과|문제점|개선방안|건의사항|기대효과|총괄)"
    r"(?:\s?및\s?(?:향후\s?)?(?:추진\s?)?(?:계획|일정|현황|실적))?(?:\s?\(.{0,40}\))?"
)


@dataclass(slots=True)
class Item:
    """One statement: its marker, level (1 chapter … 8 note), text without the marker, and what stands under
    it.
    """

    level: float
    marker: str
    text: str
    place: Place
    lines: list[str] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    caption: bool = False

    def walk(self) -> Iterator[Item]:
        yield self
        for child in self.children:
            yield from child.walk()


def marked(text: str) -> tuple[float, str, str]:
    """(level, marker, rest) of a line; level 0 if it bears no marker."""
    bare = text.strip()
    first = bare[:1]
    if first == "별" and (annex := _ANNEX.match(bare)):
        return CHAPTER, annex[0].strip(), bare[annex.end() :].strip()
    if not first or ("가" <= first <= "힣" and bare[1:2] not in (".", ")")):
        return 0, "", bare
    for level, pattern in _COMMON.get(first, _MARKERS):
        match = pattern.match(bare)
        if match:
            return level, match[0].strip(), bare[match.end() :].strip()
    match = _PRIVATE.match(bare)
    if match:
        rest = bare[match.end() :].strip()
        return (BOX if _SECTION.fullmatch(rest) else TITLE), match[0].strip(), rest
    return 0, "", bare


def outline(document: Document) -> list[Item]:
    """Top-level items, each with its children; statements before the first heading stand at the top
    themselves.
    """
    roots: list[Item] = []
    path: list[Item] = []
    for item in _items(document.blocks, document.format):
        if isinstance(item, Table):
            if path:
                path[-1].tables.append(item)
            elif roots:
                roots[-1].tables.append(item)
            else:
                roots.append(Item(0, "", "", item.place, tables=[item]))
            continue
        while path and path[-1].level >= item.level:
            path.pop()
        (path[-1].children if path else roots).append(item)
        path.append(item)
    return roots


def flat(document: Document) -> list[Item]:
    """All items in reading order."""
    return [item for root in outline(document) for item in root.walk()]


def _items(blocks: list[Block], format_: str) -> Iterator[Item | Table]:
    ranks = _Ranks()
    for item in _joined(blocks, format_):
        if isinstance(item, Item):
            ranks.settle(item)
        yield item


class _Ranks:
    """Levels of numbered heads: `1.` or ① opening under a □ belongs below it, and 2., ② stand where their
    1., ① stood.
    """

    def __init__(self) -> None:
        self._previous = 0.0
        self._boxed = False
        self._runs: dict[str, list[list[float]]] = {}  # style → open runs of [level, last number]

    def settle(self, item: Item) -> None:
        if item.marker and item.level in (TITLE, SUBTITLE):
            style, number = _style(item.marker)
            item.level = self._level(style, number, item.level)
        if item.level <= SUBTITLE:
            self._boxed = False
        elif item.level == BOX:
            self._boxed = True
        self._previous = item.level

    def _level(self, style: str, number: int, level: float) -> float:
        runs = self._runs.setdefault(style, [])
        for index in range(len(runs) - 1, -1, -1):
            if number > 1 and runs[index][1] == number - 1:
                del runs[index + 1 :]
                runs[index][1] = number
                return runs[index][0]
        nested = number == 1 and (self._previous == BOX or (self._boxed and style in ("①", "❶")))
        found = BOX + 0.5 if nested else level
        if found == level:
            runs.clear()
        runs.append([found, number])
        return found


def _style(marker: str) -> tuple[str, int]:
    """The style of a numbered marker and its number (0 if it has none)."""
    if "①" <= marker[0] <= "⑳":
        return "①", ord(marker[0]) - 0x245F
    if "❶" <= marker[0] <= "❿":
        return "❶", ord(marker[0]) - 0x2775
    digits = re.sub(r"\D", "", marker.rpartition("-")[2])
    if digits:
        return re.sub(r"\d+", "1", marker), int(digits)
    letters = "가나다라마바사아자차카타파하"
    number = next((letters.index(ch) + 1 for ch in marker if ch in letters), 0)
    return re.sub(r"[가-힣]", "가", marker), number


def _joined(blocks: list[Block], format_: str) -> Iterator[Item | Table]:
    current: Item | None = None
    lengths = sorted(len(block.text) for block in blocks if isinstance(block, Paragraph))
    # Only formats that keep the lines of the page cut statements; a line well short of the page's width was
    # not cut.
    cut = lengths[len(lengths) * 49 // 50] * 0.66 if lengths and format_ in ("text", "pdf") else 0.0
    for block in blocks:
        if isinstance(block, Table):
            if current is not None:
                yield current
                current = None
            title = _bar(block)
            yield title if title is not None else block
            continue
        item = _item(block, format_)
        if current is not None and _continues(current, item, block, cut):
            current.text = f"{current.text} {item.text}".strip()
            current.lines.append(block.text)
            continue
        if current is not None:
            yield current
        current = item
    if current is not None:
        yield current


def _item(block: Paragraph, format_: str) -> Item:
    level, marker, rest = marked(block.text)
    text = block.text.strip()
    if _CAPTION.fullmatch(text):
        return Item(NOTE - 1, "", text, block.place, [block.text], caption=True)
    if block.heading:
        # What the marker says of a heading counts for more than how deep its file sets it.
        depth = level if 0 < level <= SUBTITLE else min(block.heading, SUBTITLE)
        return Item(depth, marker, rest, block.place, [block.text])
    if not level and not marker and _SECTION.fullmatch(text) and len(text) < 30:
        level = BOX
    if format_ == "markdown" and marker in ("-", "*"):
        inner, inner_marker, inner_rest = marked(rest)
        if inner_marker and inner not in (TITLE, DASH):
            return Item(inner, inner_marker, inner_rest, block.place, [block.text])
        level = DASH if block.indent else CIRCLE
        if block.indent >= 3:
            level = DOT
    return Item(level or NOTE - 1, marker, rest, block.place, [block.text])


def _continues(current: Item, item: Item, block: Paragraph, cut: float) -> bool:
    """A line without a marker goes on with the statement before it, where the format cuts lines (`cut` >
    0).
    """
    if item.marker or item.caption or current.caption or block.heading:
        return False
    if (current.level <= SUBTITLE and current.marker and not current.text) or block.flows:
        return True
    if not cut or item.level == BOX or not current.marker or current.level <= BOX or not current.text:
        return False
    last = current.lines[-1].strip()
    unclosed = any(current.text.count(a) > current.text.count(b) for a, b in ("()", "「」", "｢｣"))
    return unclosed or len(last) >= cut or last.endswith((",", "·", "‧", "∙"))


def _bar(table: Table) -> Item | None:
    """A table of one short row that is really a chapter bar: `Ⅰ | 사업 개요`, `1 | 추진 배경`."""
    if len(table.cells) > 3 or table.height != 1 or any(cell.tables for cell in table.cells):
        return None
    texts = [" ".join(cell.text.split()) for cell in table.cells]
    words = [text for text in texts if text]
    if not words or sum(map(len, words)) > 70:
        return None
    joined = " ".join(words)
    level, marker, rest = marked(joined)
    if (
        (len(words) == 1 and not marker)
        or len(words) > 2
        or not rest
        or level not in (CHAPTER, TITLE, SUBTITLE)
    ):
        return None
    return Item(level, marker, rest, table.place, [joined])
