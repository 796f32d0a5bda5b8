"""What files say: read once by the reader that a room above provides, kept beside the file, never instead of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from sijeong.search import outbox

from .actions import local_path
from .models import File, FileText

# A path and the kind that the bytes were sniffed to be; the text, and in Korean what could not be read ("" if all was).
Reader = Callable[[Path, str], tuple[str, str]]
LONGEST = 4_000_000


def text_of(file: File) -> FileText | None:
    """What the file says as it was read, or None where nobody has read it yet."""
    return FileText.objects.filter(file=file).first()


def read(file: File) -> FileText:
    """Read the file with the reader of setting FILE_READER, and keep what it says. A second time reads nothing.

    Composed (NFC) and without NUL, so that both databases and every search compare alike.
    """
    if known := text_of(file):
        return known
    reader: Reader = import_string(settings.FILE_READER)
    text, unread = reader(local_path(file), file.kind)
    text = unicodedata.normalize("NFC", text.replace("\0", ""))
    if len(text) > LONGEST:
        text, unread = text[:LONGEST], f"{LONGEST:,}자 뒤"
    try:
        with transaction.atomic():
            outbox.changed(file.government_id, "file", [file.pk])
            return FileText.objects.create(file=file, text=text, unread=unread[:300], read_at=timezone.now())
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
    waiting = sorted(set(ids) - set(FileText.objects.filter(file__in=ids).values_list("file_id", flat=True)))
    if waiting:
        read_files.enqueue(waiting)
    return bool(waiting)
