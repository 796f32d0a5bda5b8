"""Putting a backup in the place of an installation: proved first, swapped in one step, the one before kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from sijeong.org.models import Government

from . import backups, database, database_copy

Progress = backups.Progress


class WillNotRestore(Exception):
    """The backup does not fit here, or would replace what nobody said may be replaced."""


def is_empty() -> bool:
    """Whether nothing was ever entered here."""
    try:
        entered = Government.objects.exists()
    except DatabaseError:
        entered = False
    return not entered and not any(path.is_file() for path in settings.FILES_ROOT.rglob("*"))


def restore(source: Path, *, replace: bool, progress: Progress = lambda done, total: None) -> Path | None:
    """Restore the backup; the folder where what stood here before is kept, or None if nothing did.

    Raises WillNotRestore, BadBackup, CopyFault; whichever comes, the installation stands as before.
    """
    before = None if is_empty() else settings.DATA / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S}"
    if before and not replace:
        raise WillNotRestore(
            f"이미 자료가 있습니다 ({database.described()}). 바꾸려면 --replace 를 붙이십시오: 지금 것은 옆에 보관합니다."
        )
    # Beside what it will replace: a rename within one file system is one step.
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as staging:
        manifest = backups.unpack(source, Path(staging), progress)
        _check(manifest)
        kept = before or Path(staging) / "nothing"
        kept.mkdir(mode=0o700)
        _swap(Path(staging), kept)
    return before


def _check(manifest: backups.Manifest) -> None:
    if manifest.database != connection.vendor:
        raise WillNotRestore(
            f"{manifest.database} 의 백업입니다. 이 설치는 {connection.vendor} 입니다: DATABASE_URL 을 맞추십시오."
        )
    if newer := database.unknown(manifest.migrations):
        raise WillNotRestore(
            f"더 새로운 판(sijeong {manifest.sijeong})의 백업입니다: {', '.join(newer[:3])} … 판을 올린 뒤 되돌리십시오."
        )


def _swap(staging: Path, kept: Path) -> None:
    """Files first: should the power fail between the two, the old rows still stand, and doctor names what lacks."""
    fresh = staging / "files"
    fresh.mkdir(exist_ok=True)
    if settings.FILES_ROOT.exists():
        os.replace(settings.FILES_ROOT, kept / "files")
    os.replace(fresh, settings.FILES_ROOT)
    name = database_copy.file_name()
    try:
        database_copy.put_back(staging / name, kept / name)
    except BaseException:
        shutil.rmtree(settings.FILES_ROOT)
        if (kept / "files").exists():
            os.replace(kept / "files", settings.FILES_ROOT)
        raise
    # What this machine indexed was of other rows; the worker makes it anew.
    shutil.rmtree(settings.SEARCH_ROOT, ignore_errors=True)
