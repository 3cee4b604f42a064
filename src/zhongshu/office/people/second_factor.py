"""The second factor: its secrets sealed in the database, and none dropped where one is required."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import wraps
from io import BytesIO

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase
from django.utils.encoding import force_str

from . import actions
from .accounts import Account
from .queries import acting
from .sessions import needs_factor

View = Callable[..., HttpResponseBase]


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """The hooks of allauth.mfa."""

    def encrypt(self, text: str) -> str:
        """Sealed with a key of the installation: a copy of the database gives nobody a code."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed, also under a secret that was in use before."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Account) -> str:
        """What the authenticator shows beside the code."""
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of whoever needs one."""
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=authenticator.user, type__in=kinds)
        return not needs_factor(authenticator.user) or (
            others.exclude(pk=authenticator.pk).exists()
        )


def picture(request: HttpRequest) -> bytes:
    """The code to photograph, for the secret this session was given; empty if there is none."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        return b""
    drawn = BytesIO()
    qrcode.make(Adapter().build_totp_url(request.user, secret), border=2).save(drawn)
    return drawn.getvalue()


def rotates(view: View) -> View:
    """A view that may change the second factors: if it does, all other sessions end, and this one
    gets a new key (S31)."""

    @wraps(view)
    def _rotated(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        account = request.user
        if not isinstance(account, Account) or request.method != "POST":
            return view(request, *args, **kwargs)
        before = _factors(account)
        answer = view(request, *args, **kwargs)
        if _factors(account) != before:
            only_this_session(request, account, "second_factor")
        return answer

    return _rotated


def only_this_session(request: HttpRequest, account: Account, why: str) -> None:
    """End all sessions of an account but this one, which goes on under a new key."""
    old = request.session.session_key
    actions.void_sessions(account=account, why=why, by=acting(request))
    update_session_auth_hash(request, account)
    UserSession.objects.filter(session_key=old).delete()
    UserSession.objects.create_from_request(request)


def _factors(account: Account) -> set[int]:
    return set(Authenticator.objects.filter(user=account).values_list("pk", flat=True))


def _seal() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (
        hashlib.sha256(f"people.second_factor:{force_str(secret)}".encode()).digest()
        for secret in secrets
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
