"""Opinions: who wrote what, whole, in order, never edited; and where the next is written. 意见."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhongshu.office import clock
from zhongshu.office.ui import telling

from .atoms import person as person_tag
from .html import attrs, chosen, paragraphs, put, some

register = template.Library()

Opinion = Literal["note", "propose", "instruct", "countersign", "do", "wait"]
# One character for each, on a stamp whose shape already tells them apart.
STAMPS = {
    "note": "",
    "propose": "拟",
    "instruct": "批",
    "countersign": "会",
    "do": "办",
    "wait": "",
}


@register.simple_block_tag
def opinions(content: str, *, label: str) -> SafeString:
    """Who wrote what, in order, never edited."""
    return put('<ol class="opinions" aria-label="{}">{}</ol>', label, content)


@register.simple_block_tag
def opinion(
    content: str,
    *,
    kind: str,
    title: str,
    by: str,
    at: datetime | None,
    text: str = "",
    post: str = "",
    acting_for: str = "",
    stamp: str = "",
    aside: str = "",
) -> SafeString:
    """Somebody's words, whole and in Kai, with his name under them. The content stands below."""
    chosen(kind, Opinion)
    letter = stamp or STAMPS[kind]
    if kind == "note":
        inside = put("<p>{}</p>{}", text or title, content)
    else:
        inside = put(
            "<div><header><b>{}</b>{}{}</header>{}{}{}</div>",
            title,
            person_tag(name=by, post=post, acting_for=acting_for),
            some("<small>{}</small>", aside),
            some("<blockquote>{}</blockquote>", paragraphs(text)),
            put('<p class="hand">{}</p>', by) if text else "",
            content,
        )
    return put(
        '<li class="opinion" data-kind="{}">{}<i class="stamp" aria-hidden="true">{}</i>{}</li>',
        kind,
        _opinion_time(at),
        letter,
        inside,
    )


@register.simple_block_tag
def compose(
    content: str, *, name: str, label: str, value: str = "", required: bool = True
) -> SafeString:
    """The place where the next opinion is written; inside, ready phrases and the seal button."""
    return put(
        '<div class="compose"><label class="sr" for="id_{0}">{1}</label>'
        '<textarea id="id_{0}" name="{0}"{2}>\n{3}</textarea>'
        '<div class="compose-foot">{4}</div></div>',
        name,
        label,
        attrs(required=required),
        value,
        content,
    )


@register.simple_tag
def phrase(*, text: str, into: str) -> SafeString:
    """A ready phrase; pressed, it is added to what is written in `into`."""
    return put(
        '<button class="button" data-size="small" type="button" data-phrase="id_{}">{}</button>',
        into,
        text,
    )


def _opinion_time(at: datetime | None) -> SafeString:
    if at is None:
        return put("<time>{}</time>", _("现在"))
    local, today = clock.local(at), clock.local(clock.now()).date()
    return put(
        '<time datetime="{}" data-full="{}">{} <small>{}</small></time>',
        local.isoformat(timespec="seconds"),
        f"{local:%Y-%m-%d %H:%M}",
        _("今天") if local.date() == today else telling.day(today, local.date()),
        f"{local:%H:%M}",
    )
