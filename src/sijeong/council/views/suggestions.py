"""What was suggested at a meeting, and its way into a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sijeong.cases.errors import CaseError
from sijeong.org.forms import tell_refusal
from sijeong.org.viewer import Request

from .. import access, actions
from ..errors import MeetingError
from ..forms import SuggestForm, TakeUpForm
from ..permissions import require_edit
from .meeting import page


@require_POST
def suggest(request: Request, pk: int) -> HttpResponse:
    """Note a suggestion."""
    found = access.meeting(request.viewer, pk)
    require_edit(request.viewer, found)
    form = SuggestForm(found, request.POST)
    if not form.is_valid():
        return page(request, found, failed=("suggest", form), status=422)
    try:
        actions.suggest(meeting=found, by=request.viewer, **form.cleaned_data)
    except MeetingError as error:
        tell_refusal(form, error)
        return page(request, found, failed=("suggest", form), status=409)
    messages.success(request, "건의를 적었습니다. 사안으로 접수하면 기한과 담당 부서가 정해집니다.")
    return redirect("meeting", pk)


@require_POST
def take_up(request: Request, pk: int, suggestion_pk: int) -> HttpResponse:
    """Receive a suggestion as a case."""
    suggestion = access.suggestion(request.viewer, pk, suggestion_pk)
    require_edit(request.viewer, suggestion.meeting)
    form = TakeUpForm(suggestion, request.POST)
    code = f"take_{suggestion.pk}"
    if not form.is_valid():
        return page(request, suggestion.meeting, failed=(code, form), status=422)
    try:
        case = actions.take_up(suggestion=suggestion, by=request.viewer, **form.cleaned_data)
    except (MeetingError, CaseError) as error:
        tell_refusal(form, error)
        return page(request, suggestion.meeting, failed=(code, form), status=409)
    messages.success(request, f"{case.number} 번호로 접수했습니다.")
    return redirect("meeting", pk)
