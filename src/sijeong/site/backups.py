"""One file with everything an installation holds: the database, the files, and a manifest that proves them.

A gzipped tar: ``database.…`` first, then ``files/…``, and ``manifest.json`` at the end with the SHA-256 of each,
computed as they were written. Files are stored under their content and before the row that names them, so that
a database copied first never names a file that is not in the backup.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from . import database_copy

MANIFEST = "manifest.json"
FORMAT = 1
BLOCK = 1024 * 1024
# Most of the bytes are PDF and HWPX, which are compressed already: harder costs time and saves nothing.
EFFORT = 3
Progress = Callable[[int, int], None]


class BadBackup(Exception):
    """A file that is no whole backup; the text says what is wrong with it."""


@dataclass(frozen=True)
class Member:
    """A file in the backup, with the digest of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds and what made it."""

    made_at: str
    sijeong: str
    database: str
    migrations: list[str]
    members: list[Member] = field(default_factory=list)
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        try:
            told: dict[str, Any] = json.loads(text)
            if told["format"] != FORMAT:
                raise BadBackup(f"백업 형식 {told['format']}: 이 판은 {FORMAT}만 읽습니다")
            return cls(**told | {"members": [Member(**member) for member in told["members"]]})
        except (ValueError, KeyError, TypeError) as error:
            raise BadBackup(f"{MANIFEST}을 읽을 수 없습니다: {error}") from error


class Hashed:
    """Reads or writes on behalf of another file, and knows the digest of what went through."""

    def __init__(self, stream: IO[bytes], told: Callable[[int], None]) -> None:
        self.stream, self.told, self.digest, self.size = stream, told, hashlib.sha256(), 0

    def _seen(self, block: bytes) -> bytes:
        self.digest.update(block)
        self.size += len(block)
        self.told(len(block))
        return block

    def read(self, size: int = -1) -> bytes:
        return self._seen(self.stream.read(size))

    def write(self, block: bytes) -> int:
        return self.stream.write(self._seen(block))

    def member(self, name: str) -> Member:
        return Member(name, self.size, self.digest.hexdigest())


def default_name() -> str:
    return f"sijeong-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz"


def write(target: Path, progress: Progress = lambda done, total: None) -> Manifest:
    """Back the installation up into ``target``, which appears only once it is whole and on the disk."""
    copy = target.with_name(f".{target.name}.database")
    try:
        database_copy.copy_to(copy)
        files = sorted(path for path in settings.FILES_ROOT.rglob("*") if path.is_file())
        sources = [(database_copy.file_name(), copy)]
        sources += [(f"files/{path.relative_to(settings.FILES_ROOT).as_posix()}", path) for path in files]
        with _appearing(target) as raw:
            return _write_members(raw, sources, progress)
    finally:
        copy.unlink(missing_ok=True)


@contextmanager
def _appearing(target: Path) -> Iterator[IO[bytes]]:
    """A file under another name that takes ``target``'s name when it is whole, readable by its owner alone."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _write_members(raw: IO[bytes], sources: list[tuple[str, Path]], progress: Progress) -> Manifest:
    total, done = sum(path.stat().st_size for _, path in sources), 0

    def told(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    manifest = Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        sijeong=version("sijeong"),
        database=connection.vendor,
        migrations=sorted(
            f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
        ),
    )
    with (
        gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=EFFORT) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, path in sources:
            with path.open("rb") as stream:
                source = Hashed(stream, told)
                tar.addfile(_head(name, os.fstat(stream.fileno()).st_size), source)
            manifest.members.append(source.member(name))
        text = manifest.as_json()
        tar.addfile(_head(MANIFEST, len(text)), io.BytesIO(text))
    return manifest


def _head(name: str, size: int) -> tarfile.TarInfo:
    head = tarfile.TarInfo(name)
    head.size, head.mode, head.mtime = size, 0o600, int(timezone.now().timestamp())
    return head


def unpack(source: Path, folder: Path, progress: Progress = lambda done, total: None) -> Manifest:
    """Lay everything of the backup ``source`` into ``folder`` and prove it by the manifest.

    Raises BadBackup where a byte is missing or another, or a member is there that has no business in a backup.
    """
    found: list[Member] = []
    manifest = None
    total = source.stat().st_size
    try:
        with source.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|gz") as tar:
            for head in tar:
                stream = tar.extractfile(head)
                if stream is None:
                    raise BadBackup(f"{head.name}: 파일이 아닌 것이 들어 있습니다")
                if head.name == MANIFEST:
                    manifest = Manifest.from_json(stream.read())
                else:
                    found.append(_unpack_one(head.name, stream, folder))
                progress(raw.tell(), total)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadBackup(f"{source}: 백업이 아니거나 끝까지 있지 않습니다 ({error})") from error
    if manifest is None:
        raise BadBackup(f"{source}: {MANIFEST}이 없습니다. 끝까지 쓰이지 않은 백업입니다")
    _compare(found, manifest.members)
    return manifest


def _unpack_one(name: str, stream: IO[bytes], folder: Path) -> Member:
    parts = PurePosixPath(name).parts
    if not (
        (parts[0] == "files" and len(parts) > 1 and ".." not in parts)
        or name in database_copy.FILE_NAMES.values()
    ):
        raise BadBackup(f"{name}: 백업에 있을 수 없는 이름입니다")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as raw:
        written = Hashed(raw, lambda size: None)
        shutil.copyfileobj(stream, written, BLOCK)
        raw.flush()
        os.fsync(raw.fileno())
    return written.member(name)


def _compare(found: list[Member], listed: list[Member]) -> None:
    there = {member.name: member for member in found}
    for member in listed:
        if there.pop(member.name, None) != member:
            raise BadBackup(f"{member.name}: 내용이 {MANIFEST}에 적힌 것과 다르거나 없습니다")
    if there:
        raise BadBackup(f"{next(iter(there))}: {MANIFEST}에 적혀 있지 않습니다")
