"""Parts of a ZIP document and their XML, opened so that a hostile file costs nothing: bombs and entities
are refused.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from sijeong.reports.reading.documents import Unreadable

LARGEST_PART = 96 * 2**20
LARGEST_WHOLE = 256 * 2**20
HIGHEST_RATIO = 300
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class Archive:
    """Reads named parts; the sum of what was unpacked is bounded, whatever the directory claims."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise Unreadable("압축 구조가 깨진 파일입니다.") from error
        self.names = self._zip.namelist()
        self.comment = self._zip.comment.decode("utf-8", "replace")
        self._unpacked = 0
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise Unreadable("암호가 걸린 문서입니다. 암호를 풀어서 다시 주세요.")

    def read(self, name: str) -> bytes:
        try:
            info = self._zip.getinfo(name)
            limit = min(LARGEST_PART, LARGEST_WHOLE - self._unpacked)
            with self._zip.open(info) as part:
                data = part.read(limit + 1)
        except KeyError as error:
            raise Unreadable(f"문서의 필수 부분({name})이 없습니다.") from error
        except RuntimeError as error:
            raise Unreadable("암호가 걸린 문서입니다. 암호를 풀어서 다시 주세요.") from error
        except _BROKEN as error:
            raise Unreadable(f"문서의 일부({name})가 깨졌습니다.") from error
        self._unpacked += len(data)
        bomb = len(data) > 16 * 2**20 and len(data) > HIGHEST_RATIO * max(info.compress_size, 1)
        if len(data) > limit or bomb:
            raise Unreadable("압축을 풀면 비정상으로 커지는 파일(압축 폭탄)이어서 읽지 않았습니다.")
        return data

    def xml(self, name: str) -> etree._Element:
        return parsed(self.read(name), name)


def parsed(data: bytes, name: str) -> etree._Element:
    """The root element; no DTD, no entity, no outside file, no more than 256 levels."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise Unreadable(f"외부 개체(DTD)를 선언한 문서({name})여서 읽지 않았습니다.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise Unreadable(f"겹침이 지나치게 깊은 문서({name})여서 읽지 않았습니다.") from error
        raise Unreadable(f"문서의 일부({name})가 올바른 XML이 아닙니다(줄 {error.lineno}).") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"외부 개체(DTD)를 선언한 문서({name})여서 읽지 않았습니다.")
    return root
