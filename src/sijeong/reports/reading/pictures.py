"""What a picture says beside what it shows: who took it and where, by EXIF, XMP and the texts of a PNG."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from sijeong.reports.reading.archives import parsed
from sijeong.reports.reading.beside_pdf import XMP
from sijeong.reports.reading.documents import Unreadable
from sijeong.reports.reading.words import words_of

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\xd7\xcd\xc6\x9a", b"<svg")
# EXIF tags that hold words of a person: description, artist, copyright, comments, author, subject; camera's owner.
SAID = (270, 315, 33432, 37510, 40091, 40092, 40093, 40094, 40095, 42032)
EXIF, GPS = 0x8769, 0x8825
PLACED = "촬영 위치가 든 그림"


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin as a picture's do, drawn ones (EMF, WMF, SVG) too."""
    drawn = data[40:44] == b" EMF" or b"<svg" in data[:1000]
    return drawn or data[:4].startswith(STARTS) or data[8:12] == b"WEBP"


def told(data: bytes) -> tuple[list[str], str]:
    """Lines that the picture says of itself, and what it is called: one that tells where it was taken, or a picture."""
    lines = list(_of_xmp(data))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a picture that would be huge: it is not drawn here
            with Image.open(BytesIO(data), formats=FORMATS) as picture:
                exif = picture.getexif()
                inner = exif.get_ifd(EXIF)
                lines += [
                    _text(value) for tag, value in (*exif.items(), *inner.items()) if tag in SAID and value
                ]
                lines += [text for text in picture.info.values() if isinstance(text, str)]
                placed = any(tag != 0 for tag in exif.get_ifd(GPS))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        KeyError,
        TypeError,
        Image.DecompressionBombError,
    ):
        placed = False
    placed = placed or b"exif:GPSLatitude" in data
    return [line for line in lines if line.strip()], PLACED if placed else "그림"


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    # Comments begin with the name of their letters; Windows writes its own in two bytes each.
    if value[:8] in {b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8}:
        return value[8:].decode("utf-16-le" if value[:1] == b"U" else "utf-8", "replace").strip("\0")
    return value.decode("utf-16-le" if b"\0" in value else "utf-8", "replace").strip("\0")


def _of_xmp(data: bytes) -> Iterator[str]:
    for packet in XMP.findall(data):
        try:
            yield from words_of(parsed(packet, "XMP"))
        except Unreadable:
            yield packet.decode("utf-8", "replace")
