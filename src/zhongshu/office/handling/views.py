"""The press of a button: its form, and the act itself."""

from __future__ import annotations

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.definition import Definition
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files
from zhongshu.office.files import queries as filed
from zhongshu.office.matters import actions, asking, queries
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.offers import offers, trial_of
from zhongshu.office.matters.refusal_words import told
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal

from .forms import PREFIX, ActForm, Asked
from .sheet import consequence, names_of


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, key: str, verb: str, number: int) -> HttpResponse:
    """The form of one verb at one slot (or ask, or reading); posted, the act."""
    by = people.acting(request)
    try:
        matter = queries.find(key=key, seen_by=by)
    except Matter.DoesNotExist as no:
        raise Http404 from no
    trial, bureau = trial_of(matter, by), people.bureau()
    offer = next((o for o in offers(trial) if o.verb == verb and o.number == number), None)
    if offer is None and queries.was_answered(by=by, once=request.POST.get("once", "")):
        return redirect(matter.address)
    if offer is None:
        return _too_late(request, matter, verb)
    draft = queries.draft(matter=matter, seen_by=by) if verb == "submit" else {}
    asked = Asked(offer, trial, bureau, clock.token(), draft)
    form = ActForm(asked, request.POST or None, request.FILES or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, matter, form, by)
        except Refusal as no:
            refused = told(no.refused, names_of(trial.definition, bureau))
        else:
            return redirect(matter.address)
    after = consequence(trial, offer)
    page = {"matter": matter, "offer": offer, "form": form, "told": after, "refused": refused}
    status = 422 if request.method == "POST" else 200
    return render(request, "handling/act.html", page, status=status)


def _carry_out(request: HttpRequest, matter: Matter, form: ActForm, by: Actor) -> None:
    """The act, or, for a draft, only keeping what was typed."""
    papers = attach(request, matter, form.trial.definition, by)
    said = form.said(papers)
    if "keep" in request.POST:
        actions.save_draft(key=matter.key, form=said.changes, by=by)
        return
    command = asking.command(form.offer.verb, said)
    actions.act(key=matter.key, command=command, by=by, once=form.cleaned_data["once"])


def attach(request: HttpRequest, matter: Matter, flow: Definition, by: Actor) -> dict[str, Value]:
    """Keep the files that came with a form; the fields of the form then hold their digests. What
    is there already, from a first press of the same button, is not added again."""
    about = f"matter:{matter.key}"
    there = {row.blob.digest for row in filed.of(about, seen_by=by)} if request.FILES else set()
    kept: dict[str, Value] = {}
    for field in flow.fields:
        came = request.FILES.getlist(PREFIX + field.name) if field.type == "file" else []
        digests = []
        for one in came:
            digest = _digest(one)
            if digest not in there:
                stream = one.chunks()
                added = files.add(
                    name=one.name or "", stream=stream, subject=about, by=by, once=True
                )
                digest = added.blob.digest
            digests.append(digest)
        if digests:
            kept[field.name] = tuple(digests) if field.many else digests[-1]
    return kept


def _digest(came: UploadedFile[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in came.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _too_late(request: HttpRequest, matter: Matter, verb: str) -> HttpResponse:
    """The verb is not to be had: somebody was faster, or the rules say no. Say where it is."""
    label = asking.VERBS[verb].label if verb in asking.VERBS else ""
    page = {"matter": matter, "label": label, "typed": request.POST.get("opinion", "")}
    return render(request, "handling/moved_on.html", page, status=409)
