"""Identities of the house's provider, bound to accounts by two administrators. 统一身份绑定."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.office.people import actions, forms, listing, powers
from zhongshu.office.people.accounts import Account, Identity
from zhongshu.office.people.queries import acting
from zhongshu.office.people.sign_in_again import confirmed

from .answering import ask, back, done, sent, tried


@require_GET
@powers.require_sight("accounts")
def identities(request: HttpRequest) -> HttpResponse:
    """All that are bound or wait for the second hand, and what this administrator may do."""
    about = {
        "identities": listing.identities(),
        "issuer": settings.OIDC_ISSUER,
        "may_confirm": powers.has(request.user, "account.activate"),
        "may_drop": powers.has(request.user, "account.suspend"),
    }
    return render(request, "people/identities.html", about)


@require_http_methods(["GET", "POST"])
@powers.require("account.create")
@confirmed
def propose_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Bind one to an account; it signs nobody in until the security administrator confirms."""
    account = get_object_or_404(Account.objects.select_related("person"), pk=pk)
    form = forms.IdentityForm(sent(request))
    issuer, by = settings.OIDC_ISSUER, acting(request)
    if done(
        form,
        lambda **typed: actions.propose_identity(account=account, issuer=issuer, **typed, by=by),
    ):
        told = _("已提出，等待安全保密管理员确认。")
        return back(request, reverse("people:identities"), told)
    title = _("绑定统一身份：%s") % account.called
    told = settings.OIDC_ISSUER or _("没有接入统一身份。")
    return ask(request, form, title=title, sentence=told, verb=_("提出绑定"))


@require_POST
@powers.require("account.activate")
@confirmed
def confirm_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """The second hand."""
    row = get_object_or_404(Identity.objects.select_related("account"), pk=pk)
    ok = tried(request, lambda: actions.confirm_identity(identity=row, by=acting(request)))
    return back(request, reverse("people:identities"), _("已确认，可以用它登录。") if ok else "")


@require_POST
@powers.require("account.suspend")
@confirmed
def drop_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Bound no more; sessions of the account end."""
    row = get_object_or_404(Identity.objects.select_related("account"), pk=pk)
    ok = tried(request, lambda: actions.drop_identity(identity=row, by=acting(request)))
    told = _("已解除，该账号的会话已结束。") if ok else ""
    return back(request, reverse("people:identities"), told)
