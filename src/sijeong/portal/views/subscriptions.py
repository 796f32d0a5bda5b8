"""A person's own calendar addresses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sijeong.cases.errors import CaseError
from sijeong.org.viewer import Request

from .. import access, actions


@require_http_methods(["GET", "POST"])
def subscription(request: Request) -> HttpResponse:
    """The addresses there are; a new one is shown once, on the answer to its making."""
    facts = {"made": "", "error": "", "name": request.POST.get("name", "")[:40]}
    status = 200
    if request.method == "POST":
        try:
            secret = actions.make_key(name=request.POST.get("name", ""), by=request.viewer)
            facts |= {"made": request.build_absolute_uri(reverse("own_calendar", args=[secret])), "name": ""}
        except CaseError as error:
            facts["error"], status = str(error), 409
    keys = list(access.calendar_keys(request.viewer))
    return render(request, "portal/subscription.html", facts | {"keys": keys}, status=status)


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take an address back."""
    actions.revoke_key(key=access.calendar_key(request.viewer, pk), by=request.viewer)
    messages.success(request, "주소를 거두었습니다. 이제 열리지 않습니다.")
    return redirect("subscription")
