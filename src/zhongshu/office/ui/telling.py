"""Times and numbers as a person says them. 说人话: 剩 2 小时 55 分, 逾期 1 天, n=209.

Pure functions over a calendar and a given now. What is left is counted in working time, and never
said longer than it is; lateness never shorter. The clock of the day is the one on the wall.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongshu.kernel.worktime import ZONE, Calendar

DAY = 420  # working minutes of a day, to speak of days
SOON = 3  # working days that are soon
FEW = 10  # below this a rate is not said, only its parts

Pressing = Literal["over", "today", "soon", "later", "met"]


class Told(NamedTuple):
    """Words, and how pressing they are."""

    words: str
    pressing: Pressing


def span(minutes: int) -> str:
    """So many minutes, to the minute: 3 小时 55 分."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} 分钟").format(minutes=rest)
    if not rest:
        return _("{hours} 小时").format(hours=hours)
    return _("{hours} 小时 {minutes} 分").format(hours=hours, minutes=rest)


def left(calendar: Calendar, now: datetime, due: datetime | int) -> Told:
    """What is left until something is due: 剩 2 小时 55 分, 剩 6 个工作日, 逾期 1 天.

    `due` is an instant or a working-minute ordinal of this calendar.
    """
    ordinal = due if isinstance(due, int) else calendar.minute(due)
    minutes = ordinal - calendar.minute(now)
    at = instant(calendar, due)
    if minutes < 0 or (minutes == 0 and at <= now):
        return Told(_late(-minutes), "over")
    if minutes < DAY:
        words = _("剩 {span}").format(span=span(minutes))
    else:
        days = minutes // DAY
        words = ngettext("剩 {days} 个工作日", "剩 {days} 个工作日", days).format(days=days)
    if at.astimezone(ZONE).date() <= now.astimezone(ZONE).date():
        return Told(words, "today")
    return Told(words, "soon" if minutes <= SOON * DAY else "later")


def instant(calendar: Calendar, due: datetime | int) -> datetime:
    """When something is due: the instant itself, or the earliest one with this ordinal."""
    return calendar.at(due) if isinstance(due, int) else due


def used(calendar: Calendar, start: datetime, now: datetime, due: datetime | int) -> int:
    """How much of the time allowed is used up, from 0 to 100, rounded down until it is over."""
    ordinal = due if isinstance(due, int) else calendar.minute(due)
    whole = ordinal - calendar.minute(start)
    gone = calendar.minute(now) - calendar.minute(start)
    return 100 if gone >= whole else max(0, gone * 100 // whole)


def spent(calendar: Calendar, start: datetime, now: datetime, due: datetime | int) -> str:
    """Working time used, and how much there was: 已用 5 小时 45 分，限 8 小时 40 分."""
    ordinal = due if isinstance(due, int) else calendar.minute(due)
    begun = calendar.minute(start)
    return _("已用 {used}，限 {whole}").format(
        used=amount(calendar.minute(now) - begun), whole=amount(max(0, ordinal - begun))
    )


def amount(minutes: int) -> str:
    """So many working minutes; beyond two days in days, rounded up."""
    if minutes < 2 * DAY:
        return span(minutes)
    days = -(-minutes // DAY)
    return ngettext("{days} 个工作日", "{days} 个工作日", days).format(days=days)


def when(now: datetime, at: datetime) -> str:
    """An instant as one says it: 今天 17:00, 明天 10:00, 11 月 27 日, 2025 年 3 月 2 日."""
    there, here = at.astimezone(ZONE), now.astimezone(ZONE)
    distance = (there.date() - here.date()).days
    time = f"{there:%H:%M}"
    if distance == 0:
        return _("今天 {time}").format(time=time)
    if distance == 1:
        return _("明天 {time}").format(time=time)
    if distance == -1:
        return _("昨天 {time}").format(time=time)
    return day(here.date(), there.date())


def day(today: date, that: date) -> str:
    """A day, with its year only where it is another."""
    if that.year == today.year:
        return _("{month} 月 {day} 日").format(month=that.month, day=that.day)
    return _("{year} 年 {month} 月 {day} 日").format(year=that.year, month=that.month, day=that.day)


def working_day(calendar: Calendar, now: datetime) -> str:
    """The clock of the top bar: 11 月 24 日 周二 14:05，离下班 3 小时 25 分."""
    here = now.astimezone(ZONE)
    weekday = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    clock = f"{day(here.date(), here.date())} {weekday[here.weekday()]} {here:%H:%M}"
    return _("{clock}，{state}").format(clock=clock, state=_state(calendar, now, here.date()))


def count(number: int) -> str:
    """A number with its thousands apart: 1,280."""
    return f"{number:,}"


def rate(part: int, whole: int) -> tuple[str, str]:
    """A rate and what it rests on. Of fewer than ten only the parts are said."""
    if whole < FEW:
        return f"{part} / {whole}", ""
    return f"{part * 100 / whole:.1f}%", f"n={count(whole)}"


def _late(minutes: int) -> str:
    if minutes < DAY:
        return _("逾期 {span}").format(span=span(max(1, minutes)))
    days = -(-minutes // DAY)
    return ngettext("逾期 {days} 个工作日", "逾期 {days} 个工作日", days).format(days=days)


def _state(calendar: Calendar, now: datetime, today: date) -> str:
    if not calendar.works(today):
        return _("今天休息")
    minute = calendar.minute(now)
    close = calendar.ends(now, today, close=True).at
    if now >= close:
        return _("已下班")
    before = calendar.minute(datetime.combine(today, datetime.min.time(), ZONE))
    opens = calendar.latest(minute)
    if minute == before and opens > now:
        return _("离上班 {span}").format(span=span(_minutes(now, opens)))
    return _("离下班 {span}").format(span=span(_minutes(now, close)))


def _minutes(start: datetime, end: datetime) -> int:
    return -int((start - end).total_seconds() // 60)
