"""From a document that was read into the records: findings as an import of cases, staffing as quotas, money as a book."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from sijeong.cases.actions.intake import current_type
from sijeong.cases.columns import columns_for
from sijeong.cases.exports import SheetKind, write_rows
from sijeong.cases.models import ImportRun
from sijeong.cases.tasks import check_import
from sijeong.cleaned import cleaned
from sijeong.documents.actions import store
from sijeong.figures.actions import bring
from sijeong.figures.arithmetic import Row
from sijeong.figures.models import Book
from sijeong.org.actions import set_quota
from sijeong.org.models import Category, Quota, Unit
from sijeong.org.viewer import Viewer

from .actions import ReportsRefused
from .facts.budget import Line
from .facts.findings import Finding
from .facts.staffing import Staffing
from .models import Paper

FINDING = "audit_finding"
_ROLES = ("original", "supplement", "budget", "spent", "left")


@transaction.atomic
def take_findings(
    *, paper: Paper, findings: Iterable[Finding], label: str, received_on: dt.date, by: Viewer
) -> ImportRun:
    """The findings as a sheet in the columns of the import, which then checks every cell before anything is taken."""
    version = current_type(paper.government, FINDING)
    columns = columns_for(version.case_type)
    rows = [
        {
            "order": str(one.number), "kind": one.kind, "question": one.request, "units": ", ".join(one.divisions),
            "outcome": one.outcome, "answer.action": one.done, "answer.plan": one.plan,
        }
        for one in findings
    ]  # fmt: skip
    if not rows:
        raise ReportsRefused("고른 처리요구사항이 없습니다.")
    out = io.BytesIO()
    write_rows(
        version.name, columns, ([row.get(c.code, "") for c in columns] for row in rows), out, SheetKind.XLSX
    )
    out.seek(0)
    name = f"{paper.file.name.rpartition('.')[0][:80]} 처리요구사항.xlsx"
    file = store(stream=out, name=name, government=paper.government, by=by.user)
    run = ImportRun.objects.create(
        government=paper.government, file=file, type_code=FINDING, label=label, received_on=received_on,
        started_by=by.user,
    )  # fmt: skip
    check_import.enqueue(run_id=run.pk)
    return run


@dataclass(frozen=True)
class Post:
    """A line of the staffing table beside what is on record. ``category`` is '' where it has no name of ours."""

    category: str
    label: str
    grade: str
    stated: int
    present: int


def posts(facts: Iterable[Staffing], unit: Unit, on: dt.date) -> list[Post]:
    """Quotas that the document states for the whole unit by grade, beside the unit's own on that day."""
    names = {str(category.label): category.value for category in Category}
    held = {(q.category, q.grade): q.posts for q in Quota.objects.on(on).filter(unit=unit)}
    found: dict[tuple[str, str], Post] = {}
    for fact in facts:
        if not fact.grade or fact.quota is None or fact.division:
            continue
        category = names.get(fact.category, "")
        key = (fact.category, fact.grade)
        found.setdefault(
            key, Post(category, fact.category, fact.grade, fact.quota, held.get((category, fact.grade), 0))
        )
    return list(found.values())


@transaction.atomic
def take_staffing(*, chosen: Iterable[Post], unit: Unit, on: dt.date, by: Viewer) -> int:
    """Set the unit's quotas to what the document says; how many changed."""
    changed = [post for post in chosen if post.category and post.stated != post.present]
    for post in changed:
        set_quota(unit=unit, category=post.category, grade=post.grade, posts=post.stated, on=on, by=by)
    return len(changed)


def take_budget(
    *, paper: Paper, lines: list[Line], unit: Unit, year: int, kind: str, base_on: dt.date, by: Viewer
) -> Book:
    """The lines of one table as a draft book. Raises ReportsRefused without a unit of money."""
    scale = next((line.scale for line in lines if line.scale), None)
    if scale is None:
        raise ReportsRefused("표에 금액의 단위(천원, 백만원 …)가 적혀 있지 않아 넣을 수 없습니다.")
    index = {line.label: number for number, line in enumerate(lines)}
    rows = [
        Row(
            cleaned(line.label)[:120], {role: int(line.amounts[role] * scale) for role in _ROLES if role in line.amounts},
            index.get(line.parent) if line.parent else None, line.depth, cleaned(line.note)[:300], number,
        )
        for number, line in enumerate(lines, 1)
    ]  # fmt: skip
    return bring(
        unit=unit, year=year, kind=kind, base_on=base_on, rows=rows, source=paper.file.name[:120], by=by,
        file=paper.file, scale=scale,
    )  # fmt: skip
