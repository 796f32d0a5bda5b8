"""Somebody comes back: an administrator opens their account again, and nothing of before opens with it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sijeong.links.actions import revoke_token
from sijeong.links.models import Token
from sijeong.org import access
from sijeong.org.actions import reopen_person
from sijeong.org.errors import CannotAdmit
from sijeong.org.models import User
from sijeong.org.permissions import administrators_only
from sijeong.org.viewer import Request, Viewer
from sijeong.portal.actions import revoke_key
from sijeong.portal.models import CalendarKey


@transaction.atomic
def welcome_back(*, user: User, by: Viewer) -> User:
    """Open the account; tokens and secret calendars that stopped with it stay shut. Raises CannotAdmit for an open one."""
    user = reopen_person(user=user, by=by)
    for token in Token.objects.filter(user=user, revoked_at=None).order_by("pk"):
        revoke_token(token=token, by=by)
    for key in CalendarKey.objects.filter(user=user, revoked_at=None).order_by("pk"):
        revoke_key(key=key, by=by)
    return user


@require_POST
@administrators_only
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open a person's account again."""
    user = access.person(request.viewer, pk)
    try:
        welcome_back(user=user, by=request.viewer)
    except CannotAdmit as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{user.label} 계정을 다시 씁니다. 발령하고 임시 비밀번호를 발급하십시오.")
    return redirect("person", pk)
