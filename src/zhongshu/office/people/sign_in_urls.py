"""The addresses of sign-in: of allauth only those that this house wants. 登录.

Its own list would add signing up, e-mail addresses and codes by mail, each a door to guard.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from .second_factor import rotates
from .views.first_use import forgotten, forgotten_sent, provider_failed
from .views.me import change_password

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", change_password, name="account_change_password"),
    path("factor/", mfa.index, name="mfa_index"),
    path("factor/sign-in/", mfa.authenticate, name="mfa_authenticate"),
    path("factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("factor/totp/", rotates(totp.activate_totp), name="mfa_activate_totp"),
    path("factor/totp/drop/", rotates(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "factor/codes/new/",
        rotates(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("factor/keys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("factor/keys/add/", rotates(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("factor/keys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "factor/keys/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path(
        "factor/keys/<int:pk>/remove/",
        rotates(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("factor/keys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]


def by_mail() -> list[URLPattern]:
    """Where mail is set up, whoever has forgotten his password may ask for a link."""
    if not settings.PASSWORD_RESET_BY_MAIL:
        return []
    return [
        path("forgotten/", forgotten, name="account_reset_password"),
        path("forgotten/sent/", forgotten_sent, name="account_reset_password_done"),
    ]


urlpatterns += by_mail()

if settings.OIDC_ISSUER:
    urlpatterns += [
        path("identity/cancelled/", provider_failed, name="socialaccount_login_cancelled"),
        path("identity/failed/", provider_failed, name="socialaccount_login_error"),
        path("identity/signup/", provider_failed, name="socialaccount_signup"),
        path("identity/", provider_failed, name="socialaccount_connections"),
        path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
