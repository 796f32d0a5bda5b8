"""An administrator takes away the second factor of somebody who lost theirs; whoever it is done to is told."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sijeong.notices.actions import tell
from sijeong.notices.told import Told
from sijeong.org import access
from sijeong.org.errors import CannotAdmit
from sijeong.org.models import User
from sijeong.org.permissions import administrators_only
from sijeong.org.viewer import Request, Viewer

TEXT = "시스템 관리자가 인증 앱과 보안 키를 지웠습니다. 요청한 적이 없으면 바로 비밀번호를 바꾸고 관리자에게 알리십시오."


@transaction.atomic
def reset_second_factor(*, user: User, by: Viewer) -> int:
    """Delete the authenticator app, recovery codes and keys, and sign the person out everywhere; how many there were.

    Raises CannotAdmit for one's own (these one removes oneself, after signing in anew), and where there are none.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.pk == by.pk:
        raise CannotAdmit(
            "자기 것은 내 계정에서 지웁니다. 들어갈 수 없으면 다른 시스템 관리자에게 요청하십시오."
        )
    held = Authenticator.objects.filter(user=user)
    kinds = sorted(held.values_list("type", flat=True))
    if not kinds:
        raise CannotAdmit(f"{user.label}: 등록된 2단계 로그인이나 보안 키가 없습니다.")
    held.delete()
    event = user.record("second_factor_reset", by=by, kinds=kinds)
    told = Told(
        person=user.pk, kind="account", key=f"account:{user.pk}:{event.seq}", subject="2단계 로그인을 지웠습니다",
        text=TEXT, address=reverse("mfa_index"),
    )  # fmt: skip
    tell(government_id=user.government_id, told=[told])
    for session in UserSession.objects.filter(user=user):
        session.end()
    return len(kinds)


@require_POST
@administrators_only
def reset(request: Request, pk: int) -> HttpResponse:
    """Take away a person's second factor and keys."""
    user = access.person(request.viewer, pk)
    try:
        reset_second_factor(user=user, by=request.viewer)
    except CannotAdmit as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{user.label}의 2단계 로그인과 보안 키를 지우고 본인에게 알렸습니다.")
    return redirect("person", pk)
