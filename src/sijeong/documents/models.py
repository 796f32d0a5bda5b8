"""A file taken in once and kept as it was."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sijeong.org.models import Government, User


class File(models.Model):
    """Bytes on record. Where it may be read is decided by what it is attached to, in the room above."""

    government = models.ForeignKey(Government, models.PROTECT)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, help_text="what the bytes say it is, never what its name says")
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=120, help_text="within the storage")
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.ForeignKey(User, models.PROTECT, null=True)

    def __str__(self) -> str:
        return self.name


class FileTextQuerySet(models.QuerySet["FileText"]):
    def current(self) -> FileTextQuerySet:
        """Read by the reader as it is now."""
        return self.filter(edition__gte=settings.FILE_READER_EDITION)

    def stale(self) -> FileTextQuerySet:
        """Read before the reader learnt to see what it sees now."""
        return self.filter(edition__lt=settings.FILE_READER_EDITION)


class FileText(models.Model):
    """What a file says, read once by each edition of the reader (``contents.read``).

    ``unread`` tells what of it could not be read.
    """

    file = models.OneToOneField(File, models.CASCADE, related_name="contents")
    text = models.TextField(blank=True)
    unread = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField()
    edition = models.PositiveSmallIntegerField(
        default=0, db_index=True, help_text="of the reader: FILE_READER_EDITION"
    )

    objects = FileTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file} {len(self.text):,}자"
