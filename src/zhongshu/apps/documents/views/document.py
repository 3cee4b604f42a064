"""The page of one document: looked at, acted on, told about. 文件处理单."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhongshu.apps.documents.actions import filing
from zhongshu.apps.documents.forms.acting import Paper, StepForm, inline
from zhongshu.apps.documents.forms.proposing import circulated
from zhongshu.apps.documents.forms.steps import form_of
from zhongshu.apps.documents.models import Incoming
from zhongshu.apps.documents.queries import phrases, similar
from zhongshu.apps.documents.queries.document import Document, document
from zhongshu.kernel.flow.case import Outcome
from zhongshu.kernel.flow.words import Language, refusal, tell
from zhongshu.office import clock
from zhongshu.office.handling.forms import Asked
from zhongshu.office.handling.sheet import names_of
from zhongshu.office.handling.views import attach
from zhongshu.office.matters import actions, asking
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.offers import Offer, Trial, said
from zhongshu.office.matters.queries import was_answered
from zhongshu.office.people import queries as people
from zhongshu.office.reading import reads
from zhongshu.office.refusal import Refusal

OFTEN = ("claim", "send_back", "transfer", "assign", "add_after", "circulate", "consult")
DIRECT = ("urge", "claim", "acknowledge")  # one press, nothing to type


class Acting(NamedTuple):
    """The step that is the reader's: its form, its verbs, and what each would do."""

    form: StepForm
    verbs: list[Offer]
    told: list[tuple[str, list[str]]]
    phrases: list[str]
    readers: list[str]
    node: str


@require_safe
@reads
def page(request: HttpRequest, key: str) -> HttpResponse:
    """处理单: where it stands, what was said, and the step that is yours."""
    found = _found(request, key)
    return _page(request, found, acting(request, found))


@require_POST
def act(request: HttpRequest, key: str) -> HttpResponse:
    """A verb pressed on the page. Refused, the page comes back with what was typed."""
    found, by = _found(request, key), people.acting(request)
    matter, once = found.sheet.matter, request.POST.get("once", "")
    offer = _pressed(request, found)
    if offer is None:
        if was_answered(by=by, once=once):
            return redirect(matter.address)
        return _page(request, found, acting(request, found), moved_on=True)
    if offer.verb in DIRECT:
        return _directly(request, found, offer)
    form = _form(found, offer, request.POST, request)
    if form.is_valid():
        told = form.said(attach(request, matter, found.sheet.trial.definition, by))
        refused = _carry_out(request, matter, found.sheet.trial, offer, told)
        if refused is None:
            return redirect(matter.address)
        form.add_error(None, refused)
    return _page(request, found, acting(request, found, form))


@require_POST
@reads
def told(request: HttpRequest, key: str) -> HttpResponse:
    """What pressing the button would do with what is typed so far, told by the engine."""
    found = _found(request, key)
    here = acting(request, found)
    if here is None:
        return HttpResponse(status=204)
    form = _form(found, here.verbs[0], request.POST, request)
    if form.is_valid():
        lines = _would(found, here.verbs[0], form.said())
    else:
        lines = [f"{form[name].label}：{' '.join(map(str, why))}" for name, why in _faults(form)]
    listed = [(here.verbs[0].label, lines)]
    return render(request, "documents/_told.html", {"told": listed})


@require_POST
def circulate(request: HttpRequest, key: str) -> HttpResponse:
    """阅知：送谁传阅, in one press."""
    found, by = _found(request, key), people.acting(request)
    here = acting(request, found)
    if here is None or here.node != "propose":
        if was_answered(by=by, once=request.POST.get("once", "")):
            return redirect(found.sheet.matter.address)
        return _page(request, found, here, moved_on=True)
    bureau = people.bureau()
    filled = circulated(similar.readers(incoming=found.incoming, seen_by=by), bureau)
    words = asking.Said(
        slot=here.verbs[0].slot,
        rev=here.verbs[0].rev,
        seen=request.POST.get("seen", ""),
        opinion=str(filled["advice"]),
        changes=filled,
    )
    refused = _carry_out(request, found.sheet.matter, found.sheet.trial, here.verbs[0], words)
    if refused is None:
        return redirect(found.sheet.matter.address)
    here.form.add_error(None, refused)
    return _page(request, found, here)


@require_POST
def number(request: HttpRequest, key: str) -> HttpResponse:
    """Number a document that was filed while there was no scheme."""
    try:
        given = filing.number_later(key=key, by=people.acting(request))
    except Matter.DoesNotExist as no:
        raise Http404 from no
    except Refusal as no:
        messages.error(request, refusal(no.refused, {}, _language()))
    else:
        if not given:
            messages.warning(request, _("还没有归档方案，先设定全宗号和机构代码。"))
    return redirect("documents:document", key)


def acting(request: HttpRequest, found: Document, form: StepForm | None = None) -> Acting | None:
    """What the reader has to do here, if anything."""
    seat = found.mine
    verbs = inline(found.sheet.offers, seat.slot) if seat else []
    if seat is None or not verbs:
        return None
    form = form or _form(found, verbs[0], None, request)
    by, trial, names = people.acting(request), found.sheet.trial, people.names()
    seen, begun = trial.case.content.digest, {} if form.is_bound else form.begun()
    wide = [
        (one.label, _would(found, one, replace(said(one, seen), changes=begun))) for one in verbs
    ]
    return Acting(
        form,
        verbs,
        [one for one in wide if one[1]],
        phrases.of(node=seat.node_id, seen_by=by),
        [names.get(one, "") for one in form.paper.readers],
        seat.node_id,
    )


def _page(
    request: HttpRequest, found: Document, here: Acting | None, *, moved_on: bool = False
) -> HttpResponse:
    inside = set(here.verbs) if here else set()
    others = [
        one
        for one in found.sheet.offers
        if one not in inside and one.verb not in {"urge", "acknowledge"}
    ]
    others.sort(key=lambda one: OFTEN.index(one.verb) if one.verb in OFTEN else len(OFTEN))
    reading = [one for one in found.sheet.offers if one.verb == "acknowledge"]
    context: dict[str, Any] = {
        "found": found,
        "matter": found.sheet.matter,
        "incoming": found.incoming,
        "acting": here,
        "first": others[:5],
        "more": others[5:],
        "reading": reading,
        "once": clock.token(),
        "moved_on": moved_on,
        "typed": request.POST.get("opinion", "") if moved_on else "",
    }
    status = 409 if moved_on else 422 if here and here.form.errors else 200
    return render(request, "documents/document.html", context, status=status)


def _found(request: HttpRequest, key: str) -> Document:
    try:
        return document(key=key, seen_by=people.acting(request))
    except (Matter.DoesNotExist, Incoming.DoesNotExist) as no:
        raise Http404 from no


def _form(found: Document, offer: Offer, data: Any, request: HttpRequest) -> StepForm:
    sheet, by = found.sheet, people.acting(request)
    period, why = similar.period(incoming=found.incoming)
    readers = (
        similar.readers(incoming=found.incoming, seen_by=by) if offer.node == "propose" else ()
    )
    paper = Paper(found.incoming, readers, period, why)
    asked = Asked(offer, sheet.trial, people.bureau(), clock.token())
    return form_of(offer.node)(asked, paper, data, request.FILES if data else None)


def _pressed(request: HttpRequest, found: Document) -> Offer | None:
    """The verb that was pressed, if it is still to be had."""
    verb, number = request.POST.get("verb", ""), request.POST.get("number", "")
    slot = request.POST.get("slot", "")
    for one in found.sheet.offers:
        if one.verb == verb and number in {"", str(one.number)} and slot in {"", str(one.slot)}:
            return one
    return None


def _directly(request: HttpRequest, found: Document, offer: Offer) -> HttpResponse:
    words = said(offer, found.sheet.trial.case.content.digest)
    words = asking.Said(slot=words.slot, rev=words.rev, reading=words.reading)
    refused = _carry_out(request, found.sheet.matter, found.sheet.trial, offer, words)
    if refused:
        messages.error(request, refused)
    return redirect(found.sheet.matter.address)


def _carry_out(
    request: HttpRequest, matter: Matter, trial: Trial, offer: Offer, words: asking.Said
) -> str | None:
    """Act, and tell what came of it; the reasons if it was refused."""
    names = names_of(trial.definition, people.bureau())
    would = trial.tries(asking.command(offer.verb, words))
    try:
        actions.act(
            key=matter.key,
            command=asking.command(offer.verb, words),
            by=people.acting(request),
            once=request.POST.get("once", ""),
        )
    except Refusal as no:
        return refusal(no.refused, names, _language())
    lines = tell(would, names, _language()) if isinstance(would, Outcome) else []
    after = lines[-1] if lines else ""
    messages.success(request, _("{verb}，已记下。{after}").format(verb=offer.label, after=after))
    return None


def _would(found: Document, offer: Offer, words: asking.Said) -> list[str]:
    trial = found.sheet.trial
    names = names_of(trial.definition, people.bureau())
    outcome = trial.tries(asking.command(offer.verb, words))
    if isinstance(outcome, Outcome):
        return tell(outcome, names, _language())[1:]
    return refusal(outcome, names, _language()).split("\n")


def _faults(form: StepForm) -> list[tuple[str, list[str]]]:
    return [
        (name, [str(one) for one in why])
        for name, why in form.errors.items()
        if name in form.fields
    ]


def _language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"
