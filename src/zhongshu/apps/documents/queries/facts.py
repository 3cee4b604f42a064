"""The facts of a document as its sheet lists them. 基本情况."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.apps.documents.models import Incoming
from zhongshu.kernel.flow import Case
from zhongshu.kernel.flow.condition import Value
from zhongshu.office import clock
from zhongshu.office.people.bureau import Bureau


class Fact(NamedTuple):
    """A label and what stands beside it; `printed` only on paper."""

    label: str
    text: str
    printed: bool = False


def facts(incoming: Incoming, case: Case, bureau: Bureau) -> Iterator[Fact]:
    """What is known of it; what is not known is not listed."""
    matter, values = incoming.matter, case.content.values
    said = [
        Fact(_("来文机关"), incoming.source, printed=True),
        Fact(_("来文字号"), incoming.document_no, printed=True),
        Fact(_("成文日期"), day(incoming.dated), printed=True),
        Fact(_("主办科室"), _named(values.get("lead_unit"), bureau)),
        Fact(_("收文时间"), f"{clock.local(incoming.received_at):%Y-%m-%d %H:%M}"),
        Fact(_("介质份数"), _medium(incoming)),
        Fact(_("协办科室"), _named(values.get("assist_units"), bureau)),
        Fact(_("登记人"), matter.initiator.name),
        Fact(_("公开方式"), incoming.publicity),
        Fact(_("原件保管"), incoming.keeper),
        Fact(_("签发人"), incoming.signer),
        Fact(_("联系人"), incoming.contact),
        Fact(_("来文要求"), day(incoming.wanted_by)),
        Fact(_("办理期限"), _when(values.get("handle_by"))),
        Fact(_("答复文号"), incoming.answered_no),
        Fact(_("保管期限"), incoming.retention),
        Fact(_("档号"), incoming.archive_no),
    ]
    yield from (one for one in said if one.text)


def day(on: date | None) -> str:
    """A day as a paper writes it."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def _when(value: Value | None) -> str:
    return day(date.fromisoformat(str(value))) if value else ""


def _named(value: Value | None, bureau: Bureau) -> str:
    many = value if isinstance(value, tuple) else (str(value),) if value else ()
    return "、".join(bureau.names.get(one, one) for one in many)


def _medium(incoming: Incoming) -> str:
    parts = [f"{incoming.get_medium_display()} {incoming.copies} 份"]
    if incoming.pages:
        parts.append(f"{incoming.pages} 页")
    if incoming.enclosures:
        parts.append(f"附件 {incoming.enclosures} 件")
    return "，".join(parts)
