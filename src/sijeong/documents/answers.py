"""Handing a file to a browser that has already passed the access door of what it is attached to."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse

from .models import File
from .sniff import MEDIA


def download(file: File, *, name: str = "") -> FileResponse:
    """As an attachment with its own name, or another; a browser neither guesses its kind nor runs what is in it."""
    response = FileResponse(
        default_storage.open(file.path),
        as_attachment=True,
        filename=name or file.name,
        content_type=MEDIA[file.kind],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["ETag"] = f'"{file.sha256}"'
    return response
