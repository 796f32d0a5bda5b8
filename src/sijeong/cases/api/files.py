"""Files: sent as bytes, streamed to the disk, then named in the act that they belong to."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.db import transaction
from django.http import HttpResponse
from ninja import Path, Query, Router

from sijeong.documents.actions import FileRefused, FileTooLarge, store
from sijeong.documents.answers import download
from sijeong.documents.models import File
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.idempotency import once
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import PathKey, line

from .. import access
from .finding import Number
from .shapes import FileShape

router = Router(tags=["파일"])
Name = line(200, 1)


@writes(router, "/files", "파일 올리기", scope=Scope.CASES_WRITE, gives=FileShape, raw=True)
def file_send(request: Asking, name: Query[Name]) -> HttpResponse:  # type: ignore[valid-type]
    """Stream a file in; its id is then named when a delivery is told, a promise closed, a sheet checked."""
    with transaction.atomic():
        # The bytes come in once, before it is known whether the key stands already: their digest is compared.
        file = _stored(request, name)
        compared = f"{file.sha256} {file.name}".encode()
        response = once(request, lambda: answer(told(file), status=201), lambda: compared)
        if "Idempotency-Replayed" in response:
            file.delete()
        return response


def _stored(request: Asking, name: str) -> File:
    try:
        return store(
            stream=cast("BinaryIO", request),
            name=name,
            government=request.viewer.user.government,
            by=request.viewer.user,
        )
    except FileTooLarge as refusal:
        raise Problem(Kind.TOO_LARGE, str(refusal)) from refusal
    except FileRefused as refusal:
        raise Problem(Kind.MEDIA, str(refusal)) from refusal


def told(file: File) -> dict[str, Any]:
    """A file on record as other systems get it."""
    return {"id": file.pk, "name": file.name, "kind": file.kind, "size": file.size, "sha256": file.sha256}


@reads(router, "/cases/{number}/files/{key}", "파일 내려받기", scope=Scope.CASES_READ, gives=None, file=True)
def case_file(request: Asking, number: Path[Number], key: Path[PathKey]) -> HttpResponse:
    """A file attached to a case the asker may see."""
    return download(access.file(request.viewer, number, key))  # type: ignore[return-value]
