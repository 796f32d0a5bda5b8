"""How allauth meets the city's people: accounts are made by administrators, never by signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from sijeong.org.models import User


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up page, and our own words; everything else as allauth has it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "사용이 중지된 계정입니다. 시스템 관리자에게 문의하십시오.",
        "enter_current_password": "지금 비밀번호가 맞지 않습니다.",
        "incorrect_code": "숫자가 맞지 않습니다. 앱에 새로 나온 숫자를 넣으십시오.",
        "incorrect_password": "비밀번호가 맞지 않습니다.",
        "rate_limited": "짧은 시간에 너무 여러 번 시도했습니다. 잠시 뒤 다시 하십시오.",
        "too_many_login_attempts": (
            "비밀번호를 여러 번 틀려 이 아이디의 로그인을 5분 동안 막았습니다. "
            "5분 뒤 다시 하거나 시스템 관리자에게 문의하십시오."
        ),
        "username_password_mismatch": (
            "아이디나 비밀번호가 맞지 않습니다. 5번 틀리면 5분 동안 로그인이 막힙니다."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Our own words for the second step."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "맞지 않습니다. 앱에 새로 나온 숫자를 넣거나 키를 다시 확인하십시오.",
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        return f"보안 키 {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


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
            messages.error(
                request, "이 계정에 이어진 직원이 없습니다. 시스템 관리자에게 등록을 요청하십시오."
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """An account is never joined by hand to an identity; who tries comes back here."""
        return reverse("usersessions_list")
