"""What files say: read once by the reader that a room above provides, kept beside the file, never instead of it."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from sijeong.cleaned import cleaned
from sijeong.search import outbox

from .actions import local_path
from .models import File, FileText

log = structlog.get_logger("sijeong.documents")
# A path and the kind that the bytes were sniffed to be; the text, and in Korean what could not be read ("" if all was).
Reader = Callable[[Path, str], tuple[str, str]]
LONGEST = 4_000_000
# Seconds a task reads old files before it lets other tasks go first, and seconds between two of them.
AT_A_TIME, APART = 10.0, 20
STOPPED = "다시 읽다가 멈추었습니다"


def text_of(file: File) -> FileText | None:
    """What the file says as the reader reads it now, or None where nobody has read it so yet."""
    return FileText.objects.current().filter(file=file).first()


def read(file: File) -> FileText:
    """Read the file with the reader of setting FILE_READER, and keep what it says. A second time reads nothing.

    Composed (NFC) and ``cleaned``, so that both databases and every search compare alike.
    """
    return text_of(file) or _read(file, FileText.objects.filter(file=file).first())


def _read(file: File, before: FileText | None) -> FileText:
    """``before``: what it was read as. Where nothing else comes of it, it counts as read when that was."""
    reader: Reader = import_string(settings.FILE_READER)
    text, unread = reader(local_path(file), file.kind)
    text = cleaned(unicodedata.normalize("NFC", text))
    if len(text) > LONGEST:
        text, unread = text[:LONGEST], f"{LONGEST:,}자 뒤"
    unread = unread[:300]
    same = before and (before.text, before.unread) == (text, unread)
    told = {"text": text, "unread": unread, "read_at": before.read_at if before and same else timezone.now()}
    try:
        with transaction.atomic():
            outbox.changed(file.government_id, "file", [file.pk])
            return FileText.objects.update_or_create(
                file=file, defaults=told | {"edition": settings.FILE_READER_EDITION}
            )[0]
    except IntegrityError:
        return FileText.objects.get(file=file)


@task
def read_files(ids: list[int]) -> None:
    """The worker reads what a page waits for; one that was read meanwhile costs nothing."""
    for file in File.objects.filter(pk__in=ids).order_by("pk"):
        read(file)


def read_soon(files: Iterable[File]) -> bool:
    """Have the worker read what nobody has read yet. Whether anything is still to be read."""
    ids = [file.pk for file in files]
    known = FileText.objects.current().filter(file__in=ids).values_list("file_id", flat=True)
    waiting = sorted(set(ids) - set(known))
    if waiting:
        read_files.enqueue(waiting)
    return bool(waiting)


def old_ones() -> int:
    """How many files were read before the reader learnt to see what it sees now."""
    return FileText.objects.stale().count()


def read_again_soon() -> bool:
    """Have the worker read some of the old ones again, the newest first; whether it was asked to."""
    if not FileText.objects.stale().exists() or not cache.add("documents.read_again", 1, APART):
        return False
    read_again.enqueue()
    return True


@task
def read_again() -> None:
    """Read old ones for AT_A_TIME seconds. Each is taken before it is read: one that kills a worker kills no other."""
    until = time.monotonic() + AT_A_TIME
    while time.monotonic() < until and (before := _taken()):
        try:
            _read(before.file, before)
        except OSError as error:
            log.warning("not read again", file=before.file_id, fault=type(error).__name__)


def _taken() -> FileText | None:
    """What was read of an old one that is now this worker's. Until it is read it says of itself that a person has to open it."""
    while told := FileText.objects.stale().select_related("file").order_by("-pk").first():
        mine = FileText.objects.stale().filter(pk=told.pk)
        if mine.update(edition=settings.FILE_READER_EDITION, unread=STOPPED):
            return told
    return None
