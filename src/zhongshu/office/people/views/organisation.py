"""The directory of the house, a person's page, and what administrators change. 通讯录与机构."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhongshu.office import clock
from zhongshu.office.people import above, actions, effects, forms, listing, powers
from zhongshu.office.people.models import Person, Post, Unit
from zhongshu.office.people.queries import acting
from zhongshu.office.people.sign_in_again import confirmed

from .answering import ask, back, done, has_seen, sent, shown_first

edit = require_http_methods(["GET", "POST"])


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody, unit by unit."""
    words = request.GET.get("q", "").strip()[:60]
    about = {
        "branches": listing.branches(words=words),
        "words": words,
        "may_change": powers.has(request.user, "organisation.change"),
    }
    return render(request, "people/directory.html", about)


@require_GET
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person: posts, stand-ins, leave. Why he is away is for himself and administrators."""
    found = _person(key)
    own = getattr(request.user, "person_id", None) == found.pk
    about = {
        "person": found,
        "appointments": listing.appointments_of(found),
        "stand_ins": listing.stand_ins_of(found),
        "leaves": listing.leaves_of(found) if own or powers.sees(request.user, "accounts") else (),
        "own": own,
        "now": clock.now(),
        "may_change": powers.has(request.user, "organisation.change"),
        "may_grant": powers.has(request.user, "role.grant"),
    }
    return render(request, "people/person.html", about)


@edit
@powers.require("organisation.change")
def add_unit(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    form = forms.UnitForm(sent(request))
    if done(form, lambda **typed: actions.add_unit(**typed, by=acting(request))):
        return back(request, reverse("people:directory"), _("部门已建立。"))
    return ask(request, form, title=_("新建部门"), verb=_("建立"))


@edit
@powers.require("organisation.change")
def change_unit(request: HttpRequest, code: str) -> HttpResponse:
    """What a unit is called, and where it stands."""
    unit = get_object_or_404(Unit, code=code)
    known = {name: getattr(unit, name) for name in ("name", "kind", "order")}
    known["parent"] = unit.parent and unit.parent.code
    form = forms.UnitForm(sent(request), initial=known)
    del form.fields["code"]
    if done(form, lambda **typed: actions.change_unit(unit=unit, **typed, by=acting(request))):
        return back(request, reverse("people:directory"), _("部门已修改。"))
    return ask(request, form, title=unit.name, verb=_("保存"), unit=unit)


@edit
@powers.require("organisation.change")
def seat_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Which post heads a unit, and which is in charge of it."""
    unit = get_object_or_404(Unit, code=code)
    known = {"head": unit.head and unit.head.code, "leader": unit.leader and unit.leader.code}
    form = forms.SeatForm(sent(request), unit=unit, initial=known)
    if done(form, lambda **typed: actions.seat_unit(unit=unit, **typed, by=acting(request))):
        return back(request, reverse("people:directory"), _("负责人已修改。"))
    return ask(request, form, title=_("%s：负责人") % unit.name, verb=_("保存"))


@edit
@powers.require("organisation.change")
def add_post(request: HttpRequest, code: str) -> HttpResponse:
    """A new post in a unit."""
    unit = get_object_or_404(Unit, code=code)
    form = forms.PostForm(sent(request))
    if done(form, lambda **typed: actions.add_post(unit=unit, **typed, by=acting(request))):
        return back(request, reverse("people:directory"), _("岗位已设立。"))
    return ask(request, form, title=_("%s：新设岗位") % unit.name, verb=_("设立"))


@edit
@powers.require("organisation.change")
def change_post(request: HttpRequest, code: str) -> HttpResponse:
    """What a post is called, and its grade."""
    post = get_object_or_404(Post, code=code)
    form = forms.PostForm(sent(request), initial={"name": post.name, "grade": post.grade})
    del form.fields["code"]
    if done(form, lambda **typed: actions.change_post(post=post, **typed, by=acting(request))):
        return back(request, reverse("people:directory"), _("岗位已修改。"))
    return ask(request, form, title=post.name, verb=_("保存"))


@edit
@powers.require("role.grant")
@confirmed
def set_sight(request: HttpRequest, code: str) -> HttpResponse:
    """How far the holder of a post sees."""
    post = get_object_or_404(Post, code=code)
    form = forms.SightForm(sent(request), initial={"sight": post.sight})
    if done(form, lambda **typed: actions.set_sight(post=post, **typed, by=acting(request))):
        return back(request, reverse("people:directory"), _("可见范围已修改。"))
    return ask(request, form, title=_("%s：可见范围") % post.name, verb=_("保存"))


@edit
@powers.require("organisation.change")
def add_person(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody new in a unit."""
    unit = get_object_or_404(Unit, code=code)
    form = forms.PersonForm(sent(request))
    if done(form, lambda **typed: actions.add_person(unit=unit, **typed, by=acting(request))):
        return back(request, reverse("people:directory"), _("人员已登记。"))
    return ask(request, form, title=_("%s：登记人员") % unit.name, verb=_("登记"))


@edit
@powers.require("organisation.change")
def change_person(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody is called."""
    found = _person(key)
    known = {"name": found.name, "email": found.email}
    form = forms.PersonForm(sent(request), initial=known)
    del form.fields["number"]
    if done(form, lambda **typed: actions.change_person(person=found, **typed, by=acting(request))):
        return back(request, reverse("people:person", args=[key]), _("已修改。"))
    return ask(request, form, title=found.name, verb=_("保存"))


@edit
@powers.require("organisation.change")
def move(request: HttpRequest, key: str) -> HttpResponse:
    """To another unit, today."""
    found = _person(key)
    form = forms.MoveForm(sent(request))
    if done(form, lambda **typed: actions.move(person=found, **typed, by=acting(request))):
        return back(
            request, reverse("people:person", args=[key]), _("已调动；原部门的任职已结束。")
        )
    told = _("今天起到新部门，原部门的任职同时结束。")
    return ask(request, form, title=_("调动：%s") % found.name, sentence=told, verb=_("调动"))


@edit
@powers.require("role.grant")
@confirmed
def appoint(request: HttpRequest, key: str) -> HttpResponse:
    """A post for somebody."""
    found = _person(key)
    form = forms.AppointForm(sent(request))
    worse, mark = shown_first(form, effects.effect_of_appointment, person=found)
    if has_seen(request, mark) and done(
        form, lambda **typed: actions.appoint(person=found, **typed, by=acting(request))
    ):
        return back(request, reverse("people:person", args=[key]), _("已任职。"))
    title = _("任职：%s") % found.name
    return ask(request, form, title=title, verb=_("任职"), effects=worse, mark=mark)


@edit
@powers.require("role.grant")
@confirmed
def end_appointment(request: HttpRequest, key: str) -> HttpResponse:
    """A post less for somebody."""
    found = _person(key)
    form = forms.EndForm(sent(request), person=found)
    worse, mark = shown_first(form, effects.effect_of_ending)
    if has_seen(request, mark) and done(
        form, lambda **typed: actions.end_appointment(**typed, by=acting(request))
    ):
        return back(request, reverse("people:person", args=[key]), _("任职已结束。"))
    title = _("免职：%s") % found.name
    return ask(request, form, title=title, verb=_("结束任职"), effects=worse, mark=mark)


@edit
@powers.require("clearance.set")
@confirmed
def set_clearance(request: HttpRequest, key: str) -> HttpResponse:
    """Up to which class somebody may read."""
    found = _person(key)
    form = forms.ClearanceForm(sent(request), initial={"clearance": found.clearance})
    if done(form, lambda **typed: actions.set_clearance(person=found, **typed, by=acting(request))):
        return back(request, reverse("people:person", args=[key]), _("知悉等级已修改。"))
    return ask(request, form, title=_("知悉等级：%s") % found.name, verb=_("保存"))


@edit
@powers.require("organisation.change")
@confirmed
def leave_for_good(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody leaves: what he still has in hand, and who takes it over."""
    found = _person(key)
    held = above.held_by(found)
    drafts = [one for one in held if one.draft]
    form = forms.LeavingForm(sent(request), person=found, drafts=bool(drafts))
    if done(
        form, lambda **typed: actions.leave_for_good(person=found, **typed, by=acting(request))
    ):
        return back(request, reverse("people:person", args=[key]), _("已办理离岗。"))
    work = [one for one in held if not one.draft]
    about = {"form": form, "person": found, "held": work, "drafts": drafts}
    return render(request, "people/leaving.html", about)


def _person(key: str) -> Person:
    found = listing.person_of(key)
    if found is None:
        raise Http404
    return found
