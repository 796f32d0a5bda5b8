"""The tags of an OWPML section found by one compiled pattern: a plain paragraph or a cell with one is a single
match.

What the pattern does not know (comments, CDATA, other quotes, DTDs, tags that don't close) gives None, and the
section goes to the strict parser.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SPACE = r"\s*+"
_ATTRIBUTES = r'(?:\s++[\w:.-]++="[^<>"\x00-\x08\x0b-\x1f]*+")*+\s*+'
_TEXT = r"[^<>\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PROLOG = re.compile(r"\ufeff?(?:<\?xml\s[^<>]*?\?>)?\s*")
_ENCODING = re.compile(r"encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.I)
_PREFIX = re.compile(r"<(\w+:)?p[\s>]")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')

CELL, PARAGRAPH, TEXT, TAG = 7, 8, 9, 14  # the last group that takes part in each kind of match


@lru_cache(maxsize=8)
def _pattern(prefix: str) -> re.Pattern[str]:
    p, s, a = prefix, _SPACE, _ATTRIBUTES
    lines = rf"(?:<{p}linesegarray>{s}(?:<{p}lineseg{a}/>{s})*+</{p}linesegarray>{s})?+"
    shape = r'(?:\s++(?!paraPrIDRef=)[\w:.-]++="[^<>"\x00-\x08\x0b-\x1f]*+")*+\s++paraPrIDRef="(\d++)"'
    run = rf"<{p}run{a}(?:/>|>{s}(?:<{p}t>({_TEXT})</{p}t>{s}|<{p}t/>{s})?+</{p}run>){s}"
    paragraph = rf"<{p}p{shape}{a}>{s}{run}{lines}</{p}p>{s}"
    address = rf'<{p}cellAddr colAddr="(\d++)" rowAddr="(\d++)"{_SPACE}/>{s}'
    span = rf'<{p}cellSpan colSpan="(\d++)" rowSpan="(\d++)"{_SPACE}/>{s}'
    size = rf"(?:<{p}cellSz{a}/>{s})?+(?:<{p}cellMargin{a}/>{s})?+"
    cell = rf"<{p}tc({a})>{s}<{p}subList{a}>{s}{paragraph}</{p}subList>{s}{address}{span}{size}</{p}tc>{s}"
    tag = rf"<(/?)(\w++(?::\w++)?+)({a})(/?)>({_TEXT})"
    return re.compile(f"{cell}|{paragraph}|{tag}")


def tokens(data: bytes) -> list[re.Match[str]] | None:
    """The matches that cover a whole section, or None if it is not of the plain kind."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    prolog = _PROLOG.match(text)
    prefix = _PREFIX.search(text)
    if prolog is None or _ENCODING.search(prolog[0]) or ("&" in text and _STRAY.search(text)):
        return None
    found = list(_pattern(prefix[1] or "" if prefix else "").finditer(text, prolog.end()))
    return found if _sound(found, prolog.end(), len(text)) else None


def _sound(found: list[re.Match[str]], position: int, end: int) -> bool:
    """True if the matches leave nothing out and every tag is closed in its place, under one root."""
    open_: list[str] = []
    for match in found:
        if match.start() != position or (position and not open_ and match is not found[0]):
            return False
        position = match.end()
        if match.lastindex != TAG:
            continue
        closing, name, attributes, empty, text = match.group(10, 11, 12, 13, 14)
        if closing:
            if empty or attributes.strip() or not open_ or open_.pop() != name:
                return False
            if not open_ and text.strip():
                return False
        elif not empty:
            open_.append(name)
    return bool(found) and position == end and not open_


def attributes(text: str) -> dict[str, str]:
    return {name: unescaped(value) for name, value in _ATTRIBUTE.findall(text)}


def unescaped(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return _ENTITIES[match[1]]
    return chr(int(match[2]) if match[2] else int(match[3], 16))
