"""Sign-in with the house's own identity provider (OpenID Connect), if there is one. 统一身份.

S24: who somebody is follows from the issuer and the subject, pinned by two administrators. Names
and addresses the provider sends mean nothing here: they can be changed there.
"""

from __future__ import annotations

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .accounts import Account, Identity


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The hooks of allauth.socialaccount."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never: administrators make accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom this identity was pinned to; everybody else is told nothing more."""
        account = pinned(settings.OIDC_ISSUER, sociallogin.account.uid)
        if account is None or (sociallogin.is_existing and sociallogin.user.pk != account.pk):
            messages.error(request, _("该身份没有绑定账号，请找管理员。"))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        if not sociallogin.is_existing:
            sociallogin.connect(request, account)


def pinned(issuer: str, subject: str) -> Account | None:
    """The account a confirmed identity belongs to."""
    found = Identity.objects.filter(issuer=issuer, subject=subject).exclude(confirmed_by="")
    row = found.select_related("account__person").first()
    return row.account if row else None
