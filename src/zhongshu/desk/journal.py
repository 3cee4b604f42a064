"""Pages of the journal: find an act, its receipt, heads, check a receipt, take an export. 日志."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.office import clock
from zhongshu.office.journal import actions, queries, walking
from zhongshu.office.people import powers
from zhongshu.office.people.queries import acting
from zhongshu.office.people.sign_in_again import confirmed
from zhongshu.office.reading import reads

from . import checking, tracing
from .forms import JournalForm, ReceiptForm
from .notices import number
from .tracing import Reader

HEADS = 30  # on one page, screen or paper
Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Reader, Rest], HttpResponse]


def _reading(view: View[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """A view for whoever may read the journal, as far as he may; for others it is not there."""

    @wraps(view)
    def _for_reader(request: HttpRequest, *args: Rest.args, **more: Rest.kwargs) -> HttpResponse:
        by = tracing.reader(request.user, acting(request))
        if by is None:
            raise Http404
        return view(request, by, *args, **more)

    return cast("Callable[Concatenate[HttpRequest, Rest], HttpResponse]", _for_reader)


@require_safe
@reads
@_reading
def page(request: HttpRequest, by: Reader) -> HttpResponse:
    """Acts, latest first: by matter, by person, by verb, by day."""
    form = JournalForm(request.GET or None, wide=by.wide)
    found = walking.Found((), 0)
    if form.is_valid() or not form.is_bound:
        after = number(request.GET.get("after"))
        found = walking.found(asked=form.asked(by), gate=tracing.gate(by), after=after)
    told = {
        "form": form,
        "lines": tracing.lines(found.entries, by),
        "after": found.after,
        "may_export": powers.has(request.user, "journal.export"),
    }
    return render(request, "desk/journal.html", told)


@require_safe
@reads
@_reading
def entry(request: HttpRequest, by: Reader, key: str) -> HttpResponse:
    """One act: what stands in the journal of it, and its receipt."""
    found = queries.one(key=key)
    seen = list(tracing.gate(by)([found])) if found else []
    if found is None or not seen:
        raise Http404
    receipt = queries.receipt(entry=found)
    if request.GET.get("as") == "file" and receipt is not None:
        answer = HttpResponse(receipt, content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="receipt-{found.key}.json"'
        return answer
    told = {
        "line": tracing.lines([found], by)[0],
        "spelt": bytes(found.spelt).decode(),
        "digest": queries.leaf(found.journal.alg, bytes(found.spelt)).hex(),
        "place": found.place,
        "receipt": receipt.decode() if receipt else "",
    }
    return render(request, "desk/journal_entry.html", told)


@require_safe
@reads
@_reading
def heads(request: HttpRequest, by: Reader) -> HttpResponse:
    """The heads that were kept, and where the journal stands now; `print` sets them on paper."""
    del by
    paper = request.GET.get("as") == "paper"
    name = "desk/journal_heads_paper.html" if paper else "desk/journal_heads.html"
    return render(request, name, {"now": checking.present(), "heads": checking.kept(HEADS)})


@require_http_methods(["GET", "POST"])
@reads
@_reading
def check(request: HttpRequest, by: Reader) -> HttpResponse:
    """Whether a receipt that is pasted in is sound, and says what this journal says."""
    del by
    form = ReceiptForm(request.POST or None)
    told = checking.check(form.cleaned_data["receipt"]) if form.is_valid() else None
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "desk/journal_check.html", {"form": form, "told": told}, status=status)


@require_POST
@powers.require("journal.export")
@confirmed
def export(request: HttpRequest) -> HttpResponse:
    """All that is sealed, for the verifier; that it was taken is an act itself."""
    sealed = actions.note_export(by=acting(request))
    lines = queries.export(journal=queries.current(), upto=sealed)
    answer = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    name = f"journal-{clock.local(clock.now()):%Y%m%d}-{sealed.size}.jsonl"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast("HttpResponse", answer)
