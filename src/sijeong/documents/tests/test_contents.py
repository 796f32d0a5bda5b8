"""What files say: read once, kept beside the file, and what could not be read is told."""

import struct
import zlib
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from django.core.cache import cache
from openpyxl.comments import Comment

from sijeong.documents import contents
from sijeong.documents.actions import store
from sijeong.documents.models import FileText

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def stored(city, name, data):
    return store(stream=BytesIO(data), name=name, government=city.seoul, by=None)


def sheet():
    out = BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["연락처", "010-1234-5678"])
    book.active.append([1012345678, "둘째 줄"])
    book.active["A1"].comment = Comment("담당 바다 010-9999-0000", "가온")
    book.save(out)
    return out.getvalue()


def test_a_text_is_read_as_it_is(city):
    told = contents.read(stored(city, "명단.csv", "성명,연락처\n가온,010-1234-5678\n".encode("cp949")))
    assert (told.text, told.unread) == ("성명,연락처\n가온,010-1234-5678\n", "")


def test_a_sheet_is_read_with_its_comments(city):
    told = contents.read(stored(city, "명단.xlsx", sheet()))
    assert "연락처\t010-1234-5678" in told.text
    assert "1012345678\t둘째 줄" in told.text
    assert "010-9999-0000" in told.text
    assert told.unread == ""


def test_pictures_inside_are_told(city):
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().insert_image("A1", "a.png", {"image_data": BytesIO(_png())})
    book.close()
    assert contents.read(stored(city, "그림.xlsx", out.getvalue())).unread == "그림 1개"


def test_a_picture_says_nothing_and_that_is_told(city):
    told = contents.read(stored(city, "영수증.png", PNG))
    assert (told.text, told.unread) == ("", "그림 파일입니다. 글자가 들어 있는 문서를 주세요.")


def test_it_is_read_once(city, settings):
    file = stored(city, "글.txt", "한 번".encode())
    first = contents.read(file)
    settings.FILE_READER = "sijeong.documents.contents.nowhere"
    assert contents.read(file) == first
    assert FileText.objects.count() == 1


def test_what_is_too_long_is_told(city, monkeypatch):
    monkeypatch.setattr(contents, "LONGEST", 3)
    assert contents.read(stored(city, "글.txt", "가나다라마".encode())).unread == "3자 뒤"


def _png():
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def test_what_an_older_reader_read_is_read_again_by_and_by(city, settings):
    """Found meanwhile as it was; the one that stopped a worker says so, and keeps no other from being read."""
    files = [stored(city, f"{name}.txt", name.encode()) for name in "가나다"]
    for file in files:
        contents.read(file)
    FileText.objects.update(edition=0, text="전에 읽은 것")
    settings.FILE_READER = f"{__name__}.falling"
    assert contents.old_ones() == 3 and contents.text_of(files[0]) is None
    contents.read_again.func()
    told = {one.file.name: (one.text, one.unread) for one in FileText.objects.select_related("file")}
    assert told == {
        "가.txt": ("더 읽은 것", ""), "나.txt": ("전에 읽은 것", contents.STOPPED), "다.txt": ("더 읽은 것", ""),
    }  # fmt: skip
    assert contents.old_ones() == 0 and not contents.read_again_soon()


def falling(path, kind):
    if path.read_bytes() == "나".encode():
        raise FileNotFoundError(path)
    return "더 읽은 것", ""


def test_the_worker_is_asked_once_in_a_while(city):
    contents.read(stored(city, "글.txt", "글".encode()))
    assert not contents.read_again_soon()
    FileText.objects.update(edition=0)
    assert [contents.read_again_soon() for _ in range(3)] == [True, False, False]
    cache.delete("documents.read_again")
