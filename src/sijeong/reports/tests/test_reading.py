"""Formats are told by content; what can't be read whole gives one clear line."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from sijeong.reports.reading import read
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.sniff import sniff
from sijeong.reports.tests import making
from sijeong.reports.tests.making import docx, hwp, hwp_p, hwpx, ole, p, pdf, text_at, tp, wp, zipped


def test_the_format_is_told_by_content_never_by_name(tmp_path):
    disguised = tmp_path / "보고서.hwpx"
    disguised.write_bytes(hwp(hwp_p("□ 추진개요")))
    assert read(disguised).format == "hwp"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (hwpx(p("가")), "hwpx"),
        (hwp(hwp_p("가")), "hwp"),
        (docx(wp("가")), "docx"),
        (pdf([[text_at(50, 700, "가")]]), "pdf"),
        ("□ 추진개요".encode(), "text"),
        ("□ 추진개요".encode("cp949"), "text"),
        ("□ 추진개요".encode("utf-16"), "text"),
        ("□ 추진개요\n○ 대상 : 청년".encode("utf-16-le"), "text"),
        ("□ 추진개요\n○ 대상 : 청년".encode("utf-16-be"), "text"),
        ("<!doctype html><p>가".encode(), "html"),
    ],
)
def test_each_format_is_recognised(data, kind):
    assert sniff(data) == kind


def _locked_zip() -> bytes:
    data = bytearray(hwpx(p("가")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


def _deep_tables(depth: int) -> bytes:
    start = "<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList>"
    end = "</hp:subList></hp:tc></hp:tr></hp:tbl></hp:run></hp:p>"
    return hwpx(start * depth + p("밑") + end * depth)


def _deep_docx(depth: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + wp("밑") + "</w:tc></w:tr></w:tbl>" * depth)


def _entities() -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    parts = {"mimetype": "application/hwp+zip", "Contents/header.xml": "<h/>"}
    return zipped(
        parts | {"Contents/section0.xml": f"<?xml version='1.0'?>{bomb}<hs:sec xmlns:hs='x'>&b;</hs:sec>"}
    )


def _bomb() -> bytes:
    parts = {"mimetype": "application/hwp+zip", "Contents/header.xml": "<h/>"}
    return zipped(parts | {"Contents/section0.xml": "<s>" + " " * (40 << 20) + "</s>"})


def _hwp_bomb() -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = engine.compress(b"\0" * (100 << 20)) + engine.flush()
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, 1)
    return ole({"FileHeader": header.ljust(256, b"\0"), "DocInfo": packed, "BodyText/Section0": packed})


HOSTILE = {
    "nothing": (b"", "빈 파일"),
    "zeros": (b"\0" * 5000, "빈 파일"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "그림 파일"),
    "noise": (bytes(range(256)) * 40, "글자"),
    "HWP 3": (b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + b"\0" * 200, "HWP 3"),
    "a zip of something else": (zipped({"a.txt": "x"}), "문서가 아닌 ZIP"),
    "a spreadsheet": (zipped({"xl/workbook.xml": "<w/>"}), "엑셀"),
    "half a zip": (hwpx(p("가" * 3000))[:600], "깨진"),
    "a locked zip": (_locked_zip(), "암호"),
    "a locked HWPX": (
        hwpx(p("가"), extra={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "암호",
    ),
    "a locked HWP": (hwp(hwp_p("가"), flags=3), "암호"),
    "an HWP under DRM": (hwp(hwp_p("가"), flags=0x11), "DRM"),
    "a locked DOCX": (ole({"EncryptedPackage": b"x"}), "암호"),
    "an old DOC": (ole({"WordDocument": b"x"}), "DOC"),
    "another OLE": (ole({"Something": b"x"}), "OLE"),
    "a locked PDF": (pdf([[text_at(50, 700, "가")]], encrypted=True), "암호"),
    "half a PDF": (pdf([[text_at(50, 700, "가")]])[:200], "PDF"),
    "a scanned PDF": (pdf([["100 100 300 400 re f"]]), "글자가 없는 PDF"),
    "XML entities": (_entities(), "DTD"),
    "broken XML": (hwpx("<hp:p><hp:run>"), "XML"),
    "10,000 nested tables": (_deep_tables(10_000), "겹"),
    "30 nested tables": (_deep_tables(30), "겹"),
    "10,000 nested tables in DOCX": (_deep_docx(10_000), "깊"),
    "a zip bomb": (_bomb(), "폭탄"),
    "a deflate bomb in HWP": (_hwp_bomb(), "폭탄"),
    "an HWPX without sections": (hwpx(), "본문"),
    "an HWPX with a section missing": (
        hwpx(p("가"), extra={"Contents/section2.xml": "<s/>"}),
        "구역 번호",
    ),
    "an HWP cut in a record": (hwp(hwp_p("가")[:-3]), "끊겼"),
    "cells that overlap": (hwpx(tp([[("가", 2, 2), None], ["나", None]])), "겹칩니다"),
    "an absurd span": (hwpx(tp([[("가", 60000, 60000), "나"]])), "터무니없이"),
    "a cell a million rows down": (
        hwpx(tp([["가", "나"]]).replace('rowAddr="0"', 'rowAddr="9999999"', 1)),
        "터무니없이",
    ),
    "a cell before the first row": (
        hwpx(tp([["가", "나"]]).replace('rowAddr="0"', 'rowAddr="-1"', 1)),
        "올바르지",
    ),
    "RTF": (b"{\\rtf1 hello}", "읽지 못하는 형식"),
    "an HWPX with no words": (hwpx(p("")), "글이 하나도 없는"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_whole_gives_one_korean_line(name):
    data, line = HOSTILE[name]
    with pytest.raises(Unreadable, match=line) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_say_so(tmp_path):
    with pytest.raises(Unreadable, match="파일이 없습니다"):
        read(tmp_path / "없음.hwpx")
    with pytest.raises(Unreadable, match="폴더"):
        read(tmp_path)


def test_a_giant_file_is_refused_before_it_is_read(tmp_path: Path):
    giant = tmp_path / "giant.hwp"
    with giant.open("wb") as out:
        out.truncate(300 << 20)
    with pytest.raises(Unreadable, match="200MB보다"):
        read(giant)


def test_a_stored_zip_reads_like_a_packed_one():
    kinds = {"Contents/section0.xml": zipfile.ZIP_STORED}
    xml = f'<hs:sec xmlns:hs="{making.HS}" xmlns:hp="{making.HP}">{p("가")}</hs:sec>'
    parts = {"mimetype": "application/hwp+zip", "Contents/header.xml": "<h/>", "Contents/section0.xml": xml}
    assert read(zipped(parts, **kinds)).text() == "가"


def test_a_page_of_pictures_among_pages_of_text_is_named_as_unread():
    pages = [[text_at(50, 700, "가나다")], [text_at(50, 700, "라마바")], ["100 100 300 400 re f"]]
    assert read(pdf(pages)).unread == ["3쪽(글자 없는 그림)"]
