"""Sessions end: after half an hour without a request, and after twelve hours whatever happens.

Also what must come first: a second factor where the rules ask for one, a password that is not too
old. And who is not signed in is sent to the sign-in page, the whole page and not a part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhongshu.office import clock

from . import passwords, queries
from .accounts import Account

BEGAN, SEEN, SETTLED = "people_began", "people_seen", "people_settled"
COARSE = 60  # seconds: a session is written at most this often just because it was used
BACKWARDS = 300  # seconds a clock may be put back before a session is no longer believed

# What may be done before everything else is in order: to put it in order, and to leave.
FIRST = frozenset(
    {
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "people:totp_picture",
        "ui:language",
        "ui:night",
    }
)
Next = Callable[[HttpRequest], HttpResponseBase]


def begin(request: HttpRequest) -> None:
    """The session's times count from now."""
    now = int(clock.now().timestamp())
    request.session[BEGAN] = request.session[SEEN] = now
    request.session.pop(SETTLED, None)


class Times:
    """Ends sessions that were idle too long or are too old."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the times, then go on."""
        if request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        now = int(clock.now().timestamp())
        began, seen = request.session.get(BEGAN), request.session.get(SEEN)
        if began is None or seen is None:
            begin(request)
        elif (
            now - began >= settings.SESSION_COOKIE_AGE
            or now - seen >= settings.SESSION_IDLE_SECONDS
            or now < seen - BACKWARDS
        ):
            logout(request)
            messages.info(request, _("您已离开一段时间，请重新登录。"))
        elif now - seen >= COARSE:
            request.session[SEEN] = now


class SignInFirst(LoginRequiredMiddleware):
    """Every page is for those who are signed in, unless its view says otherwise."""

    def handle_no_permission(  # type: ignore[override]  # Django's stubs know only the redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """To the sign-in page and back; a part of a page takes the whole page there."""
        if request.headers.get("HX-Request") != "true":
            return super().handle_no_permission(request, view_func)
        here = urlsplit(request.headers.get("HX-Current-URL", "/"))
        back = urlencode({"next": here.path + (f"?{here.query}" if here.query else "")})
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = f"{reverse('account_login')}?{back}"
        return answer


class FirstThings:
    """Holds whoever owes a second factor or a new password to the page where he gives it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Turn aside whatever is not needed to put things in order."""
        account = request.user
        if not isinstance(account, Account) or not account.is_authenticated:
            return None
        match = request.resolver_match
        if match is None or match.view_name in FIRST:
            return None
        if passwords.must_change(account, clock.now()):
            return HttpResponseRedirect(reverse("account_change_password"))
        if not request.session.get(SETTLED):
            if owes_factor(account):
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
            request.session[SETTLED] = True
        return None


def needs_factor(account: Account) -> bool:
    """Whether the rules ask this account for a second factor."""
    return settings.SECOND_FACTOR_FOR == "everybody" or (
        settings.SECOND_FACTOR_FOR == "administrators" and bool(account.office)
    )


def owes_factor(account: Account) -> bool:
    """Whether it has none although it needs one."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return needs_factor(account) and not get_adapter().is_mfa_enabled(account, kinds)


class Steady:
    """A page that is only looked at sees one state of who is who, and asks for it once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Stand still for a request that may not write."""
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with queries.steady():
            return self.get_response(request)
