"""The one door from bytes to a document."""

from __future__ import annotations

from pathlib import Path

from sijeong.reports.reading.documents import Document, Unreadable
from sijeong.reports.reading.docx import read_docx
from sijeong.reports.reading.html import read_html
from sijeong.reports.reading.hwp import read_hwp
from sijeong.reports.reading.hwpx import read_hwpx
from sijeong.reports.reading.pdf import read_pdf
from sijeong.reports.reading.sniff import LARGEST_FILE, decoded, sniff
from sijeong.reports.reading.text import read_text
from sijeong.reports.reading.xlsx import read_xlsx


def read(source: bytes | str | Path) -> Document:
    """The document in a file or in bytes, whatever its name; `Unreadable` with one Korean line if it can't
    be read whole.
    """
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    kind = sniff(data)
    if kind == "html":
        document = read_html(decoded(data))
    elif kind == "text":
        document = read_text(decoded(data))
    else:
        document = {
            "hwpx": read_hwpx,
            "docx": read_docx,
            "hwp": read_hwp,
            "pdf": read_pdf,
            "xlsx": read_xlsx,
        }[kind](data)
    if not document.blocks and not document.margins and not document.notes:
        raise Unreadable("글이 하나도 없는 문서입니다.")
    return document


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"파일이 {LARGEST_FILE >> 20}MB보다 커서 읽지 않았습니다.")
        return path.read_bytes()
    except IsADirectoryError as error:
        raise Unreadable("파일이 아니라 폴더입니다.") from error
    except FileNotFoundError as error:
        raise Unreadable("파일이 없습니다.") from error
    except OSError as error:
        raise Unreadable(f"파일을 열 수 없습니다({error.strerror}).") from error
