"""What a file says beside its text is read too: who takes the bytes gets it, so it is looked through before."""

import io
import zipfile

import pypdfium2 as pdfium
import pytest
import typst
import xlsxwriter
from docx import Document

from sijeong.reports.reading.plain import plain_text

from . import making

SECRET, MAIL = "900214-1234567", "gildong@example.com"
INSTRUCTION = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instrText"
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


def field(document):
    """A link as Word writes it when somebody types an address, and then other words over it."""
    run = document.paragraphs[0].add_run()
    run._r.append(run._r.makeelement(INSTRUCTION, {}))
    run._r[-1].text = f' HYPERLINK "mailto:{SECRET}" '


def linked():
    """A book whose cell leads somewhere, whose page has a head, and one of whose formulas names somebody."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("집계")
        sheet.write_url(0, 0, f"mailto:{MAIL}", string="담당자")
        sheet.set_header(f"&C문의 {SECRET}")
        sheet.write_formula(1, 0, '=IF(A1="가온 010-7301-1001","가","나")', None, "가")
        sheet.data_validation("B1", {"validate": "list", "source": ["123가4567", "없음"]})
    return out.getvalue()


def link_in_pdf():
    return typst.compile(f'#link("mailto:{MAIL}")[Ask]'.encode(), format="pdf")


def hwp_with_a_field():
    """A paragraph whose field leads to a mailbox; in the format's own spelling, with colons escaped."""
    command = f"mailto\\:{MAIL};1;0;0;"
    told = (
        b"%hlk"[::-1]
        + b"\0" * 5
        + len(command).to_bytes(2, "little")
        + command.encode("utf-16-le")
        + b"\0" * 4
    )
    return making.hwp(making.hwp_p("청사 개선", inner=making.record(71, 1, told)))


def hwp_with_a_remark():
    remark = making.record(71, 1, b"tcmt"[::-1]) + making.record(72, 2, b"\1" + b"\0" * 7)
    return making.hwp(making.hwp_p("청사 개선", inner=remark + making.hwp_p(f"신청인 {SECRET}", 2)))


def hwpx_with(inner):
    return lambda: making.hwpx(making.p("청사", inner=f"<hp:run>{inner}</hp:run>"))


MEMO = f'<hp:ctrl><hp:fieldBegin type="MEMO"><hp:subList>{making.p(f"담당 {SECRET}")}</hp:subList></hp:fieldBegin></hp:ctrl>'
PIVOT = f'<pivotCacheDefinition><sharedItems><s v="{SECRET}"/></sharedItems></pivotCacheDefinition>'
FILES = {
    "a hidden remark": ("hwp", hwp_with_a_remark),
    "a memo": ("hwpx", hwpx_with(MEMO)),
    "a field": ("docx", lambda: word(field)),
    "the margin of a sheet": ("xlsx", linked),
    "rows that a pivot table keeps": (
        "xlsx",
        lambda: with_part(book(), "xl/pivotCache/pivotCacheDefinition1.xml", PIVOT),
    ),
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
    assert SECRET in plain_text(path, "ole" if kind == "hwp" else kind)[0]


@pytest.mark.parametrize(
    ("kind", "made"), [("xlsx", linked), ("pdf", link_in_pdf), ("hwp", hwp_with_a_field)]
)
def test_where_a_link_leads_is_read(kind, made, tmp_path):
    path = tmp_path / f"자료.{kind}"
    path.write_bytes(made())
    assert MAIL in plain_text(path, "ole" if kind == "hwp" else kind)[0]


def test_texts_of_formulas_and_choices_are_read(tmp_path):
    path = tmp_path / "자료.xlsx"
    path.write_bytes(linked())
    told = plain_text(path, "xlsx")[0]
    assert "010-7301-1001" in told and "123가4567" in told
