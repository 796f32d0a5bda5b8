"""The files on the disk beside the rows that name them: missing, changed, or named by none."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from sijeong.cases import checks as cases
from sijeong.documents.contents import old_ones
from sijeong.documents.models import File

from .finding import Finding, State
from .progress import bar

# A file is on the disk before its row is written: younger ones may still get theirs.
OLD = 24 * 60 * 60


def findings(*, deep: bool, sweep: bool) -> Iterator[Finding]:
    """Faults of files on record, then what lies about. With ``deep`` every byte is read, with ``sweep`` strays go."""
    with bar("파일 대조") as progress:
        faults = list(cases.file_faults(progress))
    faults += _changed() if deep else []
    for fault in faults:
        yield Finding("파일", State.FAULT, fault, "백업에서 되찾으십시오")
    strays = list(_strays())
    if sweep:
        for path in strays:
            path.unlink()
    if strays:
        size = f"{len(strays)}개 ({strays[0].name[:12]}… )"
        text = f"어느 기록에도 없던 파일 {size}를 지웠습니다" if sweep else f"어느 기록에도 없는 파일 {size}"
        yield Finding(
            "파일", State.OK if sweep else State.WARN, text, "" if sweep else "sijeong doctor --sweep"
        )
    if old := old_ones():
        yield Finding(
            "파일", State.WARN, f"새 판으로 다시 읽을 파일 {old:,}개", "sijeong worker 가 차례로 읽습니다"
        )
    if not faults and not strays:
        yield Finding(
            "파일",
            State.OK,
            f"{File.objects.count():,}개 모두 있고{' 지문이' if deep else ' 크기가'} 같습니다",
        )


def _changed() -> list[str]:
    faults = []
    with bar("지문 대조") as progress:
        total = File.objects.count()
        for done, file in enumerate(File.objects.order_by("pk").iterator(2000), 1):
            if default_storage.exists(file.path):
                with default_storage.open(file.path) as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                if digest != file.sha256:
                    faults.append(f"파일 {file.pk} {file.name}: 내용이 기록된 지문과 다릅니다")
            progress(done, total)
    return faults


def _strays() -> Iterator[Path]:
    known = set(File.objects.values_list("path", flat=True))
    before = time.time() - OLD
    for path in settings.FILES_ROOT.rglob("*"):
        if (
            path.is_file()
            and str(path.relative_to(settings.FILES_ROOT)) not in known
            and path.stat().st_mtime < before
        ):
            yield path
