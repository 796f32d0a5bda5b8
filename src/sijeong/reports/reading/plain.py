"""A file of any kind an office attaches as plain text: for search, and for finding personal data before publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sijeong.documents.asides import aside
from sijeong.documents.sniff import kind_of
from sijeong.reports.reading import read
from sijeong.reports.reading.archives import Archive
from sijeong.reports.reading.beside import beside
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.inside import Part, drawn_pictures, is_hwp, left_over, parts
from sijeong.reports.reading.pdf import MOST_PAGES
from sijeong.reports.reading.pictures import PLACED, is_picture, told
from sijeong.reports.reading.sniff import LARGEST_FILE, decoded
from sijeong.reports.reading.words import Shown

# Parts that hold what a reader of the sheet or the slides can see, notes and comments too.
SHEET = re.compile(
    r"xl/(?:worksheets|comments|threadedComments|drawings|charts)[^/]*(?:/[^/]+)?\.xml$|xl/comments\d*\.xml$"
)
SLIDES = re.compile(r"ppt/(?:slides|notesSlides|comments|charts|diagrams)/[^/]+\.xml$")
TEXT_TAGS = {"t", "v"}
PICTURES, PICTURE = {"png", "jpeg", "gif", "webp"}, "그림"
# How deep, how many and how much of what is embedded is read before it is left to a person.
DEEPEST, MOST, LARGEST = 4, 300, 256 * 2**20


@dataclass
class Bound:
    """What may still be read of what is embedded in one file, all its layers together."""

    parts: int = MOST
    size: int = LARGEST

    def spent(self, data: bytes) -> None:
        """Raises Unreadable where it is too much."""
        self.parts, self.size = self.parts - 1, self.size - len(data)
        if self.parts < 0 or self.size < 0:
            raise Unreadable("안에 든 것이 너무 많거나 커서 다 읽지 않음")


def plain_text(path: Path, kind: str) -> tuple[str, str]:
    """The text of a file whose bytes were sniffed as ``kind``, and what of it could not be read ("" if all was).

    What is embedded is read as the file itself is. Never raises for what is in the file: an unreadable one is
    ``("", why)``. Who teaches it to see more raises FILE_READER_EDITION, so that files read before are read again.
    """
    try:
        data = _bytes(path)
    except Unreadable as error:
        return "", str(error)
    text, unread = _text(data, kind, Bound(), 0)
    return text, ", ".join(unread)


def _text(data: bytes, kind: str, bound: Bound, depth: int) -> tuple[str, list[str]]:
    """What a file says, and what of it could not be read, each as it is called."""
    if kind in {"text", "text-cp949"}:
        try:
            return decoded(data), []
        except Unreadable as error:
            return "", [str(error)]
    lines: list[str] = []
    unread: list[str] = []
    try:
        text, unread = _shown(data, kind)
    except Unreadable as error:
        text, unread = "", [str(error)]
    try:
        told_beside = (
            aside(place, words) for place, words in beside(data, kind, Shown(text)) if words.strip()
        )
        lines += dict.fromkeys(told_beside)
    except Unreadable as error:
        unread += [str(error)] if str(error) not in unread else []
    if kind in PICTURES:
        said, called = told(data)
        lines, unread = lines + said, unread + [called] * (called == PLACED)
    within, left = _within(data, kind, bound, depth)
    return "\n".join(filter(None, [text, *lines, *within])), list(_counted(_merged(unread, left)))


def _within(data: bytes, kind: str, bound: Bound, depth: int) -> tuple[list[str], list[str]]:
    """Lines of what is embedded, and what of it could not be read."""
    lines: list[str] = []
    unread: list[str] = []
    try:
        unread += drawn_pictures(data, MOST_PAGES) if kind == "pdf" else []
        unread += left_over(data, kind, depth)
        for part in parts(data, kind):
            bound.spent(part.data)
            said, left = _part(part, bound, depth + 1)
            lines += filter(None, [part.name, *said])
            unread += left
    except Unreadable as error:
        unread.append(str(error))
    return lines, unread


def _part(part: Part, bound: Bound, depth: int) -> tuple[list[str], list[str]]:
    kind = kind_of(BytesIO(part.data))
    if kind in PICTURES or (kind is None and is_picture(part.data)):
        said, called = told(part.data)
        return said, [called]
    name = f"안에 든 {part.name or '파일'}"
    if kind is None or (kind == "ole" and not is_hwp(part.data)):
        return [], [f"안에 든 개체({part.name})" if part.name else "안에 든 개체"]
    if depth > DEEPEST:
        return [], [f"{name}(너무 깊이 들어 있음)"]
    text, unread = _text(part.data, kind, bound, depth)
    return [text], [f"{name}: {what}" for what in unread]


def _merged(shown: list[str], within: list[str]) -> list[str]:
    """Both, a picture once: its place on the page tells it, and so do its bytes."""
    kept = sum(what in {PICTURE, PLACED} for what in within)
    more = max(0, shown.count(PICTURE) - kept)
    return [what for what in shown if what != PICTURE] + [PICTURE] * more + within


def _shown(data: bytes, kind: str) -> tuple[str, list[str]]:
    """What a reader of the file sees."""
    if kind in {"xlsx", "pptx"}:
        return _office(Archive(data), kind), []
    document = read(data)
    lines = [document.text(), *document.margins, *document.notes]
    return "\n".join(lines), document.unread


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise Unreadable(f"파일이 {LARGEST_FILE >> 20}MB보다 커서 읽지 않았습니다.")
    return path.read_bytes()


def _counted(unread: list[str]) -> Iterator[str]:
    for what, times in Counter(unread).items():
        yield f"{what} {times}개" if times > 1 or what in {PICTURE, PLACED} else what


def _office(archive: Archive, kind: str) -> str:
    """Cells, slides, notes and comments of a package in the order of its parts."""
    shared = _shared(archive) if "xl/sharedStrings.xml" in archive.names else []
    wanted = SHEET if kind == "xlsx" else SLIDES
    lines = [
        line for name in sorted(archive.names) if wanted.match(name) for line in _lines(archive, name, shared)
    ]
    return "\n".join(lines)


def _shared(archive: Archive) -> list[str]:
    root = archive.xml("xl/sharedStrings.xml")
    return ["".join(t.text or "" for t in item.iter("{*}t")) for item in root.iter("{*}si")]


def _lines(archive: Archive, name: str, shared: list[str]) -> Iterator[str]:
    """A line for each row, paragraph or comment; cells apart by tabs."""
    told: list[str] = []
    for element in archive.xml(name).iter("{*}c", "{*}t", "{*}v", "{*}row", "{*}p", "{*}comment"):
        tag = str(element.tag).rpartition("}")[2]
        if tag in {"row", "p", "comment"} and told:
            yield "\t".join(told)
            told = []
        elif tag in TEXT_TAGS and element.text:
            cell = element.getparent()
            index = element.text if cell is not None and cell.get("t") == "s" and tag == "v" else ""
            told.append(
                shared[int(index)] if index.isdecimal() and int(index) < len(shared) else element.text
            )
    if told:
        yield "\t".join(told)
