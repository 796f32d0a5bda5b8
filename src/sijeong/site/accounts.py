"""How allauth meets the city's people: accounts are made by administrators, never by signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from sijeong.org.models import User


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up page; everything else as allauth has it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An identity of the city's provider signs in the account of the same user name, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        claims: dict[str, Any] = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        username = claims.get("preferred_username", "")
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            messages.error(request, "이 계정에 이어진 직원이 없습니다. 시스템 관리자에게 등록을 요청하십시오.")
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)
