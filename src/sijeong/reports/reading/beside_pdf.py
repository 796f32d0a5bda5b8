"""What a PDF says beside its pages: properties, remarks, fields, links, and what an earlier version of it said.

A program that changes a PDF may write what is new behind what was: the first bytes of such a file, up to one of its
ends, are the file as it was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing, suppress
from ctypes import c_ulong, create_string_buffer
from urllib.parse import unquote

import pypdfium2 as pdfium
from pypdfium2 import raw

from sijeong.reports.reading import properties
from sijeong.reports.reading.archives import parsed
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.words import Shown, every_word_of

XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")
EARLIER, BOOKMARK = "앞선 판", "책갈피"
# How many earlier versions, and how many pages of all of them, are looked through before it is left to a person.
MOST_VERSIONS, MOST_PAGES = 20, 1000
DEEPEST_FORM = 4


def told(data: bytes, shown: Shown) -> Iterator[tuple[str, str]]:
    """Place and words. What cannot be opened tells nothing here: the reader of its text says why."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return
    try:
        yield from (said for said in _of_document(document) if said[0] != BOOKMARK or said[1] not in shown)
        known = _known(document) if versions(data) else set()
    except (pdfium.PdfiumError, UnicodeError) as error:
        raise Unreadable("PDF 구조가 깨져 끝까지 읽지 못했습니다.") from error
    finally:
        document.close()
    for packet in XMP.findall(data):
        try:
            yield from properties.of_xmp(parsed(packet, "XMP"))
        except Unreadable:
            yield "문서 속성: XMP", packet.decode("utf-8", "replace")
    yield from ((EARLIER, line) for line in _overwritten(data, known))


def versions(data: bytes) -> list[bytes]:
    """The file as it was before each time that something was written behind it, the newest first."""
    ends = [match.end() for match in END.finditer(data)]
    return [data[:end] for end in reversed(ends[:-1])]


def _known(document: pdfium.PdfDocument) -> set[str]:
    said = (words for _, words in _of_document(document))
    return {_bare(line) for line in (*said, *(line for page in document for line in _lines(page)))}


def _overwritten(data: bytes, known: set[str]) -> Iterator[str]:
    """Lines of earlier versions that the last one does not have."""
    for earlier in _looked_at(data):
        with closing(earlier):
            try:
                said = [words for _, words in _of_document(earlier)]
                said += [line for page in earlier for line in _lines(page)]
            except (pdfium.PdfiumError, UnicodeError):
                continue  # a person is told (left_over)
        for line in said:
            if _bare(line) not in known:
                known.add(_bare(line))
                yield line


def _looked_at(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Earlier versions as documents, the newest first, within bounds."""
    pages = 0
    for earlier in versions(data)[:MOST_VERSIONS]:
        try:
            document = pdfium.PdfDocument(earlier)
        except pdfium.PdfiumError:
            continue  # the first half of a file that is written to be shown while it loads is none by itself
        pages += len(document)
        if pages > MOST_PAGES:
            document.close()
            return
        yield document


def left_over(data: bytes) -> list[str]:
    """What of earlier versions only a person can look at: pictures, and more of them than are looked through."""
    all_of_them = len(versions(data))
    if not all_of_them:
        return []
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return []  # the reader of its text says why
    with closing(document):
        if len(document) > MOST_PAGES:
            return []  # the reader of its text says so
        seen = _pictures(document)
    found: list[str] = []
    opened = 0
    for earlier in _looked_at(data):
        with closing(earlier):
            pictures = _pictures(earlier)
        found += [f"{EARLIER}의 그림"] * len(pictures - seen)
        seen |= pictures
        opened += 1
    bounded = all_of_them > MOST_VERSIONS or opened < min(all_of_them, MOST_VERSIONS) - 1
    return found + [f"{EARLIER} {all_of_them}개 가운데 {opened}개만 읽음"] * bounded


def _pictures(document: pdfium.PdfDocument) -> set[bytes]:
    """Digests of the pictures that the pages show."""
    found: set[bytes] = set()
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue
        for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST_FORM):
            with suppress(pdfium.PdfiumError):
                found.add(hashlib.sha256(bytes(drawn.get_data())).digest())
        page.close()
    return found


def _lines(page: pdfium.PdfPage) -> Iterator[str]:
    text = page.get_textpage()
    yield from text.get_text_bounded().splitlines()
    text.close()


def _bare(line: str) -> str:
    return "".join(line.split())


def _of_document(document: pdfium.PdfDocument) -> Iterator[tuple[str, str]]:
    yield from properties.of_pdf(document.get_metadata_dict(skip_empty=True))
    yield from ((BOOKMARK, mark.get_title()) for mark in document.get_toc())
    yield from _scripts(document)
    yield from _forms(document)
    for page in document:
        yield from _remarks(page)


def _scripts(document: pdfium.PdfDocument) -> Iterator[tuple[str, str]]:
    """Programs that run when it is opened."""
    for number in range(raw.FPDFDoc_GetJavaScriptActionCount(document)):
        action = raw.FPDFDoc_GetJavaScriptAction(document, number)
        size = raw.FPDFJavaScriptAction_GetScript(action, None, 0) if action else 0
        if size > 2:
            held = create_string_buffer(size)
            raw.FPDFJavaScriptAction_GetScript(action, _as_wide(held), size)
            yield "스크립트", held.raw[: size - 2].decode("utf-16-le", "replace")
        if action:
            raw.FPDFDoc_CloseJavaScriptAction(action)


def _forms(document: pdfium.PdfDocument) -> Iterator[tuple[str, str]]:
    """What was filled into a form of the kind that is kept as XML beside the pages (XFA)."""
    for number in range(raw.FPDF_GetXFAPacketCount(document)):
        size = c_ulong()
        raw.FPDF_GetXFAPacketContent(document, number, None, 0, size)
        held = create_string_buffer(size.value or 1)
        raw.FPDF_GetXFAPacketContent(document, number, held, size.value, size)
        with suppress(Unreadable):  # a packet may be half of an element
            yield from (
                ("서식의 자료", line) for line in every_word_of(parsed(held.raw[: size.value], "XFA"))
            )


def _remarks(page: pdfium.PdfPage) -> Iterator[tuple[str, str]]:
    """What annotations of a page say: remarks, contents of fields, who wrote them."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        for key, place in ((b"Contents", "메모"), (b"T", "메모를 쓴 사람·입력란"), (b"V", "입력란의 값")):
            size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            if size > 2:
                held = create_string_buffer(size)
                raw.FPDFAnnot_GetStringValue(annotation, key, _as_wide(held), size)
                yield place, held.raw[: size - 2].decode("utf-16-le", "replace")
        yield "연결", _address(page, annotation)
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
