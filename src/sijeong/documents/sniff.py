"""What a file is, from its first bytes: the list of what an office may attach. Pure."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

# (offset, bytes, kind). OLE files are HWP v5 or old Office documents; both open in the office's own programs.
SIGNATURES = [
    (0, b"%PDF-", "pdf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"HWP Document File V3", "hwp3"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF8", "gif"),
    (8, b"WEBP", "webp"),
    (0, b"PAR1", "parquet"),
]
# A member that only this kind of package has.
PACKAGES = [
    ("Contents/content.hpf", "hwpx"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
]
MEDIA = {
    "pdf": "application/pdf",
    "ole": "application/x-ole-storage",
    "hwp3": "application/x-hwp",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "hwpx": "application/hwp+zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html; charset=utf-8",  # only what the system itself wrote, handed over as an attachment
    "parquet": "application/vnd.apache.parquet",
    "text": "text/plain; charset=utf-8",
    "text-cp949": "text/plain; charset=cp949",
}
SHOWN = {
    "pdf": "PDF", "ole": "HWP·구형 문서", "hwp3": "HWP 3", "png": "PNG 그림", "jpeg": "JPEG 그림", "gif": "GIF 그림",
    "webp": "WebP 그림", "hwpx": "HWPX", "xlsx": "XLSX", "docx": "DOCX", "pptx": "PPTX", "parquet": "Parquet", "text": "글·CSV", "text-cp949": "글·CSV",
}  # fmt: skip

# Endings a kind may have, the usual one first. What a browser saves under another could be run by it.
ENDINGS = {
    "pdf": ("pdf",), "ole": ("hwp", "doc", "xls", "ppt"), "hwp3": ("hwp",), "png": ("png",), "jpeg": ("jpg", "jpeg"),
    "gif": ("gif",), "webp": ("webp",), "hwpx": ("hwpx",), "xlsx": ("xlsx",), "docx": ("docx",), "pptx": ("pptx",),
    "parquet": ("parquet",), "text": ("txt", "csv", "tsv", "md", "json", "log"), "text-cp949": ("txt", "csv", "tsv", "log"),
}  # fmt: skip


def kind_of(stream: BinaryIO) -> str | None:
    """The kind of the seekable ``stream``, or None where it is none an office may attach."""
    stream.seek(0)
    start = stream.read(4096)
    for offset, mark, kind in SIGNATURES:
        if start[offset : offset + len(mark)] == mark:
            return kind
    if start.startswith(b"PK\x03\x04"):
        return _package(stream)
    return _text(start)


def _package(stream: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
    ):  # whatever a broken one says of itself
        return None
    return next((kind for member, kind in PACKAGES if member in names), None)


def _text(start: bytes) -> str | None:
    if b"\0" in start or start.lstrip()[:1] == b"<":
        return None  # binary, or markup a browser might run
    for encoding, kind in (("utf-8", "text"), ("cp949", "text-cp949")):
        # The sample may end inside a character of up to four bytes.
        for cut in range(4):
            try:
                start[: len(start) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return kind
    return None
