"""What an HWP says beside its pages: properties, preview, scripts, links, hidden remarks, earlier versions it keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import olefile

from sijeong.reports.reading import properties
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.hwp_records import PARA_TEXT, Container, Record, tree
from sijeong.reports.reading.words import Shown

SUMMARY = "\x05HwpSummaryInformation"
# Streams of two bytes a letter that no page shows.
TOLD = (("PrvText", "미리보기 글"), ("Scripts/", "스크립트"), ("DocOptions/", "문서 설정"))
# Streams that readers read, or in which nobody's words stand. The picture of the page is not handed out.
KNOWN = re.compile(
    r"FileHeader$|DocInfo$|BodyText/|ViewText/|BinData/|PrvText$|PrvImage$|\x05HwpSummaryInformation$"
    r"|Scripts/|DocOptions/"
)
# What of a stream of letters and numbers is letters, and the script that every new document begins with.
SPELLED = re.compile(r"[ -~가-힣ㄱ-ㆎ]{3,}")
BLANK_SCRIPT = re.compile(
    r"var Documents = XHwpDocuments;|var Document = Documents\.Active_XHwpDocument;|function OnDocument_(?:New|Open)\(\)|//todo :|[{}/\s]"
)
WORD = re.compile(r"\w{2}")
CHANGED_BY = 97  # HWPTAG_TRACK_CHANGE_AUTHOR


def told(data: bytes, shown: Shown) -> Iterator[tuple[str, str]]:
    """Place and words. What cannot be opened tells nothing here: the reader of its text says why."""
    try:
        with olefile.OleFileIO(data) as container:
            if container.exists(SUMMARY):
                summary = container.getproperties(SUMMARY, convert_time=False)
                yield from (
                    (properties.place(properties.SUMMARY[key]), value.partition("\0")[0])
                    for key, value in summary.items()
                    if key in properties.SUMMARY and isinstance(value, str)
                )
    except (OSError, ValueError, TypeError, IndexError):
        return
    try:
        container = Container(data)
        for name in container.names():
            if container.distributed and name.startswith("BodyText/"):
                yield from (
                    ("보이지 않는 본문", line) for line in shown.new(_lines(tree(container.stream(name))))
                )
            place = next((place for start, place in TOLD if name.startswith(start)), "")
            if place == "미리보기 글":
                lines = _wide(container.stream(name)).split("\n")
                yield from ((place, line) for line in lines if any(shown.new(re.split(r"[<>]+", line))))
            elif place:
                yield place, _spelled(container.stream(name))
        yield from (("변경한 사람", _wide(r.payload)) for r in container.info() if r.tag == CHANGED_BY)
        for section in container.sections():
            yield from _of_records(section)
    except Unreadable:
        return  # the reader of its text says why


def left_over(data: bytes) -> list[str]:
    """What of it only a person can look at: versions it keeps, and streams that no reader knows."""
    try:
        names = [name for name in Container(data).names() if not KNOWN.match(name)]
    except Unreadable:
        return []
    kept = any(name.startswith("DocHistory/") for name in names)
    others = sorted({name.split("/")[0] for name in names if not name.startswith("DocHistory/")})
    return ["문서 이력(앞선 판)"] * kept + [f"안에 든 자료({name})" for name in others]


def has_preview(data: bytes) -> bool:
    """Whether it keeps a picture of its first page."""
    try:
        return "PrvImage" in Container(data).names()
    except Unreadable:
        return False


def _lines(found: Iterable[Record]) -> Iterator[str]:
    """Words of all paragraphs, at any depth."""
    for record in found:
        if record.tag == PARA_TEXT:
            yield _wide(record.payload)
        yield from _lines(record.children)


def _spelled(data: bytes) -> str:
    """The letters among the numbers of a stream, but for the script of a new document."""
    said = " ".join(SPELLED.findall(_wide(data)))
    return said if WORD.search(BLANK_SCRIPT.sub(" ", said)) else ""


def _wide(data: bytes) -> str:
    """Letters of two bytes each; whatever is none is a space."""
    text = data.decode("utf-16-le", "replace")
    return "".join(mark if mark.isprintable() or mark == "\n" else " " for mark in text.replace("\r", "\n"))


def _of_records(found: Iterable[Record], *, hidden: bool = False) -> Iterator[tuple[str, str]]:
    """What the controls of an HWP keep from the page: where fields lead, and remarks (숨은 설명)."""
    for record in found:
        if record.control.startswith("%") and len(record.payload) > 11:
            length = int.from_bytes(record.payload[9:11], "little")
            command = record.payload[11 : 11 + 2 * length].decode("utf-16-le", "replace")
            yield "필드", unquote(command.replace("\\", ""))
        if hidden and record.tag == PARA_TEXT:
            yield "숨은 설명", _wide(record.payload)
        yield from _of_records(record.children, hidden=hidden or record.control == "tcmt")
