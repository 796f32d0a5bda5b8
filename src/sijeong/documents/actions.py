"""Taking files in."""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File as StoredFile
from django.core.files.storage import default_storage
from django.db import transaction

from sijeong.org.models import Government, User

from .models import File
from .sniff import SHOWN, kind_of

BLOCK = 1024 * 1024


class FileRefused(ValueError):
    """A file that is not taken in; the text says why and what is."""


def clean_name(name: str) -> str:
    """The last part of a name, composed (macOS sends decomposed Hangul), without control characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(mark for mark in name if unicodedata.category(mark)[0] != "C").strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 199 - len(ending)]}{dot}{ending}"[:200] or "이름 없는 파일"


def store(*, stream: BinaryIO, name: str, government: Government, by: User | None) -> File:
    """Stream a file in: constant memory, hashed on the way, kept under its hash.

    Raises FileRefused for an empty file, one over the limit, or one of a kind that is not taken.
    The bytes are on the disk before the row is written; bytes whose row is rolled back are swept by doctor.
    """
    name = clean_name(name)
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as copy:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > settings.UPLOAD_LIMIT:
                raise FileRefused(
                    f"{name}: {settings.UPLOAD_LIMIT // 1024**2} MB를 넘습니다. 나누어 올리십시오."
                )
            digest.update(block)
            copy.write(block)
        if not size:
            raise FileRefused(f"{name}: 빈 파일입니다.")
        kind = kind_of(copy)
        if kind is None:
            raise FileRefused(
                f"{name}: 받지 않는 형식입니다. 받는 형식: {', '.join(dict.fromkeys(SHOWN.values()))}"
            )
        sha256 = digest.hexdigest()
        path = f"{government.code}/{sha256[:2]}/{sha256}"
        if not default_storage.exists(path):
            copy.seek(0)
            path = default_storage.save(path, StoredFile(copy))
    with transaction.atomic():
        return File.objects.create(
            government=government, name=name, kind=kind, size=size, sha256=sha256, path=path, stored_by=by
        )


def local_path(file: File) -> Path:
    """Where the bytes are, for readers that want a path."""
    return Path(os.fspath(default_storage.path(file.path)))
