"""What a file says beside its text is read too: who takes the bytes gets it, so it is looked through before."""

import io
import zipfile
from base64 import b64encode
from contextlib import suppress
from functools import cache

import pypdfium2 as pdfium
import pytest
import typst
import xlsxwriter
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sijeong.documents.outward import NoCopy, outward
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


def pictured():
    """A page with a picture."""
    document, out = pdfium.PdfDocument(making.pdf([[making.text_at(72, 700, "청사")]])), io.BytesIO()
    page, drawn, jpeg = document[0], pdfium.PdfImage.new(document), io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(jpeg, "JPEG")
    drawn.load_jpeg(jpeg, inline=True)
    drawn.set_matrix(pdfium.PdfMatrix().scale(50, 50))
    page.insert_obj(drawn)
    page.gen_content()
    page.close()
    document.save(out)
    document.close()
    return out.getvalue()


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


DOCUMENT = word(lambda document: None)
SETTINGS = f'<s><docVar name="신청인" val="{SECRET}"/></s>'
PEOPLE = '<w:people xmlns:w="w"><w:person w:author="가온 {}"/></w:people>'
CONNECTION = f'<connections><connection name="연결"><dbPr connection="Server=db;Pwd={SECRET}"/></connection></connections>'
SHARED = f"<sst><si><t>청사</t></si><si><r><t>{SECRET[:7]}</t></r><r><t>{SECRET[7:]}</t></r></si></sst>"
MASTER = f'<m xmlns:a="a"><a:p><a:r><a:t>{SECRET}</a:t></a:r></a:p></m>'
DELETED = f"<hp:t>남은 글<hp:deleteBegin/>{SECRET}<hp:deleteEnd/></hp:t>"
EARLIER = making.pdf([[making.text_at(72, 700, f"신청인 {SECRET}")]])


def hwp_keeping(**streams):
    """An HWP with more streams, deflated as its body is where they are not of plain letters."""
    found = making.streams_of(making.hwp(making.hwp_p("청사 개선")))
    return making.ole(found | {name.replace("__", "/"): data for name, data in streams.items()})


def query():
    """A part of a book that keeps a query: a package written as letters."""
    held = making.zipped({"Formulas/Section1.m": f'Source = "신청인 {SECRET}"'})
    told = b64encode(b"\0" * 4 + len(held).to_bytes(4, "little") + held).decode()
    return f'<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="d">{told}</DataMashup>'.encode(
        "utf-16"
    )


def catalogued(more):
    """A PDF whose catalogue says more; readers find its objects anew."""
    data = making.pdf([[making.text_at(72, 700, "청사 개선")]])
    return data.replace(b"/Type/Catalog", b"/Type/Catalog" + more.encode())


SCRIPT = f"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(var who = '{SECRET}')>>]>>>>"
FORM = f"<xfa:data xmlns:xfa='x'><name>{SECRET}</name></xfa:data>"


def filled():
    """A PDF with a form that is kept as XML beside its pages."""
    packet = f"90 0 obj\n<</Length {len(FORM)}>>stream\n{FORM}\nendstream\nendobj\n"
    return catalogued("/AcroForm<</Fields[]/XFA[(datasets) 90 0 R]>>").replace(
        b"xref\n0", packet.encode() + b"xref\n0", 1
    )


FILES |= {
    "a script of a PDF": ("pdf", lambda: catalogued(SCRIPT)),
    "a form of a PDF": ("pdf", filled),
    "a query of a book": ("xlsx", lambda: with_part(book(), "customXml/item3.xml", query())),
    "a bookmark of a PDF": ("pdf", lambda: typst.compile(f"#show heading: it => hide(it)\n= 신청인 {SECRET}\n글".encode(), format="pdf")),
    "a variable of a document": ("docx", lambda: with_part(DOCUMENT, "word/settings9.xml", SETTINGS)),
    "who remarked": ("docx", lambda: with_part(DOCUMENT, "word/people.xml", PEOPLE.format(SECRET))),
    "XML of a form": ("docx", lambda: with_part(DOCUMENT, "customXml/item7.xml", f"<a><b c='{SECRET}'/></a>")),
    "a part nobody knows": ("docx", lambda: with_part(DOCUMENT, "word/odd.xml", f'<a b="{SECRET}"/>')),
    "between the marks of a comment": ("docx", lambda: with_part(DOCUMENT, "word/odd.xml", f"<a><!-- {SECRET} --></a>")),
    "where a book gets its rows": ("xlsx", lambda: with_part(book(), "xl/connections.xml", CONNECTION)),
    "words of a cell that is no more": ("xlsx", lambda: with_part(book(), "xl/sharedStrings9.xml", SHARED)),
    "rows that were changed": ("xlsx", lambda: with_part(book(), "xl/revisions/revisionLog1.xml", f'<r><n v="{SECRET}"/></r>')),
    "the ground of slides": ("pptx", lambda: making.zipped({"ppt/presentation.xml": "<p/>", "ppt/slideMasters/slideMaster1.xml": MASTER})),
    "deleted words": ("hwpx", lambda: making.hwpx(making.p("청사", inner=f"</hp:run><hp:run>{DELETED}"))),
    "a script": ("hwpx", lambda: with_part(making.hwpx(making.p("청사")), "Scripts/sourceScripts", f"// {SECRET}".encode("utf-16-le"))),
    "the ground of pages": ("hwpx", lambda: with_part(making.hwpx(making.p("청사")), "Contents/masterpage0.xml", MASTER)),
    "a preview of a HWP": ("hwp", lambda: hwp_keeping(PrvText=f"<{SECRET}>".encode("utf-16-le"))),
    "a script of a HWP": ("hwp", lambda: hwp_keeping(Scripts__DefaultJScript=f"// {SECRET}".encode("utf-16-le"))),
    "an earlier version of a PDF": ("pdf", lambda: making.pdf_again(EARLIER, [[making.text_at(72, 700, "가림")]])),
    "a page that an earlier version of a PDF had": ("pdf", lambda: making.pdf_again(
        making.pdf([[making.text_at(72, 700, "청사")], [making.text_at(72, 700, SECRET)]]), [[making.text_at(72, 700, "청사")]])),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_is_read(name, tmp_path):
    kind, data = whole(name)
    path = tmp_path / f"자료.{kind}"
    path.write_bytes(data)
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


def told(tmp_path, data, kind):
    path = tmp_path / f"자료.{kind}"
    path.write_bytes(data)
    return plain_text(path, kind)


def test_each_place_is_named_and_counts_are_left_out(tmp_path):
    def named(document):
        document.core_properties.author, document.core_properties.comments = "가온", ""

    text, unread = told(tmp_path, word(named), "docx")
    assert "⟦문서 속성: 작성자⟧ 가온" in text.split("\n")
    assert not unread and "Microsoft" not in text and "1440" not in text and text.startswith("청사 개선 내역")


def test_what_the_page_shows_is_not_told_twice(tmp_path):
    text, _ = told(tmp_path, word(headed), "docx")
    assert text.count(SECRET) == 1


def test_a_pdf_that_was_only_added_to_tells_nothing_twice(tmp_path):
    page = [making.text_at(72, 700, "청사 개선 내역")]
    again = making.pdf_again(making.pdf([page]), [page, [making.text_at(72, 700, "덧붙인 쪽")]])
    text, unread = told(tmp_path, again, "pdf")
    assert "앞선 판" not in text and text.count("청사 개선 내역") == 1 and not unread


def test_bookmarks_of_what_the_page_shows_are_not_told_twice(tmp_path):
    text, _ = told(tmp_path, typst.compile(b"= Purpose\nText", format="pdf"), "pdf")
    assert "Purpose" in text and "책갈피" not in text


def test_more_versions_than_are_read_wait_for_a_person(tmp_path):
    data = making.pdf([[making.text_at(72, 700, "0번째 글")]])
    for number in range(1, 23):
        data = making.pdf_again(data, [[making.text_at(72, 700, f"{number}번째 글")]])
    text, unread = told(tmp_path, data, "pdf")
    assert "⟦앞선 판⟧ 21번째 글" in text and "앞선 판 22개 가운데 20개만 읽음" in unread


def test_a_picture_of_an_earlier_version_waits_for_a_person(tmp_path):
    again = making.pdf_again(pictured(), [[making.text_at(72, 700, "청사")]])
    assert "앞선 판의 그림" in told(tmp_path, again, "pdf")[1]


def test_versions_that_a_hwp_keeps_wait_for_a_person(tmp_path):
    path = tmp_path / "자료.hwp"
    path.write_bytes(hwp_keeping(DocHistory__VersionLog0=b"x" * 9, Odd=b"y"))
    assert plain_text(path, "ole")[1] == "문서 이력(앞선 판), 안에 든 자료(Odd)"


@cache
def whole(name):
    kind, made = FILES[name]
    return kind, made()


@settings(max_examples=60)
@given(name=st.sampled_from(sorted(FILES)), at=st.floats(0, 1), junk=st.binary(max_size=40))
def test_a_damaged_file_is_never_a_fault_of_ours(name, at, junk, tmp_path_factory):
    kind, data = whole(name)
    cut, path = int(at * len(data)), tmp_path_factory.mktemp("cut") / "file"
    path.write_bytes(data[:cut] + junk + data[cut + len(junk) :])
    kind = "ole" if kind == "hwp" else kind
    text, unread = plain_text(path, kind)
    assert isinstance(text, str) and isinstance(unread, str)
    with suppress(NoCopy):
        if copy := outward(path, kind):
            copy.close()
