"""Saving views of lists, and choosing among them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sijeong.org.viewer import Request

from . import actions, saved
from .models import SavedView


@require_POST
def save(request: Request, list: str) -> HttpResponse:
    """Keep the list as it is seen now."""
    if list not in settings.SAVED_LISTS:
        raise Http404("list")
    sent = request.POST
    unit = next((one for one in saved.units_of(request.viewer) if str(one.pk) == sent.get("unit")), None)
    try:
        view = actions.save_view(
            list=list, name=sent.get("name", ""), query=sent.get("query", ""), unit=unit, opens="opens" in sent,
            by=request.viewer,
        )  # fmt: skip
    except actions.CannotSave as error:
        messages.error(request, str(error))
        return redirect(f"{reverse(list)}?{saved.told(sent.get('query', '')) or 'view='}")
    messages.success(request, f"‘{view.name}’ 보기를 저장했습니다.")
    return redirect(saved.address(view))


def _rename(request: Request, view: SavedView) -> None:
    try:
        actions.rename_view(view=view, name=request.POST.get("name", ""), by=request.viewer)
    except actions.CannotSave as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"보기의 이름을 바꾸었습니다: ‘{view.name}’")


@require_POST
def change(request: Request, pk: int, act: str) -> HttpResponse:
    """Open the list with a view or without, or rename or delete one's own."""
    view = saved.view(request.viewer, pk)
    match act:
        case "open":
            actions.open_with(view=view, by=request.viewer)
            messages.success(request, f"이 목록은 이제 ‘{view.name}’ 보기로 열립니다.")
        case "plain":
            actions.open_plain(view=view, by=request.viewer)
            messages.success(request, "이 목록은 이제 조건 없이 열립니다.")
        case "rename":
            _rename(request, view)
        case _:
            actions.forget_view(view=view, by=request.viewer)
            messages.success(request, f"‘{view.name}’ 보기를 지웠습니다.")
            return redirect(f"{reverse(view.list)}?view=")
    return redirect(saved.address(view))
