"""What the editor of an answer shows: whose text, what others saved or write meanwhile, what can be put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from sijeong.org.models import User
from sijeong.org.viewer import Viewer

from .actions.answering import latest
from .actions.writing import texts_of
from .blanks import filled
from .differences import Line, compared
from .korean import day
from .merging import Merged, merged
from .models import Answer, AnswerTemplate, Case, Writing
from .plans import Dated, dated


@dataclass(frozen=True)
class Clash:
    """A field in which the writer's text and the one saved (or kept elsewhere) differ."""

    code: str
    name: str
    mine: str
    theirs: str
    both: Merged
    lines: list[Line]


@dataclass(frozen=True)
class OtherWriter:
    """Somebody else with text of the case that is not saved yet."""

    user: User
    since: dt.datetime
    until: dt.datetime
    texts: dict[str, str]


def own_writing(case: Case, viewer: Viewer) -> Writing | None:
    return Writing.objects.filter(case=case, writer=viewer.user).first()


def writers(case: Case, besides: Viewer | None = None) -> list[OtherWriter]:
    """Who has unsaved text of the case, who began first before the others."""
    rows = case.writings.exclude(fields={}).select_related("writer")
    return [
        OtherWriter(row.writer, row.began_at, row.kept_at, texts_of(row.fields))
        for row in rows
        if besides is None or row.writer_id != besides.pk
    ]


def initial(case: Case, answer: Answer | None, writing: Writing | None) -> dict[str, Any]:
    """What the form begins with: one's own kept text, else the newest version (after an import, the source's)."""
    edition = answer.edition if answer else 0
    if writing and writing.fields:
        kept = writing.fields
        plans = [
            (kept[f"plan_text_{n}"], kept.get(f"plan_due_{n}", ""))
            for n in range(len(kept))
            if kept.get(f"plan_text_{n}") or (f"plan_text_{n}" in kept and kept.get(f"plan_due_{n}"))
        ]
        return kept | {"plans": plans, "edition": edition, "revision": writing.revision}
    body = answer.body if answer else {}
    plans = [(f.text, f.due_on) for f in case.follow_ups.filter(state="planned")]
    return {f"a_{code}": text for code, text in body.items()} | {
        "outcome": answer.outcome if answer else "", "plans": plans, "edition": edition,
        "revision": writing.revision if writing else 0,
    }  # fmt: skip


def clashes(case: Case, base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> list[Clash]:
    """The fields that differ, each with both texts joined and their differences told."""
    found = []
    for field in case.case_type.answer_fields:
        one, other = mine.get(field.code, ""), theirs.get(field.code, "")
        if one.strip() != other.strip():
            both = merged(base.get(field.code, ""), one, other)
            found.append(Clash(str(field.code), field.name, one, other, both, compared(other, one)))
    return found


def dates_to_take(plan: str, due_days: Iterable[str]) -> list[Dated]:
    """Dated lines of a plan that are no promise yet (``due_days``: those of promises, as ISO)."""
    taken = set(due_days)
    return [item for item in dated(plan) if item.due_on.isoformat() not in taken]


def templates_for(case: Case) -> list[tuple[AnswerTemplate, dict[str, str]]]:
    """Templates of the type, of the case's division and of all, each with its blanks filled."""
    offered = AnswerTemplate.objects.filter(
        Q(unit=case.lead_id) | Q(unit=None),
        government_id=case.government_id,
        type_code=case.type_code,
        active=True,
    )
    values = {
        "번호": case.number, "제목": case.title, "질문": case.question, "요구자": case.asker_name,
        "접수일": day(timezone.localtime(case.received_at).date()), "기한": day(case.due_on) if case.due_on else "",
        "오늘": day(timezone.localdate()), "부서": case.lead.name if case.lead else "",
        "담당자": case.officer.name if case.officer else "",
    }  # fmt: skip
    return [
        (template, {code: filled(text, values) for code, text in template.body.items()})
        for template in offered
    ]


def page_facts(case: Case, viewer: Viewer) -> dict[str, Any]:
    """What stands beside the form of the editor."""
    answer = latest(case)
    return {
        "case": case, "ct": case.case_type, "answer": answer, "others": writers(case, viewer),
        "returned": case.answers.filter(state=Answer.State.RETURNED).order_by("-number").first(),
        "parts_of_others": [p for p in case.parts.select_related("unit", "written_by") if p.kind == "joint" and (p.active or p.text)],
        "templates": templates_for(case), "attachments": list(answer.attachments.select_related("file", "added_by")) if answer else [],
        "versions": case.answers.exclude(state=Answer.State.DRAFT).count(),
        "last_saved": answer if answer and answer.state == Answer.State.DRAFT and answer.edition else None,
    }  # fmt: skip
