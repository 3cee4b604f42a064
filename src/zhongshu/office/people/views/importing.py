"""An organisation from a table: template, preview with every fault, release by another, undo."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhongshu.office.people import actions, forms, listing, powers
from zhongshu.office.people.actions.importing import known
from zhongshu.office.people.models import Import
from zhongshu.office.people.organisation_table import COLUMNS, Plan, plan
from zhongshu.office.people.queries import acting
from zhongshu.office.people.sign_in_again import confirmed
from zhongshu.office.people.tables import rows_of

from .answering import back, tried

MOST_BYTES = 5 << 20
SHOWN = 200  # faults on one page
EXAMPLE = (
    ("office", "办公室", "内设科室", "", "office_head", "办公室主任", "5", "A001", "张三", "是"),
    ("office", "办公室", "内设科室", "", "clerk", "文书", "1", "A002", "李四", ""),
)
TEMPLATE = [tuple(COLUMNS.values()), *EXAMPLE]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@powers.require_sight("imports")
def imports(request: HttpRequest) -> HttpResponse:
    """All tables ever put forward."""
    about = {
        "imports": listing.imports(),
        "form": forms.TableForm(),
        "may_propose": powers.has(request.user, "organisation.change"),
    }
    return render(request, "people/imports.html", about)


@require_GET
@powers.require_sight("imports")
def template_csv(_request: HttpRequest) -> HttpResponse:
    """An empty table with two lines for example."""
    return _attached(_as_csv(TEMPLATE), "text/csv; charset=utf-8", "organisation.csv")


@require_GET
@powers.require_sight("imports")
def template_xlsx(_request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    return _attached(_as_xlsx(TEMPLATE), SHEET, "organisation.xlsx")


@require_POST
@powers.require("organisation.change")
def propose(request: HttpRequest) -> HttpResponse:
    """Read the table: every fault is told, and without one it waits for release."""
    form = forms.TableForm(request.POST, request.FILES)
    rows = _read(form) if form.is_valid() else None
    if rows is None:
        about = {"imports": listing.imports(), "form": form, "may_propose": True}
        return render(request, "people/imports.html", about, status=422)
    found, name = plan(rows, known()), form.cleaned_data["table"].name
    if found.faults:
        return _preview(request, found, name)
    made: list[Import] = []
    by = acting(request)
    tried(request, lambda: made.append(actions.propose_import(name=name, rows=rows, by=by)))
    to = reverse("people:import", args=[made[0].key]) if made else reverse("people:imports")
    return back(request, to, _("没有错误，等待安全保密管理员放行。") if made else "")


@require_GET
@powers.require_sight("imports")
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What a table would make, or made."""
    row = get_object_or_404(Import, key=key)
    fresh = row.released_at is None
    found = plan(row.rows, known()) if fresh else plan(row.rows, known().without(row.rows))
    return _preview(request, found, row.name, row)


@require_POST
@powers.require("organisation.release")
@confirmed
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Make it all, or nothing."""
    return _act(request, key, actions.release_import, "proposed", _("已导入。"))


@require_POST
@powers.require("organisation.release")
@confirmed
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take it back, while nothing uses it."""
    return _act(request, key, actions.undo_import, "released", _("已撤销导入。"))


def _act(
    request: HttpRequest, key: str, act: Callable[..., object], name: str, told: str
) -> HttpResponse:
    row, by = get_object_or_404(Import, key=key), acting(request)
    ok = tried(request, lambda: act(**{name: row}, by=by))
    return back(request, reverse("people:import", args=[key]), told if ok else "")


def _preview(
    request: HttpRequest, found: Plan, name: str, row: Import | None = None
) -> HttpResponse:
    chinese = (get_language() or "zh").startswith("zh")
    faults = [(one.row, one.told(chinese=chinese)) for one in found.faults[:SHOWN]]
    about = {
        "plan": found,
        "faults": faults,
        "more": len(found.faults) - len(faults),
        "name": name,
        "row": row,
        "may_release": powers.has(request.user, "organisation.release"),
    }
    return render(request, "people/import.html", about, status=200 if row else 422)


def _read(form: forms.TableForm) -> list[list[str]] | None:
    """The rows of what was sent; the form says why there are none."""
    table = form.cleaned_data["table"]
    if table.size > MOST_BYTES:
        form.add_error("table", _("文件超过 5 MB。"))
        return None
    sent = table.read()
    try:
        return rows_of(sent)
    except ValueError:
        form.add_error("table", _("读不出表格：请用 UTF-8 或 GB18030 的 CSV，或者 xlsx。"))
        return None


def _attached(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _as_csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(rows: list[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "in_memory": True}) as book:
        sheet = book.add_worksheet("机构人员")
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
    return out.getvalue()
