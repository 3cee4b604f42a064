"""Official papers: head, facts, path, what may be done, proof. 公文."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhongshu.office import clock
from zhongshu.office.ui import telling
from zhongshu.office.ui.parts import Cell, Passing, Quarter, Sheet, Step, Zone

from .atoms import bar as bar_tag
from .html import address, attrs, chosen, drawn, joined, put, some

register = template.Library()

Tone = Literal["must", "warn", "hint"]


@register.simple_block_tag
def paper_head(
    content: str,
    *,
    title: str,
    number: str = "",
    sub: str = "",
    slip: str = "",
    at: datetime | int | None = None,
    since: datetime | None = None,
) -> SafeString:
    """The head of a paper: marks inside, title in Song, the red rule, and what time is left.

    `slip` is the name of the printed form.
    """
    return put(
        '<header class="paper-head">{}<p class="kick">{}{}</p><h1 class="title">{}</h1>{}{}'
        '<div class="paper-rule"></div></header>',
        some('<p class="print-only slip-name">{}</p>', slip),
        content,
        some('<span class="docno">{}</span>', number),
        title,
        some('<p class="sub">{}</p>', sub),
        _paper_due(at, since) if at is not None else "",
    )


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """Pairs of label and value, the labels spread to four characters as on a form."""
    return put('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, *, label: str, printed_only: bool = False) -> SafeString:
    """One of them."""
    return put(
        "<div{}><dt>{}</dt><dd>{}</dd></div>",
        attrs(class_="print-only" if printed_only else None),
        label,
        content,
    )


@register.simple_tag
def path(*, steps: Sequence[Step], label: str, small: bool = False) -> SafeString:
    """The way of a matter: solid is passed, a red ring here, hollow to come, a diamond sent back.

    A step with branches is a fork that joins again.
    """
    return put(
        '<ol class="path" aria-label="{}"{}>{}</ol>',
        label,
        attrs(data_size="small" if small else None),
        joined("{}", ((_step(one),) for one in steps)),
    )


@register.simple_block_tag
def actions(content: str, *, sentence: str, label: str) -> SafeString:
    """Only the verbs that are legal now, and why the matter stands where it stands."""
    return put(
        '<div class="actions" role="group" aria-label="{}"><p>{}</p>{}</div>',
        label,
        sentence,
        content,
    )


@register.simple_tag
def proof(*, number: int, at: datetime, digest: str, sealed: bool, href: object = "") -> SafeString:
    """Where this page stands in the journal."""
    told = _("第 {number} 条，已封存") if sealed else _("第 {number} 条，待封存")
    groups = " ".join(digest[start : start + 4] for start in range(0, min(12, len(digest)), 4))
    return put(
        '<p class="proof">{}<b>{}</b><time>{}</time><code title="{}">{}</code>{}</p>',
        drawn("chain"),
        told.format(number=telling.count(number)),
        f"{clock.local(at):%m-%d %H:%M:%S}",
        digest,
        groups,
        some('<a href="{}">{}</a>', href and address(href), _("验证")),
    )


@register.simple_tag
def watermark(*, reader: str, secrecy: str) -> SafeString:
    """Reader, minute and class under everything, on paper too."""
    return put(
        '<svg class="watermark" aria-hidden="true"><defs><pattern id="watermark" width="300"'
        ' height="170" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)">'
        '<text x="10" y="60">{} {} {}</text></pattern></defs>'
        '<rect width="100%" height="100%" fill="url(#watermark)"/></svg>',
        reader,
        f"{clock.local(clock.now()):%m-%d %H:%M}",
        secrecy,
    )


@register.simple_block_tag
def finding(
    content: str,
    *,
    place: int,
    tone: str,
    title: str,
    clause: str,
    found: str = "",
    expected: str = "",
    text: str = "",
) -> SafeString:
    """What is wrong, where, by which clause. Only `must` stands in the way."""
    pair = ""
    if found or expected:
        pair = put(
            "<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>",
            _("现"),
            found,
            _("应"),
            expected,
        )
    return put(
        '<li class="finding" data-tone="{}"><i>{}</i>'
        "<div><b>{}</b>{}{}<small>{}{}</small></div></li>",
        chosen(tone, Tone),
        place,
        title,
        pair,
        some("<p>{}</p>", text),
        clause,
        content,
    )


@register.simple_tag
def scan(*, sheet: Sheet, label: str) -> SafeString:
    """A page as it came, and on it the places that fields were read from.

    A zone and its field light up together; whoever cannot see the page has the fields.
    """
    return put(
        '<figure class="scan" data-page="{}"><img src="{}" alt="{}" loading="lazy" width="{}" '
        'height="{}"><svg class="zones" viewBox="0 0 {} {}" preserveAspectRatio="none" '
        'aria-hidden="true">{}</svg></figure>',
        sheet.number,
        address(sheet.src),
        label,
        round(4 * sheet.width),
        round(4 * sheet.height),
        f"{sheet.width:g}",
        f"{sheet.height:g}",
        joined("{}", ((_zone(one, sheet.height / 297),) for one in sheet.zones)),
    )


def _zone(zone: Zone, unit: float) -> SafeString:
    left, top, right, bottom = zone.box
    air = 0.8 * unit
    return put(
        '<g data-zone="{}"{}><rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>'
        '<text x="{}" y="{}">{}</text></g>',
        zone.name,
        attrs(data_sure=zone.sure),
        *(f"{side:.2f}" for side in (left - air, top - air)),
        *(f"{side:.2f}" for side in (right - left + 2 * air, bottom - top + 2 * air)),
        f"{0.5 * unit:g}",
        *(f"{side:.2f}" for side in (left - air, top - 1.6 * unit)),
        zone.number,
    )


@register.simple_tag
def quarters(*, cells: Sequence[Cell], label: str) -> SafeString:
    """Four quarters of a target: grey reached, red frame late, ink now, dashed none."""
    words = {"done": _("已到"), "late": _("迟"), "now": _("本季"), "plan": _("无节点")}
    return put(
        '<ol class="quarters" aria-label="{}">{}</ol>',
        label,
        joined(
            '<li data-q="{}">{}<span class="sr">{}</span></li>',
            ((chosen(one.state, Quarter), one.value, words[one.state]) for one in cells),
        ),
    )


def _paper_due(at: datetime | int, since: datetime | None) -> SafeString:
    calendar, now = clock.calendar(), clock.now()
    told = telling.left(calendar, now, at)
    return put(
        '<div class="paper-due" data-due="{}"><small>{} {}</small><b>{}</b>{}{}</div>',
        told.pressing,
        _("办结时限"),
        telling.when(now, telling.instant(calendar, at)),
        told.words,
        bar_tag(value=telling.used(calendar, since, now, at)) if since else "",
        some("<small>{}</small>", telling.spent(calendar, since, now, at)) if since else "",
    )


def _step(step: Step) -> SafeString:
    if step.branches:
        return put(
            "<li><ol>{}</ol></li>",
            joined("{}", ((_branch(n, one),) for n, one in enumerate(step.branches))),
        )
    return put("<li{}>{}</li>", _passing(step), _station(step))


def _branch(place: int, step: Step) -> SafeString:
    bend = put("<i>{}</i>", "") if place else ""
    return put("<li{}>{}{}</li>", _passing(step), bend, _station(step))


def _passing(step: Step) -> SafeString:
    now = "step" if step.state == "now" else None
    return attrs(data_step=chosen(step.state, Passing), aria_current=now)


def _station(step: Step) -> SafeString:
    words = {"done": _("已过"), "now": _("在此"), "next": _("未到"), "back": _("退回")}
    return put(
        '<b>{}</b><span class="sr">{}</span>{}',
        step.name,
        words[step.state],
        some("<small>{}</small>", step.by),
    )
