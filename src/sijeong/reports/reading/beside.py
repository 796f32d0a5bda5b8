"""What a file says beside its page: properties, margins, remarks, deleted words, earlier versions, where its links lead.

A reader of the page does not see it, but whoever gets the bytes does: before a file is handed out, all of it must be
looked through.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from sijeong.reports.reading import beside_hwp, beside_pdf, properties
from sijeong.reports.reading.archives import Archive, parsed
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.words import (
    Shown,
    comments_of,
    every_word_of,
    name_of,
    personal_of,
    words_of,
)

Aside = tuple[str, str]
PROPERTIES = re.compile(r"docProps/.+\.xml$|Contents/content\.hpf$")
PREVIEW = "Preview/PrvText.txt"
# Words that stand in the page's own part and are not on the page: deleted, of a field (where a link leads), in a
# sheet's margins, in a formula (its texts) or a list to choose from.
UNSEEN = {
    "delText": "지운 글", "instrText": "필드", "fieldBegin": "필드", "hiddenComment": "숨은 설명", "f": "수식", "formula1": "고르는 값",
    "formula2": "고르는 값",
} | dict.fromkeys(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"), "머리말·꼬리말")  # fmt: skip
CELLS = re.compile(r"xl/worksheets/[^/]+\.xml$")
BODIES = re.compile(r"word/document\.xml$|Contents/section\d+\.xml$|ppt/slides/[^/]+\.xml$")
# Elements of a sheet whose attributes hold words: what a cell asks for, where it leads, other figures to try.
ASKING = ("{*}dataValidation", "{*}hyperlink", "{*}scenario", "{*}inputCells", "{*}protectedRange")
ASKED = {
    "prompt",
    "promptTitle",
    "error",
    "errorTitle",
    "tooltip",
    "display",
    "location",
    "name",
    "comment",
    "user",
    "val",
}
# What a pivot table keeps of the rows it was made of, though these be deleted.
PIVOT = re.compile(r"xl/pivotCache/[^/]+\.xml$")
LITERAL = re.compile(r'"([^"]+)"')
# Parts that no page shows and that hold a person's words or a way to them: all of these is told.
TOLD = [
    (re.compile(pattern), place)
    for pattern, place in (
        (r"word/people|xl/persons/|ppt/(?:commentAuthors|authors)", "메모를 쓴 사람"),
        (r"xl/revisions/", "변경 기록"),
        (r"xl/(?:connections|queryTables/|queries/)|customXml/itemData", "데이터 연결"),
        (r"xl/externalLinks/", "연결된 파일의 값"),
        (r"customXml/item\d+\.xml", "사용자 XML"),
        (r"ppt/tags/", "태그"),
        (r"DocHistory/", "문서 이력"),
        (r"word/(?:recipientData|mailMerge)", "편지 병합"),
    )
]
# Parts of which texts are told and, of their attributes, what is somebody's.
NAMED = [
    (re.compile(pattern), place)
    for pattern, place in (
        (r"word/comments|ppt/comments/|xl/(?:comments|threadedComments/)", "메모"),
        (r"word/(?:header|footer)", "머리말·꼬리말"),
        (r"word/(?:foot|end)notes", "각주"),
        (r"word/glossary/", "문서 블록"),
        (r"word/settings", "문서 설정"),
        (r"ppt/(?:slideMasters|slideLayouts|notesMasters|handoutMasters)/", "슬라이드 바탕"),
        (r"Contents/(?:master[Pp]age|masterpage)", "바탕쪽"),
        (r"Contents/header\.xml", "문서 머리 정보"),
        (r"xl/workbook", "이름 정의"),
        (r"xl/sharedStrings", "어느 칸에도 없는 글"),
        (r"(?:.*/)?charts?/|Chart/", "차트"),
    )
]
# Of the settings of a document: its variables, and where its letters get their addressees from.
VARIABLES = ("{*}docVar", "{*}mailMerge", "{*}attachedTemplate")
SCRIPTS = re.compile(r"Scripts/|.*\.js$")
READABLE = re.compile(r".*\.(?:xml|vml|hpf|rdf)$")


def beside(data: bytes, kind: str, shown: Shown) -> Iterator[Aside]:
    """Place and words of what the file says beside what is ``shown``, as far as it can be read."""
    match kind:
        case "docx" | "xlsx" | "pptx" | "hwpx":
            yield from _of_package(Archive(data), shown)
        case "pdf":
            yield from beside_pdf.told(data, shown)
        case "ole":
            yield from beside_hwp.told(data, shown)


def _of_package(archive: Archive, shown: Shown) -> Iterator[Aside]:
    yield "압축 파일의 설명", archive.comment
    for name in sorted(set(archive.names)):
        if name == PREVIEW:
            lines = archive.read(name).decode("utf-8", "replace").split("\n")
            # Cells stand in brackets there.
            yield from (("미리보기 글", line) for line in lines if any(shown.new(re.split(r"[<>]+", line))))
        elif name.endswith(".rels"):
            yield from (("연결", link) for link in _links(archive.xml(name)))
        elif SCRIPTS.match(name):
            yield "스크립트", _script(archive.read(name))
        elif READABLE.match(name):
            data = archive.read(name)
            if data.strip():
                yield from _of_part(name, parsed(data, name), shown)
                yield from (("주석", words) for words in comments_of(data))


def _of_part(name: str, root: etree._Element, shown: Shown) -> Iterator[Aside]:
    if PROPERTIES.match(name):
        yield from properties.of_part(root)
        yield from (
            ("연결된 파일", item.get("href", ""))
            for item in root.iter("{*}item")
            if item.get("isEmbeded") == "0"
        )
    elif CELLS.match(name):
        yield from _unseen(root)
        yield from (
            ("칸의 안내", str(one.get(key)))
            for one in root.iter(*ASKING)
            for key in sorted(ASKED)
            if one.get(key)
        )
    elif PIVOT.match(name):
        yield from (("피벗 표가 지닌 값", str(one.get("v", ""))) for one in root.iter("{*}s", "{*}v", "{*}n"))
    elif BODIES.match(name):
        yield from _unseen(root)
        yield from (("쪽에 보이지 않는 글", line) for line in shown.new(words_of(root)))
        yield from (("쪽에 보이지 않는 글", line) for line in shown.new(personal_of(root)))
    else:
        yield from _of_other(name, root, shown)


def _of_other(name: str, root: etree._Element, shown: Shown) -> Iterator[Aside]:
    """Of a part that no reader reads, or whose reader leaves something out."""
    if name_of(root) == "DataMashup":
        yield "데이터 연결", _query(root.text or "")
        return
    place = next((place for pattern, place in TOLD if pattern.match(name)), "")
    if place:
        yield from ((place, line) for line in shown.new(every_word_of(root)))
        return
    place = next((place for pattern, place in NAMED if pattern.match(name)), f"다른 부분({name})")
    for each in root.iter(*VARIABLES):
        yield from (("문서 변수", line) for line in shown.new(every_word_of(each)))
    yield from ((place, line) for line in shown.new(words_of(root)))
    yield from ((place, line) for line in shown.new(personal_of(root)))
    if name == "xl/workbook.xml" or "header" in name:
        yield from ((place, line) for line in shown.new(_people(root)))


def _query(text: str) -> str:
    """The formulas of a query that a book keeps as a package written as letters ([MS-QDEFF] 2.2)."""
    try:
        held = b64decode(text)
        size = int.from_bytes(held[4:8], "little")
        return Archive(held[8 : 8 + size]).read("Formulas/Section1.m").decode("utf-8", "replace")
    except (ValueError, Unreadable) as error:
        raise Unreadable("데이터 연결(파워 쿼리)을 읽지 못했습니다.") from error


def _people(root: etree._Element) -> Iterator[str]:
    """Who may write in a book, who changed a document, and where on somebody's disk it lay."""
    for each in root.iter("{*}fileSharing", "{*}absPath", "{*}trackChangeAuthor", "{*}definedName"):
        yield from every_word_of(each)


def _script(data: bytes) -> str:
    """A script of a HWPX: its letters take two bytes each, or one."""
    return data.decode("utf-16-le" if b"\0" in data[:64] else "utf-8", "replace").replace("\0", " ")


def _links(root: etree._Element) -> Iterator[str]:
    """Where links out of the file lead: an address behind other words, a path with somebody's name."""
    for link in root.iter("{*}Relationship"):
        if link.get("TargetMode") == "External":
            yield unquote(str(link.get("Target", "")))


def _unseen(root: etree._Element) -> Iterator[Aside]:
    """Words of a body that its page does not show."""
    for element in root.iter(etree.Element):
        name = name_of(element)
        if name == "fldSimple":
            told = (str(value) for key, value in element.attrib.items() if str(key).endswith("instr"))
            yield "필드", unquote(next(told, ""))
        elif name in UNSEEN:
            words = "".join(element.itertext())
            if name == "f":  # a number may be put together from several
                yield UNSEEN[name], "".join(LITERAL.findall(words))
            else:
                yield UNSEEN[name], unquote(words)
