"""What allauth leaves out of one's own account."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from sijeong.org.models import User

from .jinja import device


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one's other browser out at once."""
    assert isinstance(request.user, User)  # noqa: S101  the path is behind the sign-in
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    session.end()
    messages.success(request, f"{device(session.user_agent)}에서 로그아웃했습니다.")
    return redirect("usersessions_list")


def cancelled(request: HttpRequest) -> HttpResponse:
    """Back from the provider's sign-in page without having signed in."""
    messages.info(request, "통합 로그인을 그만두었습니다.")
    return redirect("account_login")
