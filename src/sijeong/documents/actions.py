"""Taking files in."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File as StoredFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError

from sijeong.org.models import Government, User

from .models import File
from .outward import outward
from .sniff import ENDINGS, SHOWN, kind_of

BLOCK = 1024 * 1024
# A name as file systems keep it: 255 bytes at most, less what a browser adds to a second copy.
LONGEST = 240


class FileRefused(ValueError):
    """A file that is not taken in; the text says why and what is, ``field`` where forms ask for it."""

    field = "file"


class FileTooLarge(FileRefused):
    """A file over the limit of the installation."""


def limit() -> int:
    """The most a file may weigh, in bytes."""
    return int(settings.UPLOAD_LIMIT)


def limit_told(most: int | None = None) -> str:
    """A limit in words; the installation's where none is given."""
    return f"{(most or limit()) // 1024**2} MB"


def clean_name(name: str) -> str:
    """The last part of a name, composed (macOS sends decomposed Hangul), without control characters.

    Marks that turn the direction of writing are among those: with them ``gpj.exe`` would read ``exe.jpg``.
    At most 200 characters and 240 bytes, the ending kept.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(mark for mark in name if unicodedata.category(mark)[0] != "C").strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(ending) > 10:  # no ending of a kind, but a sentence with a full stop
        stem, dot, ending = name, "", ""
    stem = stem[: 199 - len(ending)]
    room = LONGEST - len(f"{dot}{ending}".encode())
    stem = stem.encode()[:room].decode(errors="ignore")
    return f"{stem}{dot}{ending}" or "이름 없는 파일"


def named_as(name: str, kind: str) -> str:
    """The name with an ending of its kind. Raises FileRefused where it has another: ``목록.bat`` that holds text."""
    stem, dot, ending = name.rpartition(".")
    known = ENDINGS[kind]
    if dot and stem and ending.casefold() in known:
        return name
    if dot and stem and ending.isascii() and ending.isalnum() and len(ending) <= 5 and not ending.isdigit():
        raise FileRefused(
            f"{name}: 이름은 .{ending}인데 내용은 {SHOWN[kind]}입니다. 이름의 끝을 .{known[0]}로 고쳐 올리십시오."
        )
    return clean_name(f"{name}.{known[0]}")


def store(*, stream: BinaryIO, name: str, government: Government, by: User | None) -> File:
    """Stream a file in: constant memory, hashed on the way, kept under its hash.

    Raises FileRefused for an empty file, one of a kind that is not taken, or one whose name says another kind than
    its bytes; FileTooLarge for one over the limit.
    The bytes are on the disk before the row is written; bytes whose row is rolled back are swept by doctor.
    """
    name = clean_name(name)
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as copy:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > settings.UPLOAD_LIMIT:
                raise FileTooLarge(f"{name}: {limit_told()}를 넘습니다. 나누어 올리십시오.")
            digest.update(block)
            copy.write(block)
        if not size:
            raise FileRefused(f"{name}: 빈 파일입니다.")
        kind = kind_of(copy)
        if kind is None:
            raise FileRefused(
                f"{name}: 받지 않는 형식입니다. 받는 형식: {', '.join(dict.fromkeys(SHOWN.values()))}"
            )
        name, sha256 = named_as(name, kind), digest.hexdigest()
        copy.seek(0)
        path = _laid_down(copy, government, sha256)
    with transaction.atomic():
        return File.objects.create(
            government=government, name=name, kind=kind, size=size, sha256=sha256, path=path, stored_by=by
        )


def _laid_down(stream: BinaryIO, government: Government, sha256: str) -> str:
    """Where the bytes lie in the storage: equal bytes lie there once."""
    path = f"{government.code}/{sha256[:2]}/{sha256}"
    return path if default_storage.exists(path) else default_storage.save(path, StoredFile(stream))


def keep(*, content: bytes, name: str, kind: str, government: Government) -> File:
    """Put on record what the system itself made; what people bring goes through ``store``."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _laid_down(io.BytesIO(content), government, sha256)
    return File.objects.create(
        government=government, name=name, kind=kind, size=len(content), sha256=sha256, path=path
    )


def keep_outward(file: File) -> File | None:
    """Put on record the copy that leaves the house in place of the file, or None where the file itself may.

    Raises NoCopy for one that is too broken to make a copy of.
    """
    copy = outward(local_path(file), file.kind)
    if copy is None:
        return None
    digest, size = hashlib.sha256(), 0
    with copy:
        copy.seek(0)
        while block := copy.read(BLOCK):
            digest.update(block)
            size += len(block)
        copy.seek(0)
        sha256 = digest.hexdigest()
        path = _laid_down(copy, file.government, sha256)
    return File.objects.create(
        government=file.government, name=file.name, kind=file.kind, size=size, sha256=sha256, path=path
    )


def local_path(file: File) -> Path:
    """Where the bytes are, for readers that want a path."""
    return Path(os.fspath(default_storage.path(file.path)))


def discard(file: File) -> None:
    """Forget a file that was taken off something; one that something else still names stays."""
    with suppress(ProtectedError):
        file.delete()
