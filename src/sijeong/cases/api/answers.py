"""Writing an answer from another system: the draft, and a joint division's opinion."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from ninja import Path, Router
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import changes
from sijeong.links.problems import Kind, Problem
from sijeong.links.scopes import Scope
from sijeong.links.shapes import Body, Day, Key, PathKey, line, text

from .. import access, actions
from ..forms import ContributeForm, DraftForm
from ..models import Case
from ..permissions import require_relation
from .finding import case_of
from .forming import done, facts, named_file, refusals, sent
from .shapes import Done

router = Router(tags=["답변"])


class PlanSent(Body):
    """A dated promise."""

    text: line(300, 1)  # type: ignore[valid-type]
    due_on: Day


class Draft(Body):
    """An answer as far as it goes; saving replaces the draft, its plans too."""

    body: dict[str, text(20000)] = Field(description="항목 코드와 글. 코드는 /case-types에")  # type: ignore[valid-type]
    outcome: line(20) = ""  # type: ignore[valid-type]
    plans: list[PlanSent] = Field(default=[], max_length=50)
    edition: int = Field(
        0, ge=0, le=10**6, strict=True, description="고치기 시작한 초안의 edition. 새로 쓰면 0"
    )
    submit: bool = Field(False, strict=True, description="저장하고 바로 결재를 올립니다")


class Opinion(Body):
    text: text(20000, 1)  # type: ignore[valid-type]


class Attach(Body):
    file: Key = Field(description="/files로 올린 내 파일")


class Drafted(Done):
    """The draft as it was saved."""

    answer: int
    edition: int


@changes(router, "/cases/{number}/draft", "답변 저장", scope=Scope.CASES_WRITE, gives=Drafted, find=case_of)
def case_draft(request: Asking, case: Case, draft: Draft) -> HttpResponse:
    """Save the draft and, if so asked, put it before the head."""
    require_relation(request.viewer, case, "lead_officer")
    told = facts(DraftForm(case, request.viewer, sent(_as_form(case, draft))))
    with refusals(), transaction.atomic():
        saved = actions.save_draft(case=case, by=request.viewer, **told)
        if draft.submit:
            actions.submit(case=case, by=request.viewer)
    return done(request, case, answer=saved.number, edition=saved.edition)


def _as_form(case: Case, draft: Draft) -> dict[str, object]:
    codes = [field.code for field in case.case_type.answer_fields]
    if unknown := [code for code in draft.body if code not in codes]:
        wrong = [
            {"where": f"body.body.{code}", "message": f"있는 항목: {', '.join(codes)}"} for code in unknown
        ]
        raise Problem(Kind.INVALID, errors=wrong)
    values: dict[str, object] = {f"a_{code}": text for code, text in draft.body.items()}
    for i, plan in enumerate(draft.plans):
        values |= {f"plan_text_{i}": plan.text, f"plan_due_{i}": plan.due_on}
    return values | {"outcome": draft.outcome, "edition": draft.edition}


@changes(router, "/cases/{number}/contribute", "협조 의견", scope=Scope.CASES_WRITE, gives=Done, find=case_of)
def case_contribute(request: Asking, case: Case, opinion: Opinion) -> HttpResponse:
    """A joint division's part of the answer."""
    require_relation(request.viewer, case, "joint_officer")
    told = facts(ContributeForm(case, request.viewer, sent(opinion.dict())))
    with refusals():
        actions.contribute(case=case, by=request.viewer, **told)
    return done(request, case)


@changes(router, "/cases/{number}/attach", "파일 붙이기", scope=Scope.CASES_WRITE, gives=Done, find=case_of)
def case_attach(request: Asking, case: Case, attach: Attach) -> HttpResponse:
    """Add a file to the draft; it is frozen with the version."""
    require_relation(request.viewer, case, "lead_officer")
    file = named_file(request, attach.file)
    with refusals():
        actions.attach(case=case, file=file, by=request.viewer)
    return done(request, case)


@changes(
    router, "/cases/{number}/attached/{key}/detach", "붙인 파일 빼기", scope=Scope.CASES_WRITE, gives=Done, find=case_of
)  # fmt: skip
def case_detach(request: Asking, case: Case, key: Path[PathKey]) -> HttpResponse:
    """Take a file, by its id, off the draft."""
    require_relation(request.viewer, case, "lead_officer")
    attachment = access.attachment_of_draft(request.viewer, case.number, key)
    with refusals():
        actions.detach(attachment=attachment, by=request.viewer)
    return done(request, case)
