"""What a file says beside its text: properties, margins, remarks, deleted words, previews, where its links lead.

A reader of the page does not see it, but whoever gets the bytes does: before a file is handed out, all of it must be
looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from ctypes import create_string_buffer
from urllib.parse import unquote

import olefile
import pypdfium2 as pdfium
from lxml import etree
from pypdfium2 import raw

from sijeong.reports.reading.archives import Archive, parsed
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.hwp_records import PARA_TEXT, Container, Record

PARTS = re.compile(
    r"docProps/.+\.xml$|customXml/item\d+\.xml$|xl/(?:persons/.+|externalLinks/[^/]+|workbook)\.xml$|ppt/commentAuthors\.xml$"
    r"|word/(?:header|footer|comments|people|glossary/document)[^/]*\.xml$|Contents/content\.hpf$"
)
PREVIEW = "Preview/PrvText.txt"
# Words that stand in the page's own part and are not on the page: deleted, of a field (where a link leads), in a
# sheet's margins, in a formula (its texts) or a list to choose from.
UNSEEN = {"delText", "instrText", "fieldBegin", "hiddenComment", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader",
          "firstFooter", "f", "formula1", "formula2"}  # fmt: skip
BODIES = re.compile(r"word/document\.xml$|xl/worksheets/[^/]+\.xml$|Contents/section\d+\.xml$")
# What a pivot table keeps of the rows it was made of, though these be deleted.
PIVOT = re.compile(r"xl/pivotCache/[^/]+\.xml$")
LITERAL = re.compile(r'"([^"]+)"')
# Attributes that hold words of a person, not of the format.
WORDS = {"name", "author", "content", "initials", "displayName", "userId", "title"}
SUMMARY = "\x05HwpSummaryInformation"
XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


def beside(data: bytes, kind: str) -> Iterator[str]:
    """Lines of what the file says beside its text, as far as it can be read."""
    match kind:
        case "docx" | "xlsx" | "pptx" | "hwpx":
            yield from _of_package(Archive(data))
        case "pdf":
            yield from _of_pdf(data)
        case "ole":
            yield from _of_ole(data)


def _of_package(archive: Archive) -> Iterator[str]:
    yield archive.comment
    for name in sorted(archive.names):
        if PARTS.match(name):
            yield from words_of(archive.xml(name))
        elif name.endswith(".rels"):
            yield from _links(archive.xml(name))
        elif BODIES.match(name):
            yield from _unseen(archive.xml(name))
        elif PIVOT.match(name):
            yield from (str(one.get("v", "")) for one in archive.xml(name).iter("{*}s"))
    if PREVIEW in archive.names:
        yield archive.read(PREVIEW).decode("utf-8", "replace")


def _links(root: etree._Element) -> Iterator[str]:
    """Where links out of the file lead: an address behind other words, a path with somebody's name."""
    for link in root.iter("{*}Relationship"):
        if link.get("TargetMode") == "External":
            yield unquote(str(link.get("Target", "")))


def _unseen(root: etree._Element) -> Iterator[str]:
    """Words of a body that its page does not show."""
    for element in root.iter(etree.Element):
        name = str(element.tag).rpartition("}")[2]
        if name == "fldSimple":
            yield next(
                (unquote(str(value)) for key, value in element.attrib.items() if str(key).endswith("instr")),
                "",
            )
        elif name in UNSEEN:
            told = "".join(element.itertext())
            yield from LITERAL.findall(told) if name == "f" else [unquote(told)]


def words_of(root: etree._Element) -> Iterator[str]:
    """Texts and telling attributes of a part, a line for each paragraph or property."""
    told: list[str] = []
    for element in root.iter(etree.Element):
        if str(element.tag).rpartition("}")[2] in {"p", "comment"} and told:
            yield "".join(told)
            told = []
        if element.text and element.text.strip():
            told.append(element.text)
        words = [value for name, value in element.attrib.items() if str(name).rpartition("}")[2] in WORDS]
        if words:
            yield " ".join(map(str, words))
    yield "".join(told)


def _of_pdf(data: bytes) -> Iterator[str]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return
    try:
        yield from document.get_metadata_dict(skip_empty=True).values()
        for page in document:
            yield from _remarks(page)
    except (pdfium.PdfiumError, UnicodeError) as error:
        raise Unreadable("PDF 구조가 깨져 끝까지 읽지 못했습니다.") from error
    finally:
        document.close()
    for packet in XMP.findall(data):
        try:
            yield from words_of(parsed(packet, "XMP"))
        except Unreadable:
            yield packet.decode("utf-8", "replace")


def _remarks(page: pdfium.PdfPage) -> Iterator[str]:
    """What annotations of a page say: remarks, contents of fields, who wrote them."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        for key in (b"Contents", b"T", b"V"):
            size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            if size > 2:
                held = create_string_buffer(size)
                raw.FPDFAnnot_GetStringValue(annotation, key, _as_wide(held), size)
                yield held.raw[: size - 2].decode("utf-16-le", "replace")
        yield _address(page, annotation)
        raw.FPDFPage_CloseAnnot(annotation)


def _address(page: pdfium.PdfPage, annotation: object) -> str:
    """Where a link leads; empty for any other annotation."""
    action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(annotation))
    size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0) if action else 0
    held = create_string_buffer(size or 1)
    if size:
        raw.FPDFAction_GetURIPath(page.pdf, action, held, size)
    return unquote(held.value.decode("utf-8", "replace"))


def _as_wide(held: object) -> object:
    return raw.cast(held, raw.POINTER(raw.FPDF_WCHAR))


def _of_ole(data: bytes) -> Iterator[str]:
    try:
        with olefile.OleFileIO(data) as container:
            if container.exists(SUMMARY):
                told = container.getproperties(SUMMARY, convert_time=False)
                yield from (value for value in told.values() if isinstance(value, str))
    except (OSError, ValueError):
        return
    try:
        for section in Container(data).sections():
            yield from _of_records(section)
    except Unreadable:
        return  # the reader of its text says why


def _of_records(found: Iterable[Record], *, hidden: bool = False) -> Iterator[str]:
    """What the controls of an HWP keep from the page: where fields lead, and remarks (숨은 설명)."""
    for record in found:
        if record.control.startswith("%") and len(record.payload) > 11:
            length = int.from_bytes(record.payload[9:11], "little")
            yield unquote(
                record.payload[11 : 11 + 2 * length].decode("utf-16-le", "replace").replace("\\", "")
            )
        if hidden and record.tag == PARA_TEXT:
            text = record.payload.decode("utf-16-le", "replace")
            yield "".join(mark if mark.isprintable() else " " for mark in text)
        yield from _of_records(record.children, hidden=hidden or record.control == "tcmt")
