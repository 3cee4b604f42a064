"""The one-time link: whoever holds it gives his account its first password. 首次登录."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from zhongshu.office.people import actions, forms
from zhongshu.office.people.actions.accounts import link_of
from zhongshu.office.people.sessions import needs_factor

from .answering import sent

TOKEN = "people_first_use"


@require_GET
@never_cache
@login_not_required
def first_use(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the secret out of the address, so that it stands in no history and no log after."""
    request.session[TOKEN] = token
    return HttpResponseRedirect(reverse("people:first_password"))


@require_http_methods(["GET", "POST"])
@never_cache
@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks for a link by mail. The answer is the same whoever is named, and limited by name
    and by where it comes from."""
    form = forms.ForgottenForm(sent(request))
    if not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form})
    name = form.cleaned_data["login"]
    limited: HttpResponse | None = consume_or_429(
        request, action="reset_password", key=name.casefold()
    )
    if limited is not None:
        return limited
    actions.ask_for_link(username=name)
    return HttpResponseRedirect(reverse("account_reset_password_done"))


@require_GET
@login_not_required
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """Says what happens now."""
    return render(request, "account/password_reset_done.html")


@login_not_required
def provider_failed(request: HttpRequest) -> HttpResponse:
    """Where the identity provider leads to nothing: given up, failed, or somebody without account.
    Identities are bound by administrators only, so there is nothing to do here but sign in."""
    messages.error(request, _("没有用统一身份登录成功，请重试，或者用登录名和口令登录。"))
    return HttpResponseRedirect(reverse("account_login"))


@require_http_methods(["GET", "POST"])
@never_cache
@login_not_required
@sensitive_post_parameters("password", "again")
def first_password(request: HttpRequest) -> HttpResponse:
    """Choose the password; signed in with it, and on to the second factor where one is needed."""
    token = request.session.get(TOKEN, "")
    link = link_of(token=token)
    if link is None:
        return render(request, "people/link_spent.html", status=410)
    form = forms.FirstPasswordForm(sent(request), account=link.account)
    if not form.is_valid():
        return render(
            request, "people/first_password.html", {"form": form, "account": link.account}
        )
    account = actions.use_link(token=token, password=form.cleaned_data["password"])
    request.session.flush()
    record_authentication(request, account, method="password", reauthenticated=True)
    onward = reverse("mfa_activate_totp") if needs_factor(account) else "/"
    answer: HttpResponse = perform_login(request, Login(user=account, redirect_url=onward))
    return answer
