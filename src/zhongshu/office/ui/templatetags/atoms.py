"""The smallest components: one word, one shape, one time, one person. 小件."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhongshu.office import clock
from zhongshu.office.ui import telling

from .html import address, attrs, chosen, drawn, put, some

register = template.Library()

Rank = Literal["main", "seal", "plain", "quiet"]
Size = Literal["usual", "small"]
Kind = Literal["submit", "button", "reset"]
Marked = Literal["flash", "urgent", "major", "late", "plain"]
State = Literal["now", "done", "wait", "back", "none"]
Light = Literal["green", "amber", "red", "blue", "grey"]

TAKEN = frozenset("jk/?")  # keys that mean the same on every page


@register.simple_tag
def icon(*, name: str, label: str = "") -> SafeString:
    """A stroke icon. With a label it speaks; without one it only accompanies a word."""
    return put("{}{}", drawn(name), some('<span class="sr">{}</span>', label))


@register.simple_tag
def picture(*, name: str) -> SafeString:
    """A picture of the sprite at the size its place gives it: the seal, a light, the ring."""
    return drawn(name, None)


@register.simple_tag
def button(
    *,
    label: str,
    rank: str = "plain",
    size: str = "usual",
    icon: str = "",
    key: str = "",
    href: object = "",
    opens: str = "",
    type: str = "submit",  # noqa: A002 - the word of HTML
    name: str = "",
    value: str = "",
    form: str = "",
    bare: bool = False,
    disabled: bool = False,
    post: object = "",
    get: object = "",
    target: str = "",
    swap: str = "",
) -> SafeString:
    """A verb. A link where it only leads somewhere; `opens` names a dialog; `bare` shows no word.

    One `main` a page; `seal` only where a name is put to paper. `key` is one letter, pressed on
    the row one stands on or on the page. `post` and `get` change a part of the page.
    """
    if key.lower() in TAKEN:
        raise ValueError(f"the key {key!r} is taken on every page")
    letter = key if len(key) == 1 and key.isascii() else None
    common = attrs(
        class_="button",
        data_rank=None if chosen(rank, Rank) == "plain" else rank,
        data_size=None if chosen(size, Size) == "usual" else size,
        data_key=letter and letter.lower(),
        aria_keyshortcuts=letter,
        aria_label=label if bare else None,
        title=label if bare else None,
        data_opens=opens,
        hx_post=address(post) if post else None,
        hx_get=address(get) if get else None,
        hx_target=target,
        hx_swap=swap,
    )
    inside = put(
        "{}{}{}",
        drawn(icon) if icon else "",
        "" if bare else label,
        some('<kbd aria-hidden="true">{}</kbd>', key),
    )
    if href and not disabled:
        return put('<a href="{}"{}>{}</a>', address(href), common, inside)
    own = attrs(type=chosen(type, Kind), name=name, value=value, form=form, disabled=disabled)
    return put("<button{}{}>{}</button>", common, own, inside)


@register.simple_tag
def mark(*, kind: str, text: str) -> SafeString:
    """特急, 加急, 大事: solid, outlined, ink or bare, so that it reads in grey."""
    return put('<b class="mark" data-mark="{}">{}</b>', chosen(kind, Marked), text)


@register.simple_tag
def state(*, kind: str, text: str) -> SafeString:
    """Where something stands: a shape and a word."""
    return put('<span class="state" data-state="{}">{}</span>', chosen(kind, State), text)


@register.simple_tag
def light(*, kind: str, text: str, late: bool = False, quiet: bool = False) -> SafeString:
    """A light with its own shape. `late` adds the red corner; `quiet` says the word unseen."""
    return put(
        '<span class="light" data-light="{}"{}>{}{}</span>',
        chosen(kind, Light),
        attrs(data_late=late),
        drawn(kind, None),
        some('<span class="sr">{}</span>', text) if quiet else text,
    )


@register.simple_tag
def due(
    *,
    at: datetime | int,
    since: datetime | None = None,
    closed: bool = False,
    words: bool = True,
) -> SafeString:
    """When something is due, what is left in working time, and with `since` how much is used up.

    `at` is an instant or a working-minute ordinal. `closed` no longer counts.
    """
    calendar, now = clock.calendar(), clock.now()
    told = telling.left(calendar, now, at)
    date = telling.instant(calendar, at)
    meter = "" if since is None else bar(value=telling.used(calendar, since, now, at))
    return put(
        '<span class="due" data-due="{}"><time datetime="{}">{}</time>{}{}</span>',
        "met" if closed else told.pressing,
        clock.local(date).isoformat(timespec="minutes"),
        telling.when(now, date),
        some("<small>{}</small>", told.words) if words and not closed else "",
        meter,
    )


@register.simple_tag
def bar(*, value: float, plan: float | None = None, label: str = "") -> SafeString:
    """How far, from 0 to 100; the upright stroke is where the plan is today."""
    done = min(100.0, max(0.0, float(value)))
    spoken = attrs(role="img", aria_label=label) if label else attrs(aria_hidden="true")
    return put(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none"{}>'
        '<rect class="bar-back" width="100" height="6"/>'
        '<rect class="bar-fill" width="{}" height="6"/>{}</svg>',
        spoken,
        f"{done:g}",
        some(
            '<line class="bar-plan" x1="{}" x2="{}" y1="-3" y2="9"/>',
            *(("", "") if plan is None else (f"{min(100.0, max(0.0, plan)):g}",) * 2),
        ),
    )


@register.simple_tag
def person(*, name: str, post: str = "", acting_for: str = "") -> SafeString:
    """Name first, post small; `acting_for` is whose duty it is when a stand-in acts."""
    return put(
        '<span class="person">{}{}{}</span>',
        name,
        some("<small>{}</small>", post),
        some('<span class="person-for">{} {}</span>', _("代") if acting_for else "", acting_for),
    )


@register.simple_tag
def docno(*, number: str) -> SafeString:
    """The number of a paper: Song, never broken."""
    return put('<span class="docno">{}</span>', number)
