"""Two ways to feed a section to its reader: by tokens found at once, or by the strict parser."""

from __future__ import annotations

import re
from typing import Protocol
from xml.parsers import expat

from sijeong.reports.reading import hwpx_tokens as tokens
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.hwpx_frames import Attributes, Handlers


class Reader(Protocol):
    """What takes tags, text, and whole plain cells and paragraphs."""

    starts: Handlers
    ends: Handlers
    skipping: int
    saying: bool

    def say(self, text: str) -> None: ...
    def case(self, attributes: Attributes) -> None: ...
    def end_case(self, attributes: Attributes) -> None: ...
    def plain_p(self, shape: str, text: str | None) -> None: ...
    def plain_cell(self, *parts: str | None) -> None: ...


def quickly(reader: Reader, found: list[re.Match[str]]) -> None:
    """Feeds the matches of `hwpx_tokens`."""
    for match in found:
        kind = match.lastindex
        if kind == tokens.TAG:
            _tag(reader, match)
        elif reader.skipping:
            continue
        elif kind == tokens.CELL:
            reader.plain_cell(*match.groups()[:7])
        else:
            reader.plain_p(*match.group(8, 9))


def _tag(reader: Reader, match: re.Match[str]) -> None:
    closing, name, attributes, empty, text = match.group(10, 11, 12, 13, 14)
    handler = None if closing else reader.starts[name]
    if handler is not None and (not reader.skipping or handler == reader.case):
        handler(tokens.attributes(attributes) if attributes else {})
    handler = reader.ends[name] if closing or empty else None
    if handler is not None and (not reader.skipping or handler == reader.end_case):
        handler({})
    if text and reader.saying:
        reader.say(tokens.unescaped(text))


def strictly(reader: Reader, data: bytes, name: str) -> None:
    """Feeds what expat tells, tag by tag; `Unreadable` for what is no XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse

    def start(tag: str, attributes: Attributes) -> None:
        handler = reader.starts[tag]
        if handler is not None and (not reader.skipping or handler == reader.case):
            handler(attributes)

    def end(tag: str) -> None:
        handler = reader.ends[tag]
        if handler is not None and (not reader.skipping or handler == reader.end_case):
            handler({})

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.say
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(f"문서의 일부({name})가 올바른 XML이 아닙니다(줄 {error.lineno}).") from error


def _refuse(*_: object) -> None:
    raise Unreadable("외부 개체(DTD)를 선언한 문서여서 읽지 않았습니다.")
