"""What the worker does for the room: documents are read apart from the request that brought them."""

from __future__ import annotations

from functools import lru_cache

from django_tasks import task

from sijeong.documents.actions import local_path

from .checks import Checked, check
from .checks.export import FACTS, left_out
from .checks.verdicts import SERIOUS
from .models import Paper
from .reading import read
from .reading.documents import Unreadable


@lru_cache(maxsize=8)
def _checked(path: str, sha256: str) -> Checked:
    with open(path, "rb") as stream:
        return check(read(stream.read()))


def checked(paper: Paper) -> Checked:
    """The document read and checked; the last few are kept in memory. Raises Unreadable."""
    return _checked(str(local_path(paper.file)), paper.file.sha256)


@task
def read_paper(paper_id: int) -> None:
    """Read and check a document once; a second worker, or the same one after a crash, finds it done."""
    paper = Paper.objects.select_related("file").get(pk=paper_id)
    if paper.state != Paper.State.READING:
        return
    try:
        found = checked(paper)
    except Unreadable as error:
        paper.state, paper.why = Paper.State.FAILED, str(error)[:300]
    else:
        paper.state = Paper.State.READ
        paper.told = {
            "facts": {name: len(getattr(found.facts, name)) for name in FACTS},
            "errors": sum(verdict.kind in SERIOUS for verdict in found.verdicts),
            "doubts": sum(verdict.kind == "suspicious" for verdict in found.verdicts),
            "unread": left_out(found.reading.document),
            "format": found.reading.document.format,
        }
    paper.save(update_fields=["state", "why", "told"])
