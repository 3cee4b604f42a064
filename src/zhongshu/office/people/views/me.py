"""One's own page: leave, stand-in, sessions, second factor, password, language. 我的."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account import views as account_views
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.office import clock
from zhongshu.office.people import actions, forms, listing, passwords, second_factor
from zhongshu.office.people.accounts import Account
from zhongshu.office.people.effects import Worse, effect_of_leave, effect_of_stand_in
from zhongshu.office.people.models import Leave, Person, StandIn
from zhongshu.office.people.powers import require_person
from zhongshu.office.people.queries import acting

from .answering import ask, back, done, has_seen, sent, shown_first, tried, tried_in

edit = require_http_methods(["GET", "POST"])


@require_GET
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """Everything of one's own."""
    account = _account(request)
    factors = Authenticator.objects.filter(user=account).order_by("type", "pk")
    about = {
        "account": account,
        "person": account.person,
        "sessions": [
            (one, listing.browser_of(one.user_agent))
            for one in UserSession.objects.purge_and_list(account)
        ],
        "current": request.session.session_key,
        "factors": factors,
        "totp": any(one.type == Authenticator.Type.TOTP for one in factors),
        "password": passwords.reminder(account, clock.now()),
        "now": clock.now(),
    }
    if account.person is not None:
        about |= {
            "leaves": listing.leaves_of(account.person)[:10],
            "stand_ins": listing.stand_ins_of(account.person)[:10],
        }
    return render(request, "people/me.html", about)


@edit
@require_person
def leave(request: HttpRequest) -> HttpResponse:
    """Away from when to when; afterwards the page says who covers, or that nobody does."""
    person = _person(request)
    form = forms.LeaveForm(sent(request))
    if form.is_valid():
        when = {name: form.cleaned_data[name] for name in ("start", "end")}
        tried_in(form, lambda: actions.may_leave(person=person, **when, by=acting(request)))
    worse, mark = shown_first(form, _stopped, person=person)
    if has_seen(request, mark) and done(
        form, lambda **typed: actions.record_leave(person=person, **typed, by=acting(request))
    ):
        covered = listing.covering(person, form.cleaned_data["start"], form.cleaned_data["end"])
        names = "、".join(one.name for one in covered)
        told = (
            _("已登记，由%s代理。") % names
            if names
            else _("已登记。这段时间没有代理人，请安排 B 角。")
        )
        return back(request, reverse("people:me"), told)
    title = _("登记请假、出差")
    return ask(request, form, title=title, verb=_("登记"), effects=worse, mark=mark)


@require_POST
@require_person
def end_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Back earlier."""
    row = get_object_or_404(Leave, pk=pk, person=_person(request))
    ok = tried(request, lambda: actions.end_leave(leave=row, by=acting(request)))
    return back(request, reverse("people:me"), _("已销假。") if ok else "")


@edit
@require_person
def stand_in(request: HttpRequest) -> HttpResponse:
    """Name a deputy. What that does to the proofs is shown first; only then the button counts."""
    person = _person(request)
    form = forms.StandInForm(sent(request), principal=person)
    about: dict[str, Any] = {"form": form, "person": person}
    if form.is_valid():
        about["deputy"] = form.cleaned_data["deputy"]
        about["effects"] = effect_of_stand_in(principal=person, deputy=about["deputy"])
        seen = request.POST.get("seen") == about["deputy"].key
        if seen and done(form, lambda **typed: _grant(request, person, **typed)):
            return back(request, reverse("people:me"), _("代理已生效。"))
    return render(request, "people/stand_in.html", about)


@require_POST
@require_person
def end_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """No deputy any more."""
    row = get_object_or_404(StandIn, pk=pk, principal=_person(request))
    ok = tried(request, lambda: actions.end_stand_in(stand_in=row, by=acting(request)))
    return back(request, reverse("people:me"), _("代理已结束。") if ok else "")


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    row = get_object_or_404(UserSession, pk=pk, user=_account(request))
    row.end()
    return back(request, reverse("people:me"), _("会话已结束。"))


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    second_factor.only_this_session(request, _account(request), "own_wish")
    return back(request, reverse("people:me"), _("其他会话已全部结束。"))


@require_GET
@never_cache
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The code to photograph; only while one is being set up."""
    drawn = second_factor.picture(request)
    return HttpResponse(drawn, content_type="image/png", status=200 if drawn else 404)


def change_password(request: HttpRequest) -> HttpResponseBase:
    """A new password of one's own; not where the password belongs to another system."""
    if not _account(request).has_usable_password():
        raise PermissionDenied
    answer: HttpResponseBase = account_views.password_change(request)
    return answer


def _stopped(*, person: Person, start: datetime, end: datetime, why: str) -> tuple[Worse, ...]:
    """What stops while somebody is away, whyever he is."""
    _ = why
    return effect_of_leave(person=person, start=start, end=end)


def _grant(request: HttpRequest, person: Person, **typed: Any) -> None:
    span = (typed.pop("start"), typed.pop("end"))
    actions.grant_stand_in(principal=person, span=span, **typed, by=acting(request))


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def _person(request: HttpRequest) -> Person:
    person = _account(request).person
    if person is None:
        raise PermissionDenied
    return person
