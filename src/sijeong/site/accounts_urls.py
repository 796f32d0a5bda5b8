"""Signing in, and one's own account: of allauth, exactly the pages that have a page of ours."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from . import accounts_views as own

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path(
        "password/none/",
        TemplateView.as_view(template_name="account/password_set.html"),
        name="account_set_password",
    ),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("mfa/", mfa.index, name="mfa_index"),
    path("mfa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("mfa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("mfa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("mfa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("mfa/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("mfa/codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("mfa/codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("mfa/keys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("mfa/keys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("mfa/keys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("mfa/keys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("mfa/keys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("mfa/keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("sessions/<int:pk>/end/", own.end_session, name="usersessions_end"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("oidc/cancelled/", own.cancelled, name="socialaccount_login_cancelled"),
]
# Where no mail goes out, administrators give new passwords.
BY_MAIL = [
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
if settings.MAIL:
    urlpatterns += BY_MAIL
