"""The editor of an answer: a page of its own, what is typed kept, versions compared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.org.forms import tell_refusal
from sijeong.org.viewer import Request

from .. import access, actions, editing, whole
from ..differences import compared
from ..errors import CaseError, StaleEdit
from ..forms import DraftForm
from ..korean import day
from ..models import Case
from ..permissions import relations, require_relation


@require_GET
def write(request: Request, number: str) -> HttpResponse:
    """The editor, with one's own kept text; where somebody saved meanwhile, both at once."""
    case = access.case(request.viewer, number)
    require_relation(request.viewer, case, "lead_officer")
    if case.state != "in_hand":
        messages.info(request, f"‘{case.state_label}’ 상태에서는 답변을 쓰지 않습니다.")
        return redirect("case", number)
    answer, writing = editing.latest(case), editing.own_writing(case, request.viewer)
    form = DraftForm(case, request.viewer, initial=editing.initial(case, answer, writing))
    clashes: list[editing.Clash] = []
    if writing and writing.fields and answer and answer.edition != writing.edition:
        clashes = editing.clashes(case, writing.base, editing.texts_of(writing.fields), answer.body)
    return page(request, case, form, clashes=clashes)


@require_http_methods(["GET", "POST"])
def draft(request: Request, number: str) -> HttpResponse:
    """Save the draft, and put it before the head where asked. A second editor sees both texts and loses neither.

    A refused draft is shown under this address, so that a reload or a sign-in comes back to it: to the editor.
    """
    if request.method == "GET":
        return redirect("case_write", number)
    case = access.case(request.viewer, number)
    require_relation(request.viewer, case, "lead_officer")
    form = DraftForm(case, request.viewer, request.POST)
    if not form.is_valid():
        return page(request, case, form, status=422)
    putting = "submit" in request.POST
    try:
        with transaction.atomic():
            answer = actions.save_draft(case=case, by=request.viewer, **form.facts())
            if putting:
                actions.submit(case=case, by=request.viewer)
    except StaleEdit as error:
        return _both(request, case, form, error)
    except CaseError as error:
        tell_refusal(form, error)
        return page(request, case, form, status=409)
    told = f"{number}: 결재를 올렸습니다." if putting else f"답변 {answer.number}판을 저장했습니다."
    # The browser lets go of its own copy only where this is told.
    messages.success(request, told, extra_tags=f"settles:{request.viewer.pk}:{number}")
    return redirect("case" if putting else "case_write", number)


def _both(request: Request, case: Case, refused: DraftForm, error: StaleEdit) -> HttpResponse:
    """The editor with theirs, mine, and both joined; saving from here goes on from both."""
    writing, answer = editing.own_writing(case, request.viewer), editing.latest(case)
    data = request.POST.copy()
    # Only what is shown here counts as seen: the other of the two would be told at the next save.
    if error.own:
        data["revision"] = str(writing.revision if writing else 0)
    else:
        data["edition"] = str(answer.edition if answer else 0)
    form = DraftForm(case, request.viewer, data)
    tell_refusal(form, error)
    clashes = editing.clashes(case, writing.base if writing else {}, refused.body, error.theirs)
    return page(request, case, form, clashes=clashes, status=409)


def page(
    request: Request,
    case: Case,
    form: DraftForm,
    *,
    clashes: list[editing.Clash] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The editor's page, as it is and with what was refused."""
    plan = str(form["a_plan"].value() or "") if "a_plan" in form.fields else ""
    facts = editing.page_facts(case, request.viewer) | {
        "form": form, "clashes": clashes or [],
        "dates": editing.dates_to_take(plan, [str(due.value() or "") for _, due in form.plan_rows]),
    }  # fmt: skip
    return render(request, "cases/write.html", facts, status=status)


@require_POST
def keep(request: Request, number: str) -> HttpResponse:
    """Keep what is typed; answers with what the page should know: revision, time, dates found, who else writes."""
    case = access.case(request.viewer, number)
    fields = {
        name: str(text)
        for name, text in request.POST.items()
        if name.startswith(("a_", "plan_")) or name == "outcome"
    }
    try:
        writing = actions.keep(
            case=case, fields=fields, by=request.viewer, edition=_count(request, "edition"),
            revision=_count(request, "revision"),
        )  # fmt: skip
    except CaseError as error:
        return JsonResponse({"problem": str(error), "stale": isinstance(error, StaleEdit)}, status=409)
    due = [text for name, text in fields.items() if name.startswith("plan_due_")]
    found = editing.dates_to_take(fields.get("a_plan", ""), due)
    others = editing.writers(case, request.viewer)
    return JsonResponse({
        "revision": writing.revision, "kept": f"{timezone.localtime(writing.kept_at):%H:%M:%S}",
        "dated": [{"text": item.text, "due": item.due_on.isoformat(), "told": day(item.due_on)} for item in found],
        "others": [f"{one.user.name} 님이 {timezone.localtime(one.since):%H:%M}부터 쓰고 있습니다." for one in others],
    })  # fmt: skip


def _count(request: Request, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


@require_GET
def versions(request: Request, number: str) -> HttpResponse:
    """Two versions of the answer beside each other: by default the newest and the one before."""
    case = access.case(request.viewer, number)
    insiders = bool(relations(request.viewer, case) - {"asker"}) or request.viewer.sees_government
    answers = whole.readable_answers(case, insiders=insiders)
    known = {str(one.number): one for one in answers}
    new = known.get(request.GET.get("new", "")) or (answers[-1] if answers else None)
    before = [one for one in answers if new and one.number < new.number]
    old = known.get(request.GET.get("old", "")) or (before[-1] if before else None)
    facts: dict[str, Any] = {"case": case, "ct": case.case_type, "answers": answers, "old": old, "new": new}
    if old and new:
        facts["changes"] = [
            (field.name, compared(old.body.get(field.code, ""), new.body.get(field.code, "")))
            for field in case.case_type.answer_fields
            if old.body.get(field.code) or new.body.get(field.code)
        ]
        facts["files"] = _files_changed(old, new)
        facts["outcomes"] = {outcome.code: outcome.name for outcome in case.case_type.outcomes}
    return render(request, "cases/versions.html", facts)


def _files_changed(old: Any, new: Any) -> list[tuple[str, str]]:
    """Files that only one of two versions has: (gone or new, name)."""
    a = {one.file.sha256: one.file.name for one in old.attachments.all()}
    b = {one.file.sha256: one.file.name for one in new.attachments.all()}
    return [("gone", a[key]) for key in a if key not in b] + [("new", b[key]) for key in b if key not in a]
