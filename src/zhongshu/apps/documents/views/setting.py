"""What is set up: the codes of the archive, and ready phrases. 设置."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.apps.documents.actions import filing, setting
from zhongshu.apps.documents.archiving import keeps_archives, scheme_on
from zhongshu.apps.documents.forms.setting import PhraseForm, SchemeForm
from zhongshu.apps.documents.models import ArchiveScheme
from zhongshu.apps.documents.queries import phrases as phrased
from zhongshu.office import clock
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest) -> HttpResponse:
    """How archive numbers are made, from which day on."""
    by = people.acting(request)
    if not keeps_archives(by):
        raise Http404
    today = clock.local(clock.now()).date()
    form = SchemeForm.of(scheme_on(today), today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        filing.set_scheme(codes=form.codes(), by=by)
        messages.success(request, _("已保存，自所写日期起按新方案编档号。"))
        return redirect("documents:archive")
    page = {"form": form, "schemes": ArchiveScheme.objects.order_by("-since")[:12]}
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/archive.html", page, status=status)


@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """One's own ready phrases, and those of the office."""
    by = people.acting(request)
    if by.person not in people.bureau().pks:
        raise Http404
    head = "office_head" in people.bureau().posts.get(by.person, ())
    form = PhraseForm(head, request.POST or None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            setting.add_phrase(
                text=got["text"], node=got["node"], of_office=bool(got.get("of_office")), by=by
            )
        except Refusal:
            messages.warning(request, _("常用语已有 40 条，先删掉不用的。"))
        return redirect("documents:phrases")
    page = {"form": form, "kept": phrased.kept(seen_by=by), "head": head, "steps": form.steps}
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/phrases.html", page, status=status)


@require_POST
def drop_phrase(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a phrase."""
    setting.drop_phrase(pk=pk, by=people.acting(request))
    return redirect("documents:phrases")
