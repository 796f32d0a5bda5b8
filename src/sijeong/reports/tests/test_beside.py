"""What a file says beside its text is read too: who takes the bytes gets it, so it is looked through before."""

import io
import zipfile

import pypdfium2 as pdfium
import pytest
import xlsxwriter
from docx import Document

from sijeong.reports.reading.plain import plain_text

from . import making

SECRET = "900214-1234567"
REMARKS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="검토">'
    f"<w:p><w:r><w:t>신청인 {SECRET[:7]}</w:t></w:r><w:r><w:t>{SECRET[7:]}</w:t></w:r></w:p></w:comment></w:comments>"
)


def word(change):
    document, out = Document(), io.BytesIO()
    document.add_paragraph("청사 개선 내역")
    change(document)
    document.save(out)
    return out.getvalue()


def with_part(data, name, text):
    """The package with one more part."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, text)
    return out.getvalue()


def with_comment(data):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = f"담당 {SECRET}".encode()
    return out.getvalue()


def book():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.set_properties({"comments": f"신청인 {SECRET}"})
        made.add_worksheet("집계").write(0, 0, "청사 개선 내역")
    return out.getvalue()


def portable():
    """A page without words, whose properties and XMP name somebody."""
    out = io.BytesIO()
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200)
    document.save(out)
    document.close()
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d:title xmlns:d="x">{SECRET}</d:title></x:xmpmeta>'
    return out.getvalue() + f"\n% {xmp}\n".encode()


def titled(document):
    document.core_properties.title = f"신청인 {SECRET}"


def headed(document):
    document.sections[0].header.paragraphs[0].add_run(f"문의 {SECRET}")


FILES = {
    "properties of a document": ("docx", lambda: word(titled)),
    "the head of its pages": ("docx", lambda: word(headed)),
    "remarks on it": ("docx", lambda: with_part(word(lambda document: None), "word/comments.xml", REMARKS)),
    "properties of a book": ("xlsx", book),
    "a comment of the package": ("xlsx", lambda: with_comment(book())),
    "a preview": (
        "hwpx",
        lambda: with_part(making.hwpx(making.p("청사")), "Preview/PrvText.txt", f"<{SECRET}>"),
    ),
    "XMP of a PDF": ("pdf", portable),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_read(name, tmp_path):
    kind, made = FILES[name]
    path = tmp_path / f"자료.{kind}"
    path.write_bytes(made())
    assert SECRET in plain_text(path, kind)[0]
