"""The frame of a page: rail, heads, banners, dialogs, empty places. 框架."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account
from zhongshu.office.ui import menu, telling
from zhongshu.office.ui.parts import Chip, Choice

from .html import address, attrs, chosen, drawn, joined, put, some

register = template.Library()

Tone = Literal["note", "warn", "stop"]
NIGHT = {"dark": "screen", "light": "not all"}
BY_THE_SYSTEM = "screen and (prefers-color-scheme: dark)"


@register.simple_tag(takes_context=True)
def night_media(context: dict[str, Any]) -> str:
    """When the night colours count: as chosen, otherwise as the system says."""
    request: HttpRequest | None = context.get("request")
    return NIGHT.get(request.COOKIES.get("theme", "") if request else "", BY_THE_SYSTEM)


@register.simple_tag(takes_context=True)
def night_other(context: dict[str, Any]) -> str:
    """What the night switch leads to, for a browser without a script."""
    request: HttpRequest | None = context.get("request")
    dark = request is not None and request.COOKIES.get("theme") == "dark"
    return "light" if dark else "dark"


@register.simple_tag
def bureau() -> str:
    """The name of the house, as the installation gives it."""
    return settings.BUREAU or _("中枢")


@register.inclusion_tag("ui/rail.html", takes_context=True)
def rail(context: dict[str, Any]) -> dict[str, object]:
    """The pages this user may go to, with the work that waits there. One query a count at most."""
    request: HttpRequest = context["request"]
    here = request.resolver_match.view_name if request.resolver_match else ""
    shown = [
        (
            _(group.name) if group.name else "",
            [
                {
                    "label": _(entry.label),
                    "href": reverse(entry.url_name),
                    "icon": entry.icon,
                    "count": entry.count(request) if entry.count else None,
                    "current": entry.url_name == here,
                    "phone": entry.phone,
                }
                for entry in group.entries
            ],
        )
        for group in menu.groups(request)
    ]
    return {"groups": shown, "foot": _signed_in(request), "house": settings.BUREAU}


@register.simple_tag
def address_of(*, url_name: str, key: str = "") -> str:
    """The address of a page, of one thing where its key is given; nothing where no app offers
    it."""
    try:
        return reverse(url_name, args=[key] if key else [])
    except NoReverseMatch:
        return ""


@register.simple_tag
def account_pages() -> list[tuple[str, str]]:
    """Where one looks after one's own account, as far as the installation has it."""
    pages = (
        ("people:me", _("我的")),
        ("people:directory", _("通讯录")),
        ("account_change_password", _("改口令")),
    )
    return [
        (address_of(url_name=name), label) for name, label in pages if address_of(url_name=name)
    ]


@register.simple_block_tag
def page_head(content: str, *, title: str, sentence: str = "") -> SafeString:
    """The head: title in Song, one plain sentence, and inside at most two actions."""
    return put(
        '<div class="page-head"><div><h1 class="title">{}</h1>{}</div>{}</div>',
        title,
        some("<p>{}</p>", sentence),
        some('<div class="page-do">{}</div>', _stripped(content)),
    )


@register.simple_tag
def part_head(
    *,
    title: str,
    count: int | str | None = None,
    aside: str = "",
    href: object = "",
    level: int = 2,
) -> SafeString:
    """The head of a part: one rule, its count, and at most one remark or link."""
    tail = some("<span>{}</span>", aside)
    if href:
        tail = put('<a href="{}">{}</a>', address(href), aside)
    return put(
        '<div class="part-head"><h{0}>{1}</h{0}>{2}{3}</div>',
        min(4, max(2, level)),
        title,
        some('<span class="num">{}</span>', count),
        tail,
    )


@register.simple_block_tag
def banner(
    content: str, *, tone: str, sentence: str, basis: str = "", alert: bool = False
) -> SafeString:
    """One sentence, what it rests on, and inside what can be done."""
    name = {"note": "info", "warn": "warn", "stop": "lock"}[chosen(tone, Tone)]
    return put(
        '<div class="banner" data-tone="{}"{}>{}<p>{}{}</p>{}</div>',
        tone,
        attrs(role="alert" if alert else None),
        drawn(name),
        sentence,
        some("<small>{}</small>", basis),
        some("<span>{}</span>", _stripped(content)),
    )


@register.simple_block_tag
def dialog(
    content: str,
    *,
    name: str,
    title: str,
    consequence: str,
    verb: str,
    action: object,
    rank: str = "main",
    still: bool = False,
) -> SafeString:
    """Asks once, names the consequence, and the verb is on the button. The content is the form.

    Opened by a button with `opens`. `still` stands open on the page.
    """
    return put(
        '<dialog class="dialog"{}><form method="post" action="{}"><h2{}>{}</h2><p>{}</p>{}'
        '<footer><button class="button" data-rank="quiet" type="button" data-closes>{}</button>'
        '<button class="button" data-rank="{}">{}</button></footer></form></dialog>',
        attrs(id=name, aria_labelledby=f"{name}-title", open=still, data_still=still),
        address(action),
        attrs(id=f"{name}-title"),
        title,
        consequence,
        content,
        _("取消"),
        chosen(rank, Literal["main", "seal"]),
        verb,
    )


@register.simple_tag
def nothing(*, title: str, next: str) -> SafeString:  # noqa: A002 - what comes next
    """An empty place: says that it is good news, or what to do next."""
    return put('<p class="nothing"><b>{}</b>{}</p>', title, next)


@register.simple_tag
def filters(*, label: str, chips: Sequence[Chip], choices: Sequence[Choice] = ()) -> SafeString:
    """Filters are addresses: links with counts, the pressed one in ink, and a switch at the end."""
    links = joined(
        '<a class="chip" href="{}"{}>{}{}</a>',
        (
            (
                address(one.href),
                attrs(aria_current="true" if one.current else None),
                one.label,
                some(" <b>{}</b>", None if one.number is None else telling.count(one.number)),
            )
            for one in chips
        ),
    )
    return put(
        '<nav class="filters" aria-label="{}">{}{}</nav>',
        label,
        links,
        put('<span class="filters-gap"></span>{}', _switch(choices)) if choices else "",
    )


@register.simple_tag
def switch(*, label: str, choices: Sequence[Choice]) -> SafeString:
    """One of a few ways to look at a page."""
    return put('<nav aria-label="{}">{}</nav>', label, _switch(choices))


@register.simple_tag
def pager(
    *, first: int, last: int, total: int, before: object = "", after: object = ""
) -> SafeString:
    """Where one is in a list, and the way on."""
    told = _("第 {first} 至 {last} 条，共 {total} 条").format(
        first=telling.count(first), last=telling.count(last), total=telling.count(total)
    )
    ways = ((before, _("上一页"), "prev"), (after, _("下一页"), "next"))
    return put(
        '<nav class="pager" aria-label="{}"><span class="muted">{}</span>{}</nav>',
        _("翻页"),
        told,
        joined(
            '<a class="button" href="{}" rel="{}">{}</a>',
            ((address(href), rel, word) for href, word, rel in ways if href),
        ),
    )


def _signed_in(request: HttpRequest) -> tuple[str, str]:
    """Name and post of who is signed in. Two small queries: his person, who is who."""
    account = request.user
    if not isinstance(account, Account):
        return "", ""
    if account.person is None:
        return account.name or account.username, _(account.get_office_display())
    post = people.acting(request).post
    return account.person.name, people.names().get(post, "")


def _switch(choices: Sequence[Choice]) -> SafeString:
    return put(
        '<span class="switch">{}</span>',
        joined(
            '<a href="{}"{}>{}</a>',
            (
                (address(one.href), attrs(aria_current="true" if one.current else None), one.label)
                for one in choices
            ),
        ),
    )


def _stripped(content: str) -> str:
    return content if content.strip() else ""
