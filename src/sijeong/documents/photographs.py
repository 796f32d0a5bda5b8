"""A photograph without what it carries unseen: the small picture that a camera puts into it, and what follows its end.

The small one stays whole though the large one was cut or covered; behind the end telephones keep a film of the moment,
and programs that cut a picture in place what they cut away. Pure.
"""

from __future__ import annotations

import struct

EXIF = b"Exif\0\0"
START_OF_SCAN, END, APP1 = 0xDA, 0xD9, 0xE1
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
# Where the small picture lies and how long it is: as a JPEG, as plain rows (TIFF 6.0, EXIF 2.32).
LYING = ((0x0201, 0x0202), (0x0111, 0x0117))
SHORT = 3
PNG_HEAD = 8


def bared(data: bytes, kind: str) -> bytes:
    """The picture of ``kind`` without them; the same bytes where it carries none.

    One whose parts do not follow each other as its format says has no end to look behind, and stays as long as it is.
    """
    held = bytearray(data)
    try:
        end = {"jpeg": _jpeg, "png": _png, "webp": _webp}[kind](held)
    except (struct.error, ValueError):
        end = len(held)
    return bytes(held[:end])


def _jpeg(data: bytearray) -> int:
    """Where it ends; the small picture is emptied on the way."""
    at = 2
    while (marker := _marker(data, at)) != END:
        at += 2
        if marker in ALONE:
            continue
        length = struct.unpack_from(">H", data, at)[0]
        if marker == APP1 and data[at + 2 : at + 8] == EXIF:
            _without_small_one(data, at + 8, at + length)
        at += length
        if marker == START_OF_SCAN:
            at = _behind_scan(data, at)
    return at + 2


def _marker(data: bytearray, at: int) -> int:
    if at + 2 > len(data) or data[at] != 0xFF:
        raise ValueError("JPEG의 마디가 이어지지 않습니다.")
    return data[at + 1]


def _behind_scan(data: bytearray, at: int) -> int:
    """Where the next marker stands behind the coded dots: one that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise ValueError("JPEG가 끝까지 들어 있지 않습니다.")
        if data[at + 1] == 0xFF:
            at += 1
        elif data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _without_small_one(data: bytearray, start: int, end: int) -> None:
    """Empty the second directory of EXIF and the picture that it leads to, between ``start`` and ``end``."""
    order = "<" if data[start : start + 2] == b"II" else ">"
    first = start + struct.unpack_from(f"{order}I", data, start + 4)[0]
    link = first + 2 + 12 * struct.unpack_from(f"{order}H", data, first)[0]
    second = start + struct.unpack_from(f"{order}I", data, link)[0]
    if second == start:
        return
    count = struct.unpack_from(f"{order}H", data, second)[0]
    held = dict(_entry(data, order, second + 2 + 12 * number) for number in range(count))
    for where, how_long in LYING:
        if where in held:
            low = start + held[where]
            _empty(data, low, low + held.get(how_long, 0), end)
    _empty(data, second, second + 6 + 12 * count, end)
    _empty(data, link, link + 4, end)


def _entry(data: bytearray, order: str, at: int) -> tuple[int, int]:
    tag, kind = struct.unpack_from(f"{order}HH", data, at)
    value = struct.unpack_from(f"{order}H" if kind == SHORT else f"{order}I", data, at + 8)[0]
    return tag, value


def _empty(data: bytearray, low: int, high: int, end: int) -> None:
    high = min(high, end)
    if low < high:
        data[low:high] = bytes(high - low)


def _png(data: bytearray) -> int:
    at, kind = PNG_HEAD, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        at += 12 + length
    return at


def _webp(data: bytearray) -> int:
    size: int = struct.unpack_from("<I", data, 4)[0]
    return 8 + size + size % 2
