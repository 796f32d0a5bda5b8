"""Words in the XML of a package: what it says, beside what its page was seen to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from sijeong.privacy import find

COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)
# Elements that make a line of the words in them, those that hold the words, and those whose texts are no words or told
# as what they are.
PARAGRAPHS = ("p", "si")
SAID = ("t", "delText", "mainText", "subText")
NOT_LEAVES = {
    *SAID, "posOffset", "align", "pctWidth", "pctHeight", "integerParam", "booleanParam", "instrText", "f", "stringParam", "paraHead", "Anchor", "Row", "Column",
}  # fmt: skip
NUMBER = re.compile(r"[-+]?[\d.]{1,8}(?:[Ee][-+]?\d+)?|true|false|\W*\w?\W*", re.IGNORECASE)
# Attributes that hold words of a person, not of the format.
WORDS = {"author", "content", "initials", "displayName", "userId", "userName", "title", "descr", "tooltip"}
NAMES = WORDS | {"name"}
# A file written as letters.
PACKED = re.compile(r"[A-Za-z0-9+/=\s]{200,}")
# An identifier in hexadecimal reads like a number of somebody's.
CODED = re.compile(
    r"[{(]?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}[)}]?|(?:urn:|https?://schemas\.)\S*"
)
LIKELY = re.compile(r"\d[\d\s.)-]{2,}\d|\d\D{1,3}\d{4}|@|:")


class Shown:
    """What the page of a file shows, to tell what it does not."""

    def __init__(self, text: str) -> None:
        self._whole = "".join(text.split())
        self._lines = {"".join(line.split()) for line in text.split("\n")}
        self._at = 0

    def __contains__(self, words: str) -> bool:
        bare = "".join(words.split())
        return not bare or bare in self._lines or self._found(bare)

    def _found(self, bare: str) -> bool:
        """Looked for from where the one before was found: parts of a file tell their words in the page's order."""
        at = self._whole.find(bare, self._at)
        if at < 0:
            at = self._whole.find(bare, 0, self._at + len(bare))
        self._at = at if at >= 0 else self._at
        return at >= 0

    def new(self, lines: Iterable[str]) -> Iterator[str]:
        """Those of the lines that are not shown, each once."""
        for line in lines:
            if line not in self:
                self._lines.add("".join(line.split()))
                yield line


def name_of(element: etree._Element) -> str:
    """The local name of an element."""
    return str(element.tag).rpartition("}")[2]


def texts_of(root: etree._Element) -> Iterator[str]:
    """Texts of a part: words that were set apart for their look together in a line, any other leaf by itself."""
    line: list[list[str]] = [[]]
    tags = [f"{{*}}{name}" for name in (*PARAGRAPHS, *SAID)]
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=tags):
        if name_of(element) in SAID:
            if event == "start":
                line[-1].append("".join(element.itertext()))
        elif event == "start":
            line.append([])
        else:
            yield "".join(line.pop())
    yield "".join(line[0])
    for element in root.iter(etree.Element):
        words = (element.text or "").strip()
        if (
            words
            and name_of(element) not in NOT_LEAVES
            and not (NUMBER.fullmatch(words) or PACKED.fullmatch(words))
        ):
            yield words


def words_of(root: etree._Element, attributes: frozenset[str] | set[str] = WORDS) -> Iterator[str]:
    """Texts of a part, and those of its attributes that hold words."""
    yield from texts_of(root)
    for element in root.iter(etree.Element):
        words = [value for key, value in element.attrib.items() if str(key).rpartition("}")[2] in attributes]
        if any(words):
            yield " ".join(map(str, words))


def every_word_of(root: etree._Element) -> Iterator[str]:
    """Texts and all attributes that hold more than a number or a switch."""
    yield from texts_of(root)
    for element in root.iter(etree.Element):
        yield from (
            str(value) for value in element.attrib.values() if len(value) > 3 and not CODED.fullmatch(value)
        )


def personal_of(root: etree._Element) -> Iterator[str]:
    """Attributes in which personal data is found: a style or a shape says nothing else of anybody."""
    for element in root.iter(etree.Element):
        for value in map(str, element.attrib.values()):
            if len(value) > 6 and LIKELY.search(value) and not CODED.fullmatch(value) and find(value):
                yield value


def comments_of(data: bytes) -> Iterator[str]:
    """What stands between the marks of XML comments, which no parser hands on."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = data.decode("utf-16", "replace").encode()
    for said in COMMENT.findall(data):
        yield said.decode("utf-8", "replace")
