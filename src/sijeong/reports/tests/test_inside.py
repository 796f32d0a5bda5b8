"""What is embedded in a file is looked through as the file is; what cannot be read of it waits for a person."""

import io
import struct
import zipfile
import zlib

import pypdfium2 as pdfium
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pypdfium2 import raw

from sijeong.reports.reading import plain
from sijeong.reports.reading.plain import plain_text

from . import making

SECRET = "900214-1234567"


def book(text=SECRET, picture=None):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("명단")
        sheet.write(0, 0, text)
        if picture:
            sheet.insert_image("B2", "a.png", {"image_data": io.BytesIO(picture)})
    return out.getvalue()


def photo(kind="JPEG", *, placed=False, author=""):
    out, exif = io.BytesIO(), Image.Exif()
    if author:
        exif[315] = author
    if placed:
        exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.0), 3: "E", 4: (126.0, 58.0, 40.0)})
    Image.new("RGB", (40, 40), "navy").save(out, kind, exif=exif)
    return out.getvalue()


def packed(data, label="명단.xlsx"):
    """A file as an office program packs it into an object."""
    name = label.encode("cp949") + b"\0"
    told = (
        b"\2\0"
        + name
        + name
        + b"\0\0\3\0"
        + struct.pack("<I", len(name))
        + name
        + struct.pack("<I", len(data))
        + data
    )
    return making.ole({"\x01Ole10Native": struct.pack("<I", len(told)) + told})


def zipped_with(data, name, part):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, part)
    return out.getvalue()


def word(name="word/embeddings/sheet1.xlsx", part=None):
    return zipped_with(making.docx(making.wp("청사 개선 내역")), name, book() if part is None else part)


def hwpx(name="BinData/ole1.ole", part=None):
    return making.hwpx(making.p("청사 개선 내역"), extra={name: book() if part is None else part})


def hwp(part, name="BIN0001.OLE"):
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = engine.compress(making.hwp_p("청사 개선 내역")) + engine.flush()
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, 1)
    info = zlib.compressobj(9, zlib.DEFLATED, -15)
    return making.ole({
        "FileHeader": header.ljust(256, b"\0"),
        "DocInfo": info.compress(making.record(16, 0, b"\0" * 26)) + info.flush(),
        "BodyText/Section0": body, f"BinData/{name}": engine.compress(part) + engine.flush(),
    })  # fmt: skip


def pdf(attached=(), pictures=0, pinned=None):
    document, out = (
        pdfium.PdfDocument(making.pdf([[making.text_at(72, 700, "청사 개선 내역")]])),
        io.BytesIO(),
    )
    page = document[0]
    for _ in range(pictures):
        drawn, jpeg = pdfium.PdfImage.new(document), io.BytesIO(photo())
        drawn.load_jpeg(jpeg, inline=True)
        drawn.set_matrix(pdfium.PdfMatrix().scale(50, 50))
        page.insert_obj(drawn)
    page.gen_content()
    for name, data in attached:
        document.new_attachment(name).set_data(data)
    if pinned:
        annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_FILEATTACHMENT)
        wide = (name := "가온.xlsx\0".encode("utf-16-le")) and (
            raw.FPDF_WCHAR * (len(name) // 2)
        ).from_buffer_copy(name)
        held = raw.FPDFAnnot_AddFileAttachment(annotation, wide)
        pdfium.PdfAttachment(held, document).set_data(pinned)
        raw.FPDFPage_CloseAnnot(annotation)
    page.close()
    document.save(out)
    document.close()
    return out.getvalue()


def looked_through(tmp_path, data, kind):
    path = tmp_path / "file"
    path.write_bytes(data)
    return plain_text(path, kind)


EMBEDDED = {
    "a sheet in a DOCX": (word(), "docx"),
    "a packed sheet in a DOCX": (word("word/embeddings/oleObject1.bin", packed(book())), "docx"),
    "an office package in an object": (word("word/embeddings/oleObject1.bin", making.ole({"Package": book()})), "docx"),
    "a HWP in a DOCX": (word("word/embeddings/oleObject1.bin", making.hwp(making.hwp_p(f"신청인 {SECRET}"))), "docx"),
    "a sheet in a HWPX": (hwpx(), "hwpx"),
    "an object with its size before it in a HWPX": (hwpx(part=b"\0\2\0\0" + packed(book())), "hwpx"),
    "a text in a HWPX": (hwpx("BinData/memo.txt", f"신청인 {SECRET}".encode()), "hwpx"),
    "an object in a HWP": (hwp(b"\0\2\0\0" + packed(book())), "ole"),
    "a sheet attached to a PDF": (pdf([("명단.xlsx", book())]), "pdf"),
    "a sheet pinned to a page of a PDF": (pdf(pinned=book()), "pdf"),
    "a DOCX with a sheet in a PDF": (pdf([("안.docx", word())]), "pdf"),
    "a sheet in a sheet": (zipped_with(book("집계"), "xl/embeddings/oleObject1.bin", packed(book())), "xlsx"),
    "the author of a photograph in a sheet": (book("집계", photo("PNG", author=SECRET)), "xlsx"),
    "the author of a photograph": (photo(author=SECRET), "jpeg"),
}  # fmt: skip


@pytest.mark.parametrize("name", EMBEDDED)
def test_what_is_embedded_is_read(tmp_path, name):
    text, _ = looked_through(tmp_path, *EMBEDDED[name])
    assert SECRET in text


def test_the_name_that_somebody_gave_is_read(tmp_path):
    for data, kind in ((word("word/embeddings/oleObject1.bin", packed(book("x"), "홍길동.xlsx")), "docx"),
                       (pdf([("홍길동.xlsx", book("x"))]), "pdf")):  # fmt: skip
        assert "홍길동.xlsx" in looked_through(tmp_path, data, kind)[0]


UNREADABLE = {
    "a picture in a DOCX": (word("word/media/image1.png", photo("PNG")), "docx", "그림 1개"),
    "a picture of a header in a HWPX": (hwpx("BinData/image1.jpg", photo()), "hwpx", "그림 1개"),
    "a drawing in a HWP": (hwp(b"\1\0\0\0".ljust(40, b"\0") + b" EMF" + b"\0" * 40, "BIN0001.emf"), "ole", "그림 1개"),
    "pictures on a page of a PDF": (pdf(pictures=2), "pdf", "그림 2개"),
    "where a photograph was taken": (hwpx("BinData/image1.jpg", photo(placed=True)), "hwpx", "촬영 위치가 든 그림 1개"),
    "where a photograph that came by itself was taken": (photo(placed=True), "jpeg", "촬영 위치가 든 그림 1개"),
    "an object of an unknown program": (word("word/embeddings/oleObject1.bin", making.ole({"Odd": b"x"})), "docx", "안에 든 개체"),
    "a video": (word("word/media/media1.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 90), "docx", "안에 든 개체"),
    "a program of macros": (word("word/vbaProject.bin", making.ole({"VBA/dir": b"x"})), "docx", "안에 든 개체"),
    "a ZIP in a PDF": (pdf([("모음.zip", making.zipped({"a.txt": "x"}))]), "pdf", "안에 든 개체(모음.zip)"),
    "a picture in a sheet in a PDF": (pdf([("명단.xlsx", book("x", photo("PNG")))]), "pdf", "안에 든 명단.xlsx: 그림 1개"),
    "a page without words in a PDF": (word("word/embeddings/scan.pdf", making.pdf([[]])), "docx", "안에 든 파일: 글자가 없는 PDF"),
    "a broken object": (hwpx(part=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "hwpx", "안에 든 개체가 깨졌습니다"),
    "an object that swells": (hwpx(part=b"\0" * (100 * 2**20)), "hwpx", "압축 폭탄"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_of_it_is_told(tmp_path, name):
    data, kind, why = UNREADABLE[name]
    assert why in looked_through(tmp_path, data, kind)[1]


def test_a_plain_document_has_nothing_left_unread(tmp_path):
    made = {"docx": making.docx(making.wp("글")), "hwpx": making.hwpx(making.p("글")), "ole": making.hwp(making.hwp_p("글")),
            "xlsx": book("글"), "pdf": pdf()}  # fmt: skip
    made["hwpx"] = zipped_with(made["hwpx"], "Preview/PrvImage.png", photo("PNG"))
    assert {kind: looked_through(tmp_path, data, kind)[1] for kind, data in made.items()} == dict.fromkeys(
        made, ""
    )


def test_documents_in_documents_end_somewhere(tmp_path, monkeypatch):
    deep = book()
    for _ in range(8):
        deep = word(part=deep)
    text, unread = looked_through(tmp_path, deep, "docx")
    assert SECRET not in text and "너무 깊이 들어 있음" in unread
    many = making.docx(making.wp("글"))
    for number in range(6):
        many = zipped_with(many, f"word/embeddings/{number}.txt", f"{number}번째 글")
    monkeypatch.setattr(plain.Bound, "__init__", lambda self: self.__dict__.update(parts=4, size=10**6))
    text, unread = looked_through(tmp_path, many, "docx")
    assert "3번째 글" in text and "4번째 글" not in text and "너무 많거나" in unread


def test_the_words_of_a_picture_in_its_own_format(tmp_path):
    png, out = PngImagePlugin.PngInfo(), io.BytesIO()
    png.add_text("Author", f"가온 {SECRET}")
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=png)
    assert SECRET in looked_through(tmp_path, out.getvalue(), "png")[0]
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d:creator xmlns:d="x">{SECRET}</d:creator></x:xmpmeta>'.encode()
    assert SECRET in looked_through(tmp_path, photo() + xmp, "jpeg")[0]
    assert "촬영 위치" in looked_through(tmp_path, photo() + b'<x exif:GPSLatitude="37,33.9N"/>', "jpeg")[1]


@settings(max_examples=80)
@given(name=st.sampled_from(sorted(EMBEDDED)), at=st.floats(0, 1), junk=st.binary(max_size=40))
def test_a_damaged_file_is_never_a_fault_of_ours(name, at, junk, tmp_path_factory):
    data, kind = EMBEDDED[name]
    cut = int(at * len(data))
    text, unread = looked_through(
        tmp_path_factory.mktemp("cut"), data[:cut] + junk + data[cut + len(junk) :], kind
    )
    assert isinstance(text, str) and isinstance(unread, str)
