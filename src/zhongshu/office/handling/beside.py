"""What stands beside the flow on the page of a matter: remarks, watching, tags, links. 旁记页面."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_POST

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import accompany, queries
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.refusal_words import told
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal


class RemarkForm(forms.Form):
    """A remark; its hidden name makes two presses one remark."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    text = forms.CharField(
        label=_later("留言"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WordForm(forms.Form):
    """A tag."""

    name = forms.CharField(label=_later("标签"), max_length=40)


class OtherForm(forms.Form):
    """Another matter, by its number."""

    other = forms.CharField(label=_later("事项编号"), max_length=60)


def blank() -> dict[str, forms.Form]:
    """The forms of the page of a matter, empty. Each has names of its own on the page."""
    once = clock.token()
    return {
        "remark": RemarkForm(initial={"once": once}, auto_id="remark_%s"),
        "word": WordForm(auto_id="tag_%s"),
        "other": OtherForm(auto_id="link_%s"),
    }


@require_POST
def comment(request: HttpRequest, key: str) -> HttpResponse:
    """Leave a remark."""
    form = RemarkForm(request.POST)
    return _typed(request, key, (form, _("留言")), accompany.comment)


@require_POST
def tag(request: HttpRequest, key: str) -> HttpResponse:
    """Put a word on it."""
    form = WordForm(request.POST)
    return _typed(request, key, (form, _("加标签")), accompany.tag)


@require_POST
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Link it with another."""
    form = OtherForm(request.POST)
    return _typed(request, key, (form, _("关联")), accompany.link)


@require_POST
def watch(request: HttpRequest, key: str) -> HttpResponse:
    """Follow it, or no longer."""
    do = accompany.unwatch if "stop" in request.POST else accompany.watch
    return _pressed(request, key, lambda by: do(key=key, by=by))


@require_POST
def untag(request: HttpRequest, key: str) -> HttpResponse:
    """Take a word off it."""
    name = request.POST.get("name", "")
    return _pressed(request, key, lambda by: accompany.untag(key=key, name=name, by=by))


@require_POST
def unlink(request: HttpRequest, key: str) -> HttpResponse:
    """Take back a link."""
    other = request.POST.get("other", "")
    return _pressed(request, key, lambda by: accompany.unlink(key=key, other=other, by=by))


def _typed(
    request: HttpRequest, key: str, asked: tuple[forms.Form, str], act: Callable[..., object]
) -> HttpResponse:
    """Do what was typed; refused, the page comes back with the words still there."""
    by, (form, verb) = people.acting(request), asked
    matter = _matter(key, by)
    if form.is_valid():
        try:
            act(key=key, by=by, **form.cleaned_data)
        except Refusal as no:
            form.add_error(None, told(no.refused, people.names()))
        else:
            return redirect(matter.address)
    page = {"matter": matter, "form": form, "verb": verb}
    return render(request, "handling/beside.html", page, status=422)


def _pressed(request: HttpRequest, key: str, act: Callable[[Actor], object]) -> HttpResponse:
    """Do what a button says; refused, the page of the matter says why."""
    by = people.acting(request)
    matter = _matter(key, by)
    try:
        act(by)
    except Refusal as no:
        messages.error(request, told(no.refused, people.names()))
    return redirect(matter.address)


def _matter(key: str, by: Actor) -> Matter:
    try:
        return queries.find(key=key, seen_by=by)
    except Matter.DoesNotExist as no:
        raise Http404 from no
