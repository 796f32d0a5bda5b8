"""What is embedded in a file: documents to be read as if each had come by itself, pictures and objects to be told.

Whoever gets the bytes gets these too, though no page may show them: the sheet behind a chart, a packed object, the
attachments of a PDF, a picture that was cut to a corner of itself.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import olefile
import pypdfium2 as pdfium
from pypdfium2 import raw

from sijeong.documents.outward import is_preview
from sijeong.reports.reading import beside_hwp, beside_pdf
from sijeong.reports.reading.archives import Archive
from sijeong.reports.reading.beside_pdf import MOST_VERSIONS, versions
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.hwp_records import Container

# Members of a package that its readers read, or that only draw: parts of the format, scripts, fonts, settings of printers.
FORMAT = re.compile(
    r"\.(?:xml|rels|vml|hpf|rdf|odttf|fntdata)$|/$|^mimetype$|^Preview/PrvText\.txt$|^Scripts/|printerSettings\d*\.bin$"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKED = "\x01Ole10Native"
# Streams of an object that hold a file as it is: an Office package, a PDF.
HELD = ("Package", "CONTENTS", "Contents")
SPECK = 16  # dots: what is smaller either way draws a line or a shade, and shows nothing
DEEPEST_FORM = 4


class Part(NamedTuple):
    """Something embedded: the name it goes by ("" where the format made one up), and its bytes."""

    name: str
    data: bytes


def parts(data: bytes, kind: str) -> Iterator[Part]:
    """What is embedded in the file, one layer of it. Raises Unreadable where a part cannot be taken out."""
    match kind:
        case "docx" | "xlsx" | "pptx" | "hwpx":
            archive = Archive(data)
            for name in sorted(set(archive.names)):
                if not FORMAT.search(name) and not is_preview(name):
                    yield from _unpacked(archive.read(name))
        case "pdf":
            now = list(_attached(data))
            yield from now
            for earlier in versions(data)[:MOST_VERSIONS]:
                gone = [part for part in _attached(earlier) if part not in now]
                now += gone
                yield from gone
        case "ole":
            if is_hwp(data):
                for held in Container(data).enclosed():
                    yield from _unpacked(held)


def left_over(data: bytes, kind: str, depth: int) -> list[str]:
    """What of it is neither read nor embedded, and waits for a person.

    The picture of its own first page is taken out of what is handed out (``documents.outward``), not out of what is
    embedded in it.
    """
    match kind:
        case "pdf":
            return beside_pdf.left_over(data)
        case "ole" if is_hwp(data):
            kept = ["미리보기 그림"] * (depth > 0 and beside_hwp.has_preview(data))
            return beside_hwp.left_over(data) + kept
        case "docx" | "xlsx" | "pptx" | "hwpx" if depth:
            return ["미리보기 그림"] * any(map(is_preview, Archive(data).names))
    return []


def is_hwp(data: bytes) -> bool:
    """Whether a compound file is an HWP document (others are objects and old Office files)."""
    return b"HWP Document File" in data


def _unpacked(data: bytes) -> Iterator[Part]:
    """A part as it is, or the files that an object holds."""
    # HWP puts the size before an object.
    start = 4 if data[4:12] == OLE else 0
    if data[start : start + 8] != OLE or is_hwp(data):
        yield Part("", data)
        return
    try:
        with olefile.OleFileIO(BytesIO(data[start:])) as container:
            held = [_held(container, name) for name in (PACKED, *HELD) if container.exists(name)]
    except Exception as error:  # olefile raises many kinds for a damaged container
        raise Unreadable("안에 든 개체가 깨졌습니다.") from error
    yield from held or [Part("", data[start:])]


def _held(container: olefile.OleFileIO, name: str) -> Part:
    data = container.openstream(name).read()
    return _packed(data) if name == PACKED else Part("", data)


def _packed(data: bytes) -> Part:
    """A file that was packed into an object ([MS-OLEDS] 2.3.6): label, paths, and the bytes."""
    try:
        at = 6
        label, at = _word(data, at)
        _, at = _word(data, at)
        length = struct.unpack_from("<I", data, at + 4)[0]
        at += 8 + length
        size = struct.unpack_from("<I", data, at)[0]
    except (struct.error, ValueError):
        return Part("", data)
    return Part(label, data[at + 4 : at + 4 + size])


def _word(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\0", at)
    return data[at:end].decode("cp949", "replace"), end + 1


def _attached(data: bytes) -> Iterator[Part]:
    """Files that were attached to a PDF: to the whole, or pinned to a page."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return  # the reader of its text says why
    try:
        for number in range(document.count_attachments()):
            yield _file(document.get_attachment(number))
        for page in document:
            for number in range(raw.FPDFPage_GetAnnotCount(page)):
                annotation = raw.FPDFPage_GetAnnot(page, number)
                if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
                    pinned = raw.FPDFAnnot_GetFileAttachment(annotation)
                    yield _file(pdfium.PdfAttachment(pinned, document))
                raw.FPDFPage_CloseAnnot(annotation)
            page.close()
    except (pdfium.PdfiumError, UnicodeError) as error:
        raise Unreadable("PDF에 붙은 파일을 꺼내지 못했습니다.") from error
    finally:
        document.close()


def _file(attachment: pdfium.PdfAttachment) -> Part:
    held = bytes(attachment.get_data()) if attachment.raw else b""
    if not held:
        raise Unreadable("PDF에 붙은 파일을 꺼내지 못했습니다.")
    return Part(attachment.get_name(), held)


def drawn_pictures(data: bytes, most_pages: int) -> list[str]:
    """Pictures that the pages of a PDF show or keep of themselves, as each is called. Raises Unreadable for a broken page."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return []
    try:
        if len(document) > most_pages:
            return []  # the reader of its text says that it is too long
        return [name for number in range(len(document)) for name in _pictures_of(document, number)]
    except pdfium.PdfiumError as error:
        raise Unreadable("PDF 구조가 깨져 끝까지 읽지 못했습니다.") from error
    finally:
        document.close()


def _pictures_of(document: pdfium.PdfDocument, number: int) -> list[str]:
    page = document[number]
    try:
        found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST_FORM)
        kept = bool(raw.FPDFPage_GetRawThumbnailData(page, None, 0))
        return ["그림"] * sum(_shows(one) for one in found) + ["쪽의 미리보기 그림"] * kept
    finally:
        page.close()


def _shows(picture: pdfium.PdfImage) -> bool:
    try:
        return min(picture.get_px_size()) >= SPECK
    except pdfium.PdfiumError:
        return True
