"""What the pages about people have in common: a form, an action, and its refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from zhongshu.office.people import queries, words
from zhongshu.office.refusal import Refusal


def sent(request: HttpRequest) -> QueryDict | None:
    """What was typed; nothing yet when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def done(form: forms.Form, act: Callable[..., object]) -> bool:
    """Whether the form was in shape and the office did it; otherwise the form says why not."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refusal as refusal:
        told = words.sentences(refusal.refused.reasons, queries.names())
        form.add_error(None, forms.ValidationError(told))
        return False
    return True


def tried(request: HttpRequest, act: Callable[[], object]) -> bool:
    """The same for a button without a form: the page one comes back to says why not."""
    try:
        act()
    except Refusal as refusal:
        for told in words.sentences(refusal.refused.reasons, queries.names()):
            messages.error(request, told)
        return False
    return True


def ask(request: HttpRequest, form: forms.Form, **about: Any) -> HttpResponse:
    """A page with one form: what it is for, and the verb on its button."""
    return render(request, "people/ask.html", {"form": form, **about})


def back(request: HttpRequest, to: str, told: str = "") -> HttpResponse:
    """Done: on to this address, with a word."""
    if told:
        messages.success(request, told)
    return HttpResponseRedirect(to)
