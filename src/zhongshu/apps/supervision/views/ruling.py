"""督办规则: the numbers in force with their sources, a proposal, an approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.apps.supervision import actions, looks
from zhongshu.apps.supervision.models import Edition
from zhongshu.apps.supervision.powers import establishes, is_chief, leads
from zhongshu.apps.supervision.standing import rules
from zhongshu.apps.supervision.working_forms import RulesForm
from zhongshu.kernel.supervision.rules import LADDER
from zhongshu.office.handling.answering import tried
from zhongshu.office.people import queries as people
from zhongshu.office.people.powers import require_person

STRENGTHS = {
    "must": "规定",
    "usual": "一般",
    "recommend": "推荐",
    "may": "可以",
    "practice": "实务",
    "derived": "推算",
    "unit": "单位制度",
}

TOLD = {
    "phone": "承办人",
    "written": "承办人、科室负责人",
    "visit": "承办人、科室负责人、分管领导",
    "notify": "承办人、科室负责人、分管领导、主要领导；在督办简报里列名",
}
"""Who hears of a chase on each rung, as the kernel's `ALSO_TOLD` has it."""


@require_http_methods(["GET", "POST"])
@require_person
def page(request: HttpRequest) -> HttpResponse:
    """The rule of the lights, published; whoever keeps it may put other numbers forward."""
    by, edition = people.acting(request), rules()
    form = RulesForm(edition, request.POST or None)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        made = tried(
            request,
            lambda: actions.propose_rules(
                since=got["since"], changes=form.changes(), source=got["source"], by=by
            ),
        )
        if made is not None:
            messages.success(request, _("已提出，等领导批准。"))
            return redirect("supervision:rules")
    about = {
        "edition": edition,
        "figures": [(one, _(STRENGTHS[one.strength])) for one in edition.figures],
        "ladder": [(looks.rung(code), _(TOLD[code])) for code, _zh, _en in LADDER],
        "form": form,
        "editions": Edition.objects.select_related("proposed_by", "approved_by"),
        "may_propose": establishes(by),
        "may_approve": is_chief(by) or leads(by),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/rules.html", about, status=status)


@require_POST
@require_person
def approve(request: HttpRequest, key: str) -> HttpResponse:
    """Let a proposal come into force."""
    by = people.acting(request)
    if tried(request, lambda: actions.approve_rules(key=key, by=by)) is not None:
        messages.success(request, _("已批准。"))
    return redirect("supervision:rules")
