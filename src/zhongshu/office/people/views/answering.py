"""What the pages about people have in common: a form, an action, and its refusal in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from zhongshu.office.people import queries, words
from zhongshu.office.people.effects import Worse
from zhongshu.office.refusal import Refusal


def sent(request: HttpRequest) -> QueryDict | None:
    """What was typed; nothing yet when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def done(form: forms.Form, act: Callable[..., object]) -> bool:
    """Whether the form was in shape and the office did it; otherwise the form says why not."""
    return form.is_valid() and tried_in(form, lambda: act(**form.cleaned_data))


def tried_in(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the office did it; otherwise the form says why not."""
    try:
        act()
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


def shown_first(
    form: forms.Form, effects: Callable[..., tuple[Worse, ...]], **of: Any
) -> tuple[tuple[Worse, ...], str]:
    """What this change makes worse, and a mark of exactly this change: whoever sends the mark back
    has seen it. Nothing, and no need for a mark, while the form is not in shape."""
    if not form.is_valid():
        return (), ""
    told = effects(**of, **form.cleaned_data)
    typed = repr(sorted((name, str(value)) for name, value in form.cleaned_data.items()))
    return told, hashlib.sha256(typed.encode()).hexdigest()[:16] if told else ""


def has_seen(request: HttpRequest, mark: str) -> bool:
    """Whether what gets worse was on the page from which this was sent."""
    return not mark or request.POST.get("seen") == mark


def back(request: HttpRequest, to: str, told: str = "") -> HttpResponse:
    """Done: on to this address, with a word."""
    if told:
        messages.success(request, told)
    return HttpResponseRedirect(to)
