"""Filters and tags for times and numbers. 时间与数。"""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongshu.kernel.triage import Sentence
from zhongshu.office import clock
from zhongshu.office.ui import telling

from .html import put

register = template.Library()


@register.filter
def told_left(due: datetime | int) -> str:
    """剩 2 小时 55 分, 逾期 1 个工作日: of an instant or a working-minute ordinal."""
    return telling.left(clock.calendar(), clock.now(), due).words


@register.filter
def told_span(minutes: int) -> str:
    """3 小时 55 分: of working minutes."""
    return telling.span(minutes)


@register.filter
def told_when(at: datetime) -> str:
    """今天 17:00, 11 月 27 日."""
    return telling.when(clock.now(), at)


@register.filter
def told_count(number: int | str) -> str:
    """1,280; words such as 99+ as they are."""
    return number if isinstance(number, str) else telling.count(number)


@register.filter
def said(sentence: Sentence) -> str:
    """A sentence the rules say in both languages, in that of the page."""
    return sentence.en if get_language() == "en" else sentence.zh


@register.simple_tag
def moment(*, at: datetime, full: bool = False) -> SafeString:
    """An instant as said, or in full to the minute; the machine's form beside it."""
    local = clock.local(at)
    return put(
        '<time datetime="{}" data-full="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        f"{local:%Y-%m-%d %H:%M}",
        f"{local:%Y-%m-%d %H:%M}" if full else telling.when(clock.now(), at),
    )


@register.simple_tag
def rate(
    *,
    word: str,
    part: int,
    whole: int,
    low: float | None = None,
    high: float | None = None,
    note: str = "",
) -> SafeString:
    """A rate with what it rests on, and its 95% interval if there is one; under ten only parts."""
    told, basis = telling.rate(part, whole)
    parts = f"{telling.count(part)} / {telling.count(whole)}" if basis else ""
    interval = (
        ""
        if low is None or high is None
        else _("95% 区间 {low}–{high}%").format(low=f"{low:.1f}", high=f"{high:.1f}")
    )
    lines = [line for line in (parts, interval, note) if line]
    return put(
        '<p class="figure"><b>{}</b><span>{}</span><small>{}</small></p>',
        told,
        word,
        "；".join(lines),
    )


@register.simple_tag
def working_clock() -> SafeString:
    """The day, the hour, and what is left of the working day."""
    now = clock.now()
    return put(
        '<time class="top-clock muted" datetime="{}">{}</time>',
        clock.local(now).isoformat(timespec="minutes"),
        telling.working_day(clock.calendar(), now),
    )
