"""Which format a file is, told from its bytes: a name proves nothing."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

import olefile

from sijeong.reports.reading.documents import Unreadable

_KOREAN = re.compile(r"[\t\n\r\f\x20-\x7e\xa0-\xff가-힣ㄱ-ㆎ\u2000-\u27ff\u3000-\u303f一-龥\uff00-\uffef]+")
LARGEST_FILE = 200 * 2**20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HWP3 = b"HWP Document File V3"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"ALZ\x01", b"EGGA")


def sniff(data: bytes) -> str:
    """'hwpx', 'docx', 'xlsx', 'hwp', 'pdf', 'html' or 'text'; `Unreadable` for anything else."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("빈 파일입니다.")
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"파일이 {LARGEST_FILE >> 20}MB보다 커서 읽지 않았습니다.")
    if data.startswith(b"PK"):
        return _zip(data)
    if data.startswith(OLE):
        return _ole(data)
    if data.startswith(HWP3):
        raise Unreadable("한글 3.0 이하(HWP 3) 문서입니다. 한글에서 HWPX로 다시 저장해 주세요.")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(PICTURES):
        raise Unreadable("그림 파일입니다. 글자가 들어 있는 문서를 주세요.")
    if data.startswith(ARCHIVES):
        raise Unreadable("압축 파일입니다. 풀어서 문서를 하나씩 주세요.")
    return _text(data)


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, ValueError) as error:
        raise Unreadable("압축 구조가 깨진 파일입니다(끝까지 받지 못했을 수 있습니다).") from error
    except RuntimeError as error:  # how zipfile says that a part is encrypted
        raise Unreadable("암호가 걸린 문서입니다. 암호를 풀어서 다시 주세요.") from error
    if mime.startswith(b"application/hwp+zip") or "Contents/content.hpf" in names:
        return "hwpx"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if mime.startswith(b"application/vnd.oasis"):
        raise Unreadable("OpenDocument 파일은 읽지 못합니다. HWPX, DOCX, PDF로 저장해 주세요.")
    raise Unreadable("문서가 아닌 ZIP 파일입니다.")


def _ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            if ole.exists("FileHeader") and ole.openstream("FileHeader").read(17) == b"HWP Document File":
                return "hwp"
            if ole.exists("EncryptedPackage"):
                raise Unreadable("암호가 걸린 문서입니다. 암호를 풀어서 다시 주세요.")
            if ole.exists("WordDocument"):
                raise Unreadable("옛 워드(DOC) 문서입니다. DOCX로 저장해 주세요.")
    except Unreadable:
        raise
    except Exception as error:  # olefile raises many kinds for a damaged container
        raise Unreadable("OLE 구조가 깨진 파일입니다.") from error
    raise Unreadable("한글 문서가 아닌 OLE 파일입니다.")


def decoded(data: bytes) -> str:
    """Text of a text file: UTF-8, UTF-16 with its mark or plainly Korean without it, or CP949."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if _KOREAN.fullmatch(text[:2000]) and len(data) % 2 == 0:
            return text
    raise Unreadable("글자 부호(UTF-8, UTF-16, CP949)를 알아볼 수 없는 파일입니다.")


def _text(data: bytes) -> str:
    text = decoded(data)
    odd = sum(1 for ch in text[:20_000] if ch < " " and ch not in "\t\n\r\f\x0b")
    if odd > len(text[:20_000]) // 200:
        raise Unreadable("글자로 된 문서가 아닙니다.")
    head = text[:2000].lstrip().lower()
    if head.startswith("<?xml") and "<hwpml" in head:
        raise Unreadable("HWPML 문서입니다. 한글에서 HWPX로 다시 저장해 주세요.")
    if re.match(r"(<!--.*?-->\s*)?<(!doctype html|html|head|body)\b", head, re.S):
        return "html"
    if head.startswith(("{\\rtf", "<?xml", "%!ps")):
        raise Unreadable("읽지 못하는 형식입니다. HWPX, HWP, PDF, DOCX, 마크다운, 텍스트를 주세요.")
    return "text"
