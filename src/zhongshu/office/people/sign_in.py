"""How allauth signs people in here: nobody signs up, nobody learns who exists, nobody guesses on.

S28: failed tries are counted by name, by address, by its neighbourhood (/24, /48) and altogether.
"""

from __future__ import annotations

import hashlib
import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongshu.office import clock

from . import actions, passwords
from .accounts import Account
from .sessions import begin

KNOWN_DAYS = 30  # a neighbourhood from which somebody signed in is not shut out by a flood


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The hooks of allauth.account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("登录名或口令不对。"),
        "too_many_login_attempts": _("失败次数太多，请过一会儿再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: administrators make accounts."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        """The same as for a wrong password."""
        messages.error(request, self.error_messages["username_password_mismatch"])
        return HttpResponseRedirect(reverse("account_login"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to one's own page."""
        return reverse("people:me")

    def set_password(self, user: Account, password: str) -> None:
        """With its line in the journal, and remembered so that it does not come back."""
        actions.change_password(account=user, password=password)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse to try at all when there were too many failures."""
        name, near = credentials.get("username", ""), neighbourhood(self.get_client_ip(request))
        flooded = not ratelimit.consume(request, action="login_failed_all", key="", dry_run=True)
        if (
            cache.get(_lock(name))
            or not ratelimit.consume(request, action="login_failed_near", key=near, dry_run=True)
            or (flooded and not cache.get(_known(near)))
        ):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it where the name's own count does not see it, and write it down."""
        name, near = credentials.get("username", ""), neighbourhood(self.get_client_ip(request))
        ratelimit.consume(request, action="login_failed_near", key=near)
        ratelimit.consume(request, action="login_failed_all", key="")
        rules = passwords.profile()
        count = int(cache.get(_count(name), 0)) + 1
        cache.set(_count(name), count, rules.lock_seconds)
        if count >= rules.failures:
            cache.set(_lock(name), 1, rules.lock_seconds)  # from the last failure on
            cache.delete(_count(name))
        found = Account.objects.filter(username__iexact=name).first()
        actions.note_sign_in(account=found, how="locked" if count >= rules.failures else "failed")

    def login(self, request: HttpRequest, user: Account) -> None:
        """A session of its own: new key, its times from now."""
        super().login(request, user)
        begin(request)
        cache.delete(_count(user.username))
        near = neighbourhood(self.get_client_ip(request))
        cache.set(_known(near), 1, KNOWN_DAYS * 86_400)

    def post_login(self, request: HttpRequest, user: Account, **about: Any) -> HttpResponse:
        """Write it down, and say if the password grows old."""
        records = request.session.get("account_authentication_methods", [])
        how = "+".join(str(record["method"]) for record in records) or "link"
        actions.note_sign_in(account=user, how=how)
        warning = passwords.reminder(user, clock.now())
        if warning:
            messages.warning(request, warning)
        answer: HttpResponse = super().post_login(request, user, **about)
        return answer


def neighbourhood(address: str) -> str:
    """The network an address lies in: /24, or /48 of IPv6; an address that is none is its own."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
    bits = 24 if mapped.version == 4 else 48
    return str(ipaddress.ip_network(f"{mapped}/{bits}", strict=False))


def _lock(name: str) -> str:
    return f"people.lock.{_hashed(name)}"


def _count(name: str) -> str:
    return f"people.failures.{_hashed(name)}"


def _known(near: str) -> str:
    return f"people.known.{_hashed(near)}"


def _hashed(text: str) -> str:
    return hashlib.sha256(text.casefold().encode()).hexdigest()
