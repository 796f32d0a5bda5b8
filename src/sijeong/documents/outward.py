"""The copy of a file that leaves the house: without the picture of its first page, and without what deleting left behind.

Office programs put a picture of the first page into the package, for file managers to show. It stays as it was though
the page was changed, nobody sees it in the document, and no reader reads it. The original keeps it. Photographs carry the
like (``photographs``).
"""

from __future__ import annotations

import hashlib
import mmap
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import olefile
from lxml import etree

from .photographs import bared

PREVIEWS = re.compile(r"(?:docProps/thumbnail\.|Preview/PrvImage)[^/]*$", re.IGNORECASE)
PHOTOGRAPHS = {"jpeg", "png", "webp"}
PACKAGES = {"hwpx", "docx", "xlsx", "pptx"}
PREVIEW = "PrvImage"
RELATIONS = "_rels/.rels"
FREE = 0xFFFFFFFF
# A picture of one clear dot (PNG).
BLANK = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)
# The head of a member and what may follow its data, beside its names.
HEAD, AFTER = 30, 24
LARGEST = 2**30
# What packing makes no smaller is not packed again: pictures are most of a large file.
DENSE = 0.95


class NoCopy(ValueError):
    """No such copy can be made; the text says why."""


def is_preview(name: str) -> bool:
    """Whether a member of a package is the picture of its first page."""
    return PREVIEWS.match(name) is not None


def outward(path: Path, kind: str) -> BinaryIO | None:
    """An open temporary file with the copy, or None where the file itself may go out.

    Raises NoCopy for a file that is too broken to make one of.
    """
    try:
        if kind in PACKAGES:
            return _package(path)
        if kind in PHOTOGRAPHS:
            return _photograph(path, kind)
        return _compound(path) if kind == "ole" else None
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, etree.LxmlError,
            IndexError, TypeError, AttributeError) as error:  # fmt: skip
        raise NoCopy("미리보기 그림을 뺀 사본을 만들지 못했습니다.") from error


def _package(path: Path) -> BinaryIO | None:
    with zipfile.ZipFile(path) as old:
        # Of two members of one name every reader takes the last.
        members = [old.getinfo(name) for name in dict.fromkeys(old.namelist())]
        kept = [member for member in members if not is_preview(member.filename)]
        if len(kept) == len(old.infolist()) and not _left_behind(old, path.stat().st_size):
            return None
        if sum(member.file_size for member in kept) > LARGEST:
            raise NoCopy("압축을 푼 것이 너무 커서 사본을 만들지 않았습니다.")
        return _written(lambda copy: _repacked(old, kept, copy))


def _written(fill: Callable[[BinaryIO], None]) -> BinaryIO:
    """A temporary file, filled; none is left where that fails."""
    with ExitStack() as closing:
        copy = closing.enter_context(tempfile.TemporaryFile())
        fill(copy)
        closing.pop_all()
    return copy


def _repacked(old: zipfile.ZipFile, kept: list[zipfile.ZipInfo], copy: BinaryIO) -> None:
    with zipfile.ZipFile(copy, "w") as new:
        new.comment = old.comment
        for member in kept:
            _copied(old, member, new)


def _left_behind(old: zipfile.ZipFile, size: int) -> bool:
    """Whether the file holds bytes that belong to no member: an earlier state of one that was written anew."""
    at = 0
    for member in sorted(old.infolist(), key=lambda each: each.header_offset):
        if member.header_offset - at > AFTER:
            return True
        names = 2 * len(member.filename.encode()) + 2 * len(member.extra)
        at = member.header_offset + HEAD + member.compress_size + names
    return old.start_dir - at > AFTER or at > size


def _copied(old: zipfile.ZipFile, member: zipfile.ZipInfo, new: zipfile.ZipFile) -> None:
    clean = zipfile.ZipInfo(member.filename, member.date_time)
    packed = member.compress_type != zipfile.ZIP_STORED and member.compress_size < DENSE * member.file_size
    clean.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    clean.external_attr = member.external_attr
    if member.filename == RELATIONS:
        new.writestr(clean, _without_thumbnail(old.read(member)))
        return
    with old.open(member) as data, new.open(clean, "w", force_zip64=member.file_size > 2**31) as out:
        shutil.copyfileobj(data, out)


def _without_thumbnail(data: bytes) -> bytes:
    """The package's relations without the one that leads to the picture."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    found = [each for each in root if is_preview(str(each.get("Target", "")).lstrip("/"))]
    for each in found:
        root.remove(each)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if found else data


def _compound(path: Path) -> BinaryIO | None:
    """An HWP whose picture is blank and whose free sectors are empty; other compound files wait for a person as it is."""
    if not _is_hwp(path):
        return None
    with tempfile.NamedTemporaryFile() as work:
        shutil.copyfile(path, work.name)
        with olefile.OleFileIO(work.name, write_mode=True) as container:
            changed = _emptied(container)
        if not changed:
            return None
        if _streams(path) != _streams(Path(work.name)):
            raise NoCopy("미리보기 그림을 뺀 사본이 본디 것과 달라 만들지 않았습니다.")
        with Path(work.name).open("rb") as done:
            return _written(lambda copy: shutil.copyfileobj(done, copy))


def _photograph(path: Path, kind: str) -> BinaryIO | None:
    data = path.read_bytes()
    bare = bared(data, kind)
    return None if bare == data else _written(lambda copy: _put(bare, copy))


def _put(data: bytes, copy: BinaryIO) -> None:
    copy.write(data)


def _is_hwp(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        return held.find(b"HWP Document File") >= 0


def _emptied(container: olefile.OleFileIO) -> bool:
    """Draw nothing in the place of the picture and in sectors that belong to no stream. Whether any of them held something."""
    changed = False
    if container.exists(PREVIEW):
        with container.openstream(PREVIEW) as picture:
            held = picture.read()
        blank = BLANK[: len(held)].ljust(len(held), b"\0")
        if held != blank:
            container.write_stream(PREVIEW, blank)
            changed = True
    nothing = bytes(container.sectorsize)
    whole = container._filesize // container.sectorsize - 1  # the last sector of a file may be cut short
    for number, use in enumerate(container.fat[:whole]):
        if use == FREE and container.getsect(number) != nothing:
            container.write_sect(number, nothing)
            changed = True
    return changed


def _streams(path: Path) -> dict[str, str]:
    """What a compound file holds beside the picture, by digests."""
    with olefile.OleFileIO(path) as container:
        names = ["/".join(parts) for parts in container.listdir()]
        return {
            name: hashlib.sha256(container.openstream(name).read()).hexdigest()
            for name in names
            if name != PREVIEW
        }
