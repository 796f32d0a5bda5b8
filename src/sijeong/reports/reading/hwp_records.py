"""The records inside an HWP v5 file: OLE streams, inflated, deciphered where the file is for distribution,
as a tree.

Layout after Hancom's published description of the format (한글문서파일형식 5.0, 배포용 문서).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import olefile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from sijeong.reports.reading.archives import LARGEST_PART
from sijeong.reports.reading.documents import Unreadable

FIRST = 16
PROPERTIES, DISTRIBUTE, NUMBERING, BULLET, PARA_SHAPE = 16, 28, 23, 24, 25
PARA_HEADER, PARA_TEXT, CTRL_HEADER, LIST_HEADER, TABLE = 66, 67, 71, 72, 77
_COMPRESSED, _PASSWORD, _FOR_DISTRIBUTION = 0x1, 0x2, 0x4
_PROTECTED = {0x10: "DRM 보안", 0x100: "공인인증서 암호화", 0x400: "공인인증서 DRM 보안"}


@dataclass(slots=True)
class Record:
    """One record with the records of deeper level that follow it."""

    tag: int
    payload: bytes
    children: list[Record] = field(default_factory=list)

    @property
    def control(self) -> str:
        """The four letters that name a control ('tbl ', 'gso ', 'fn  ' …)."""
        return self.payload[3::-1].decode("latin-1") if self.tag == CTRL_HEADER else ""


class Container:
    """The streams of one HWP v5 file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._promised = 0
            self._ole = olefile.OleFileIO(BytesIO(data))
            header = self._ole.openstream("FileHeader").read()
            self._version, self._flags = struct.unpack_from("<II", header, 32)
        except Exception as error:  # olefile raises many kinds for a damaged container
            raise Unreadable("OLE 구조가 깨진 파일입니다.") from error
        if self._flags & _PASSWORD:
            raise Unreadable("암호가 걸린 문서입니다. 암호를 풀어서 다시 주세요.")
        for flag, name in _PROTECTED.items():
            if self._flags & flag:
                raise Unreadable(f"{name}이 걸린 문서입니다. 보안을 풀어서 다시 주세요.")
        if self._version >> 24 != 5:
            raise Unreadable("한글 5.0 형식이 아닌 HWP 문서입니다.")

    @property
    def distributed(self) -> bool:
        """Whether its pages stand enciphered beside a body that older programs show in their place."""
        return bool(self._flags & _FOR_DISTRIBUTION)

    def info(self) -> list[Record]:
        found = tree(self._inflated("DocInfo", self._raw("DocInfo")))
        head = next((record.payload for record in found if record.tag == PROPERTIES), b"")
        self._promised = struct.unpack_from("<H", head)[0] if len(head) >= 2 else 0
        return found

    def sections(self) -> Iterator[list[Record]]:
        storage = "ViewText" if self._flags & _FOR_DISTRIBUTION else "BodyText"
        number = 0
        while self._ole.exists(name := f"{storage}/Section{number}"):
            data = self._raw(name)
            if storage == "ViewText":
                data = deciphered(data)
            yield tree(self._inflated(name, data))
            number += 1
        if not number:
            raise Unreadable("본문이 없는 HWP 파일입니다.")
        if number < self._promised:
            raise Unreadable(f"HWP 문서의 구역 {self._promised}개 가운데 {number}개만 들어 있습니다.")

    def enclosed(self) -> Iterator[bytes]:
        """Pictures and objects kept in the file; compressed or not, each says so only in its record."""
        for path in self._ole.listdir():
            if path[0] == "BinData":
                yield self.stream("/".join(path))

    def names(self) -> list[str]:
        """Paths of all streams that hold anything."""
        found = ["/".join(path) for path in self._ole.listdir()]
        return sorted(name for name in found if self._ole.get_size(name))

    def stream(self, name: str) -> bytes:
        """A stream inflated where it is deflated: not all are, whatever the head of the file says."""
        data = self._raw(name)
        try:
            if self.distributed and name.startswith("Scripts/"):
                return self._inflated(name, deciphered(data))
            return self._inflated(name, data)
        except Unreadable:
            return data

    def _raw(self, name: str) -> bytes:
        try:
            return bytes(self._ole.openstream(name).read())
        except Exception as error:
            raise Unreadable(f"문서의 일부({name})가 깨졌습니다.") from error

    def _inflated(self, name: str, data: bytes) -> bytes:
        if not self._flags & _COMPRESSED:
            return data
        engine = zlib.decompressobj(-15)
        try:
            plain = engine.decompress(data, LARGEST_PART)
        except zlib.error as error:
            raise Unreadable(f"문서의 일부({name})의 압축이 깨졌습니다.") from error
        if engine.unconsumed_tail:
            raise Unreadable("압축을 풀면 비정상으로 커지는 파일(압축 폭탄)이어서 읽지 않았습니다.")
        if not engine.eof:
            raise Unreadable(f"문서의 일부({name})가 끝까지 들어 있지 않습니다.")
        return plain


def letters(paragraph: Record) -> int:
    """How many code units the head of a paragraph promises; one alone is its end, and is not stored."""
    count = struct.unpack_from("<I", paragraph.payload)[0] & 0x7FFFFFFF if len(paragraph.payload) >= 4 else 0
    return count if count > 1 else 0


def cells(table: Record) -> int:
    """How many cells the head of a table promises, row by row; 0 if it doesn't say."""
    if table.tag != TABLE or len(table.payload) < 18:
        return 0
    rows = struct.unpack_from("<H", table.payload, 4)[0]
    return (
        sum(struct.unpack_from(f"<{rows}H", table.payload, 18)) if len(table.payload) >= 18 + 2 * rows else 0
    )


def deciphered(data: bytes) -> bytes:
    """The body of a document for distribution: its key lies in the first record, hidden under a random
    stream.
    """
    if len(data) < 260 or struct.unpack_from("<I", data)[0] & 0x3FF != DISTRIBUTE:
        raise Unreadable("배포용 문서의 머리 정보가 깨졌습니다.")
    block = bytearray(data[4:260])
    seed = first = struct.unpack_from("<I", block)[0]
    mask = left = 0
    for index in range(256):
        if not left:
            seed = (seed * 214013 + 2531011) & 0xFFFFFFFF
            mask = seed >> 16 & 0xFF
            seed = (seed * 214013 + 2531011) & 0xFFFFFFFF
            left = (seed >> 16 & 0xF) + 1
        if index >= 4:
            block[index] ^= mask
        left -= 1
    offset = 4 + (first & 0xF)
    key = algorithms.AES(bytes(block[offset : offset + 16]))
    engine = Cipher(key, modes.ECB()).decryptor()  # noqa: S305 - the cipher is the format's choice
    body = data[260:]
    return engine.update(body[: len(body) // 16 * 16])


def tree(data: bytes) -> list[Record]:
    """Records nested by their level."""
    roots: list[Record] = []
    path: list[tuple[int, Record]] = []
    position, end = 0, len(data)
    while position + 4 <= end:
        head = struct.unpack_from("<I", data, position)[0]
        position += 4
        tag, level, size = head & 0x3FF, head >> 10 & 0x3FF, head >> 20
        if tag < FIRST:
            if data[position - 4 :].strip(b"\0"):
                raise Unreadable("HWP 레코드가 깨졌습니다.")
            break  # an uncompressed stream filled up with zeros
        if size == 0xFFF:
            if position + 4 > end:
                raise Unreadable("HWP 레코드가 중간에 끊겼습니다.")
            size = struct.unpack_from("<I", data, position)[0]
            position += 4
        if position + size > end:
            raise Unreadable("HWP 레코드가 중간에 끊겼습니다.")
        record = Record(tag, data[position : position + size])
        position += size
        while path and path[-1][0] >= level:
            path.pop()
        (path[-1][1].children if path else roots).append(record)
        path.append((level, record))
    return roots
