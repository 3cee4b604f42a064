"""Accounts, by powers: one administrator makes and suspends them, another activates. 账号."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.office.people import actions, forms, listing, powers
from zhongshu.office.people.accounts import Account
from zhongshu.office.people.queries import acting
from zhongshu.office.people.sign_in_again import confirmed

from .answering import ask, back, done, sent, tried


@require_GET
@powers.require_sight("accounts")
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts, and what this administrator may do with them."""
    about = {
        "accounts": listing.accounts(),
        "issuer": settings.OIDC_ISSUER,
        "may_create": powers.has(request.user, "account.create"),
        "may_activate": powers.has(request.user, "account.activate"),
    }
    return render(request, "people/accounts.html", about)


@require_http_methods(["GET", "POST"])
@powers.require("account.create")
@confirmed
def add_account(request: HttpRequest) -> HttpResponse:
    """A new account; it sleeps until the security administrator activates it."""
    form = forms.AccountForm(sent(request))
    if done(form, lambda **typed: actions.create_account(**typed, by=acting(request))):
        told = _("账号已建立，等待安全保密管理员启用。")
        return back(request, reverse("people:accounts"), told)
    return ask(request, form, title=_("新建账号"), verb=_("建立"))


@require_POST
@never_cache
@powers.require("account.activate")
@confirmed
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """The account may sign in; its one-time link is shown here once and never again."""
    account = get_object_or_404(Account, pk=pk)
    tokens: list[str] = []
    by = acting(request)
    if not tried(request, lambda: tokens.append(actions.activate_account(account=account, by=by))):
        return back(request, reverse("people:accounts"))
    if not tokens[0]:
        return back(request, reverse("people:accounts"), _("账号已启用，用原来的口令登录。"))
    link = request.build_absolute_uri(reverse("people:first_use", args=[tokens[0]]))
    return render(request, "people/link.html", {"account": account, "link": link})


@require_POST
@powers.require("account.suspend")
@confirmed
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """The account cannot sign in any more; on wish its password and second factor are gone too."""
    account = get_object_or_404(Account, pk=pk)
    forget = request.POST.get("forget") == "1"
    by = acting(request)
    ok = tried(request, lambda: actions.suspend_account(account=account, by=by, forget=forget))
    return back(request, reverse("people:accounts"), _("账号已停用。") if ok else "")
