"""Lists: the queue, side lists, circulation, small numbers in a line. 列表."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhongshu.office import clock
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Reader

from .atoms import due as due_tag
from .atoms import mark as mark_tag
from .html import address, attrs, drawn, joined, put, some

register = template.Library()


@register.simple_block_tag
def queue(content: str, *, label: str) -> SafeString:
    """One ordered list with bands; J and K go through it."""
    return put('<ol aria-label="{}">{}</ol>', label, content)


@register.simple_tag
def band(*, title: str, count: int, aside: str = "") -> SafeString:
    """The head of a band of the queue, and by what it is ordered."""
    return put(
        '<li class="queue-band part-head"><h2>{}</h2><span class="num">{}</span>{}</li>',
        title,
        count,
        some("<span>{}</span>", aside),
    )


@register.simple_block_tag
def queue_row(
    content: str,
    *,
    place: int,
    title: str,
    href: object,
    why: str,
    ask: str,
    mark: str = "",
    mark_text: str = "",
    more: str = "",
    source: str = "",
    number: str = "",
    at: datetime | int | None = None,
    since: datetime | None = None,
    current: bool = False,
) -> SafeString:
    """One matter: its place, why it has it, what is asked of me, until when.

    The whole row is the link. The content is what may be done from here, keys included.
    """
    return put(
        '<li class="queue-row"{}><span class="queue-no">{}</span>'
        '<p class="queue-why">{}{}{}</p>'
        '<div class="queue-what"><a href="{}">{}</a><p>{}{}</p></div>'
        '<span class="queue-ask">{}</span>{}{}</li>',
        attrs(aria_current="true" if current else None),
        place,
        put("{} ", mark_tag(kind=mark, text=mark_text)) if mark else "",
        why,
        some("<small>{}</small>", more),
        address(href),
        title,
        some("<span>{}</span>", source),
        some('<span class="docno">{}</span>', number),
        put("{}<b>{}</b>", _("请你"), ask) if ask else "",
        due_tag(at=at, since=since, words=False) if at is not None else "",
        some('<span class="queue-do">{}</span>', content if content.strip() else ""),
    )


@register.simple_block_tag
def slim(content: str, *, label: str, lead: bool = False) -> SafeString:
    """A side list of one or two lines each; with `lead` a first column for a time or a word."""
    return put('<ul class="slim"{}>{}</ul>', attrs(aria_label=label, data_lead=lead), content)


@register.simple_block_tag
def slim_row(
    content: str, *, text: str, href: object = "", more: str = "", lead: str = ""
) -> SafeString:
    """One line of a side list; the content stands at its right end."""
    word = put("<span>{}</span>", text)
    if href:
        word = put('<a href="{}">{}</a>', address(href), text)
    return put(
        "<li>{}{}<span>{}</span>{}</li>",
        some('<span class="slim-lead">{}</span>', lead),
        word,
        content,
        some("<small>{}</small>", more),
    )


@register.simple_tag(takes_context=True)
def tick(context: dict[str, Any], *, pressed: bool, post: object, of: str) -> SafeString:
    """圈阅: an empty circle; pressed, a pen has gone round. It means read, and nothing more.

    `of` is what is read, for those who hear the page. A form, so it works without a script.
    """
    ring, word = drawn("ring", None), _("阅")
    if pressed:
        return put(
            '<span class="tick" data-read role="img" aria-label="{}">{}{}</span>',
            _("已阅：{of}").format(of=of),
            word,
            ring,
        )
    return put(
        '<form method="post" action="{0}" hx-post="{0}" hx-swap="outerHTML">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{1}">'
        '<button class="tick" aria-label="{2}">{3}{4}</button></form>',
        address(post),
        context.get("csrf_token", ""),
        _("圈阅：{of}").format(of=of),
        word,
        ring,
    )


@register.simple_tag
def readers(*, people: Sequence[Reader], label: str) -> SafeString:
    """Names in the order of passing; a pen ring is round those who have read."""
    now = clock.now()
    ring = put('{}<span class="sr">{}</span>', drawn("ring", None), _("已阅"))
    return put(
        '<ul class="readers" aria-label="{}">{}</ul>',
        label,
        joined(
            "<li>{}{}<small>{}</small></li>",
            (
                (
                    one.name,
                    ring if one.at else "",
                    f"{telling.when(now, one.at)} {one.note}".rstrip()
                    if one.at
                    else one.note or _("未阅"),
                )
                for one in people
            ),
        ),
    )


@register.simple_block_tag
def gauges(content: str, *, label: str) -> SafeString:
    """A few small numbers, set like a line of type."""
    return put('<dl class="gauges" aria-label="{}">{}</dl>', label, content)


@register.simple_tag
def gauge(*, word: str, value: str, of: str) -> SafeString:
    """One of them, with what it is counted from."""
    return put("<div><dt>{}</dt><dd><b>{}</b><small>{}</small></dd></div>", word, value, of)


@register.simple_block_tag
def sheet(content: str, *, label: str, tight: bool = False) -> SafeString:
    """A wide table that scrolls in its own frame, and folds on a phone with nothing lost."""
    return put(
        '<div class="sheet" role="region" aria-label="{}" tabindex="0"{}>{}</div>',
        label,
        attrs(data_density="tight" if tight else None),
        content,
    )


@register.simple_block_tag
def cell(content: str, *, label: str, kind: str = "") -> SafeString:
    """A cell of a sheet. Its label is the column's, for when the row is folded.

    `kind`: "what" is the matter itself, "num" a number, "meter" a bar.
    """
    if kind not in {"", "what", "num", "meter"}:
        raise ValueError(f"no cell is {kind!r}")
    return put("<td{}>{}</td>", attrs(class_=kind, data_label=label), content)
