"""The page of a case, and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.audit import journal
from sijeong.documents.actions import FileRefused, store
from sijeong.documents.answers import download
from sijeong.documents.models import File
from sijeong.org.forms import tell_refusal
from sijeong.org.viewer import Request

from .. import access, actions, forms, whole
from ..editing import writers
from ..errors import CaseError
from ..models import Case
from ..permissions import allowed_acts, relations, require_part, require_relation
from ..standing import TOLD, standing
from ..story import story, told_fields
from ..suggesting import suggestions
from ..telling import is_subscribed


@dataclass(frozen=True)
class Act:
    """An act as the page offers it: button, what will happen, form, action, and what is said when it is done."""

    code: str
    button: str
    hint: str
    form: type[forms.CaseForm]
    do: Callable[..., Any]
    done: str
    kind: str = "secondary"


ACTS = {
    act.code: act
    for act in [
        Act("assign", "부서 배정", "주관부서가 답변하고, 협조부서는 의견을 보탭니다.", forms.AssignForm, actions.assign, "배정했습니다.", "primary"),
        Act("start", "처리 시작", "담당자를 정하고 답변을 쓰기 시작합니다.", forms.StartForm, actions.start, "처리를 시작했습니다.", "primary"),
        Act("submit", "결재 상신", "저장된 답변을 부서장에게 올립니다. 결재가 끝날 때까지 고칠 수 없습니다.", forms.ConfirmForm, actions.submit, "결재를 올렸습니다.", "primary"),
        Act("approve", "결재", "답변을 확정합니다. 결재자 이름과 시각이 기록되며 지워지지 않습니다.", forms.ConfirmForm, actions.approve, "결재했습니다.", "primary"),
        Act("send_back", "반려", "사유와 함께 담당자에게 돌려보냅니다.", forms.ReasonForm, actions.send_back, "반려했습니다."),
        Act("deliver", "전달 등록", "누구에게 언제 어떻게 전달했는지 증빙과 함께 남깁니다. 전달해야 답변한 것이 됩니다.", forms.DeliverForm, actions.deliver, "전달을 등록했습니다.", "primary"),
        Act("ask_extension", "연장 요청", "기한 안에 답변하기 어려운 까닭을 적어 부서장과 총괄에 요청합니다. 기한이 지나기 전에 정해져야 늘어납니다.", forms.AskExtensionForm, actions.ask_extension, "연장을 요청했습니다. 정해지면 알려 드립니다."),
        Act("extend", "기한 연장", "기한이 지나기 전에, 법이 정한 만큼만 연장합니다. 요구한 사람에게 알려집니다.", forms.ExtendForm, actions.extend, "기한을 연장했습니다."),
        Act("refuse_extension", "연장 거절", "요청한 사람에게 사유가 알려지고, 기한은 그대로입니다.", forms.RefuseExtensionForm, actions.refuse_extension, "연장 요청을 거절했습니다."),
        Act("pause", "보완 요청", "요구한 사람에게 물어볼 것을 적습니다.", forms.ReasonForm, actions.pause, "보완을 요청했습니다."),
        Act("resume", "처리 재개", "회신을 받아 처리를 이어 갑니다.", forms.NoteForm, actions.resume, "처리를 재개했습니다.", "primary"),
        Act("pass_on", "이송", "우리 부서 소관이 아니면 맞는 부서로 넘깁니다. 기한은 처음 접수일부터 그대로 셉니다.", forms.PassOnForm, actions.pass_on, "이송했습니다."),
        Act("return_to_planning", "총괄 반송", "소관 부서를 알 수 없을 때 총괄 부서로 돌려보냅니다.", forms.ReasonForm, actions.return_to_planning, "총괄 부서로 돌려보냈습니다."),
        Act("reopen", "재처리", "다시 답변합니다. 앞서 전달한 기록은 그대로 남습니다.", forms.ReasonForm, actions.reopen, "다시 처리합니다."),
        Act("merge", "병합", "같은 내용의 다른 사안에 합칩니다. 이 사안은 끝나고 남은 사안에서 답변합니다.", forms.MergeForm, actions.merge, "병합했습니다."),
        Act("judge", "답변 평가", "답변이 충분한지 남깁니다. 부족하다고 해도 전달 기록은 바뀌지 않습니다.", forms.JudgeForm, actions.judge, "평가를 남겼습니다.", "primary"),
        Act("ask_again", "다시 요구", "빠진 것을 적어 다시 요구합니다. 앞 답변은 그대로 남고, 사안 종류에 따라 새 번호로 접수하거나 이 사안을 다시 처리합니다.", forms.AskAgainForm, actions.ask_again, "다시 요구했습니다."),
        Act("withdraw", "취하", "요구를 거두어들입니다.", forms.ReasonForm, actions.withdraw, "취하했습니다.", "danger"),
    ]
}  # fmt: skip
PROMISE_ACTS: dict[str, Callable[..., Any]] = {
    "close": actions.close_follow_up,
    "postpone": actions.postpone_follow_up,
    "drop": actions.drop_follow_up,
}
CONTRIBUTE = Act(
    "contribute", "협조 의견 저장", "", forms.ContributeForm, actions.contribute, "협조 의견을 저장했습니다."
)


@require_GET
def case(request: Request, number: str) -> HttpResponse:
    """All of one case on one page."""
    return _page(request, access.case(request.viewer, number))


@require_http_methods(["GET", "POST"])
def act(request: Request, number: str, act: str) -> HttpResponse:
    """Do one act; what cannot be done comes back on the page with what was typed.

    A reload or a sign-in comes back to the address: it leads to the case, with the act's form open.
    """
    if request.method == "GET":
        return redirect(f"{reverse('case', args=[number])}?act={act}")
    case = access.case(request.viewer, number)
    if act == CONTRIBUTE.code:
        offered = CONTRIBUTE
        require_relation(request.viewer, case, "joint_officer")
    else:
        offered = ACTS[act]
        require_part(request.viewer, case, act)
    form = offered.form(case, request.viewer, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, failed=(act, form), status=422)
    try:
        facts = _with_file(form.facts(), case, request)
        done = offered.do(case=case, by=request.viewer, **facts)
    except (CaseError, FileRefused) as error:
        tell_refusal(form, error)
        return _page(request, case, failed=(act, form), status=409)
    messages.success(request, f"{case.number}: {offered.done}")
    return _after(request, done.number if act == "ask_again" else number)


def _after(request: Request, number: str) -> HttpResponse:
    """Back to the case, or to my work where the act took it out of sight (an officer who passed it on)."""
    if access.cases(request.viewer).filter(number=number).exists():
        return redirect("case", number)
    return redirect("my_work")


def _with_file(facts: dict[str, Any], case: Case, request: Request) -> dict[str, Any]:
    """The facts with an uploaded file taken in."""
    if facts.get("file"):
        upload = facts["file"]
        facts["file"] = store(
            stream=upload, name=upload.name, government=case.government, by=request.viewer.user
        )
    return facts


def _page(
    request: Request, case: Case, *, failed: tuple[str, forms.CaseForm] | None = None, status: int = 200
) -> HttpResponse:
    viewer = request.viewer
    if failed:  # it may have moved since it was found
        case = whole.now(case)
    stands, acts = relations(viewer, case), allowed_acts(viewer, case)
    code, form = failed or (request.GET.get("act", ""), None)
    insiders = bool(stands - {"asker"}) or viewer.sees_government
    writing = "lead_officer" in stands and case.state == "in_hand"
    if writing:
        acts = acts - {"submit"}  # the editor saves and submits at once: what is typed is never left behind
    if "extend" in acts:
        acts = acts - {"ask_extension"}  # who decides need not ask
    offered = [
        (a, form if form and a.code == code else a.form(case, viewer))
        for a in ACTS.values()
        if a.code in acts
    ]
    suggested = suggestions(viewer, [case]).get(case.pk) if "assign" in acts else None
    if suggested:
        next(its for each, its in offered if each.code == "assign").fields["lead"].initial = suggested.unit.pk
    for each, its in offered:
        its.auto_id = f"id_{each.code}_%s"  # several dialogs ask for a reason: each label names its own field
    events = journal.told(case)
    answers = whole.readable_answers(case, insiders=insiders)
    facts = {
        "case": case, "ct": case.case_type, "term": case.term, "stands": stands, "acts": offered, "failed": code,
        "failed_form": form, "answers": answers, "suggested": suggested,
        "deliveries": whole.delivered(case, answers),
        "follow_ups": whole.follow_ups(case),
        "told_fields": told_fields(case), "story": story(case, events if insiders else [event for event in events if event.act in TOLD]),
        "follows": standing(case, viewer.day) if "asker" in stands else [], "outcomes": {o.code: o.name for o in case.case_type.outcomes}, "writing": writing, "insiders": insiders,
        "editors": writers(case) if writing else [], "judgements": whole.judgements(case) if case.delivered_at else [],
        "asked_again": whole.asked_again(case) if case.delivered_at else [],
        "contribute": _contribution(case, request, stands, code, form),
        # Publication has a page of its own, in the room that makes what citizens see.
        "publication": "publish" in acts or (case.published_at is not None and "planning" in stands),
        "subscribed": is_subscribed(viewer.user, case), "extended_to": actions.extended_to(case),
    }  # fmt: skip
    return render(request, "cases/case.html", facts, status=status)


def _contribution(
    case: Case, request: Request, stands: set[str], code: str, form: forms.CaseForm | None
) -> forms.CaseForm | None:
    if "joint_officer" not in stands or case.state not in {"assigned", "in_hand"}:
        return None
    return form if form and code == CONTRIBUTE.code else forms.ContributeForm(case, request.viewer)


@require_POST
def acknowledge(request: Request, number: str, pk: int) -> HttpResponse:
    """The member confirms receipt."""
    actions.acknowledge(delivery=access.delivery(request.viewer, number, pk), by=request.viewer)
    messages.success(request, "수령을 확인했습니다.")
    return redirect("case", number)


@require_POST
def follow_up(request: Request, number: str, pk: int, act: str) -> HttpResponse:
    """Close, postpone or drop a promise."""
    promise = access.follow_up(request.viewer, number, pk)
    case = access.case(request.viewer, number)
    require_relation(request.viewer, case, "lead_officer", "joint_officer")
    form = forms.PROMISE_FORMS[act](promise, request.POST, request.FILES)
    if not form.is_valid():
        return _follow_up_page(request, case, promise=promise, act=act, form=form, status=422)
    try:
        facts = _with_file(dict(form.cleaned_data), case, request)
        PROMISE_ACTS[act](follow_up=promise, by=request.viewer, **facts)
    except (CaseError, FileRefused) as error:
        tell_refusal(form, error)
        return _follow_up_page(request, case, promise=promise, act=act, form=form, status=409)
    messages.success(request, "향후계획을 고쳤습니다." if act == "postpone" else "향후계획을 마쳤습니다.")
    return redirect("case", number)


@require_GET
def follow_up_page(request: Request, number: str, pk: int, act: str) -> HttpResponse:
    """The form of an act on a promise."""
    promise = access.follow_up(request.viewer, number, pk)
    require_relation(request.viewer, promise.case, "lead_officer", "joint_officer")
    form = forms.PROMISE_FORMS[act](promise)
    return _follow_up_page(
        request, access.case(request.viewer, number), promise=promise, act=act, form=form, status=200
    )


def _follow_up_page(
    request: Request, case: Case, *, promise: Any, act: str, form: Any, status: int
) -> HttpResponse:
    facts = {"case": case, "promise": promise, "act": act, "form": form}
    return render(request, "cases/follow_up.html", facts, status=status)


@require_GET
def file(request: Request, number: str, pk: int) -> HttpResponse:
    """A file attached to the case."""
    found: File = access.file(request.viewer, number, pk)
    return download(found)  # type: ignore[return-value]
