"""A file of any kind an office attaches as plain text: for search, and for finding personal data before publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sijeong.reports.reading import read
from sijeong.reports.reading.archives import Archive
from sijeong.reports.reading.beside import beside
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.sniff import LARGEST_FILE, decoded

# Parts that hold what a reader of the sheet or the slides can see, notes and comments too.
SHEET = re.compile(
    r"xl/(?:worksheets|comments|threadedComments|drawings|charts)[^/]*(?:/[^/]+)?\.xml$|xl/comments\d*\.xml$"
)
SLIDES = re.compile(r"ppt/(?:slides|notesSlides|comments|charts|diagrams)/[^/]+\.xml$")
PICTURES = re.compile(r"(?:xl|ppt)/media/")
TEXT_TAGS = {"t", "v"}


def plain_text(path: Path, kind: str) -> tuple[str, str]:
    """The text of a file whose bytes were sniffed as ``kind``, and what of it could not be read ("" if all was).

    Never raises for what is in the file: an unreadable one is ``("", why)``. Who teaches it to see more raises
    FILE_READER_EDITION, so that files read before are read again.
    """
    more: list[str] = []
    try:
        if kind in {"text", "text-cp949"}:
            return decoded(_bytes(path)), ""
        more += (line for line in beside(_bytes(path), kind) if line.strip())
        text, unread = _shown(path, kind)
    except Unreadable as error:
        text, unread = "", str(error)
    return "\n".join(filter(None, [text, *more])), unread


def _shown(path: Path, kind: str) -> tuple[str, str]:
    """What a reader of the file sees."""
    if kind in {"xlsx", "pptx"}:
        return _office(Archive(_bytes(path)), kind)
    document = read(path)
    lines = [document.text(), *document.margins, *document.notes]
    return "\n".join(lines), ", ".join(_counted(document.unread))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise Unreadable(f"파일이 {LARGEST_FILE >> 20}MB보다 커서 읽지 않았습니다.")
    return path.read_bytes()


def _counted(unread: list[str]) -> Iterator[str]:
    for what, times in Counter(unread).items():
        yield f"{what} {times}개" if times > 1 else what


def _office(archive: Archive, kind: str) -> tuple[str, str]:
    """Cells, slides, notes and comments of a package in the order of its parts."""
    shared = _shared(archive) if "xl/sharedStrings.xml" in archive.names else []
    wanted = SHEET if kind == "xlsx" else SLIDES
    lines = [
        line for name in sorted(archive.names) if wanted.match(name) for line in _lines(archive, name, shared)
    ]
    pictures = sum(1 for name in archive.names if PICTURES.match(name))
    return "\n".join(lines), f"그림 {pictures}개" if pictures else ""


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
