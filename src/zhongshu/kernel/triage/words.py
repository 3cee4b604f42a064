"""Why a matter stands where it stands: one sentence, Chinese and English.

Times are working time. Time left is rounded down, effort and lateness up, to a tenth, so that no
sentence promises more time than there is.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from zhongshu.kernel.worktime import ZONE, Calendar

from .load import Overload
from .order import SCALE, Matter, key
from .urgency import NAMES, Mark

DAY = 420  # working minutes of a day, to speak of days; a bureau passes its own


class Sentence(NamedTuple):
    """The same sentence twice. Its first clause says what matters most."""

    zh: str
    en: str

    @property
    def first(self) -> Sentence:
        """The first clause."""
        return Sentence(self.zh.partition("，")[0], self.en.partition(", ")[0])

    @property
    def rest(self) -> Sentence:
        """What follows it."""
        return Sentence(self.zh.partition("，")[2], self.en.partition(", ")[2])


def reason(matter: Matter, now: int, day: int = DAY) -> Sentence:
    """Why the matter has its place; `day` is the working minutes of a day."""
    left = matter.due - now
    if left < 0:
        return _overdue(matter, now, day)
    if matter.mark in {Mark.FLASH, Mark.URGENT} and left <= day:
        name, time = NAMES[matter.mark], _time(left, day)
        return Sentence(f"{name[0]}，余 {time.zh}", f"{name[1]}, {time.en} left")
    if left <= matter.need:
        return _tight(matter, now, day)
    time, adjusted = _time(left, day), _adjusted(matter, now, day)
    return Sentence(
        f"余期 {time.zh}，分量 {matter.weight}，折合 {adjusted.zh}",
        f"{time.en} left, weight {matter.weight}, counts as {adjusted.en}",
    )


def guard_reason(matter: Matter, now: int, day: int = DAY) -> Sentence:
    """Why the guard holds the matter up."""
    days = (now - matter.touched) // day
    return Sentence(
        f"{matter.row.zh}的大事，{days} 个工作日无人动过",
        f"a big matter ({matter.row.en}), untouched for {days} working {_plural('day', days)}",
    )


def overload_words(overload: Overload, calendar: Calendar) -> Sentence:
    """How much more work than time, and from when. `ValueError` as in `Calendar`."""
    amount = _time(overload.minutes, 10**9, up=True)
    when = f"{_local(calendar.at(overload.since)):%Y-%m-%d %H:%M}"
    return Sentence(
        f"活比时间多 {amount.zh}，自 {when} 起办不完",
        f"{amount.en} more work than time, from {when} on",
    )


def _overdue(matter: Matter, now: int, day: int) -> Sentence:
    late = _time(now - matter.due, day, up=True)
    need, adjusted = _time(matter.need, day, up=True), _adjusted(matter, now, day)
    return Sentence(
        f"已超期 {late.zh}，分量 {matter.weight}，尚需 {need.zh}，折合 {adjusted.zh}",
        f"{late.en} overdue, weight {matter.weight}, needs {need.en}, counts as {adjusted.en}",
    )


def _tight(matter: Matter, now: int, day: int) -> Sentence:
    left, need = _time(matter.due - now, day), _time(matter.need, day, up=True)
    adjusted = _adjusted(matter, now, day)
    return Sentence(
        f"须即动手，余 {left.zh}，尚需 {need.zh}，分量 {matter.weight}，折合 {adjusted.zh}",
        f"begin now, {left.en} left, needs {need.en}, weight {matter.weight}, "
        f"counts as {adjusted.en}",
    )


def _adjusted(matter: Matter, now: int, day: int) -> Sentence:
    return _time(key(matter, now) // SCALE, day)


def _time(minutes: int, day: int, *, up: bool = False) -> Sentence:
    if minutes < 60:
        return Sentence(f"{minutes} 分钟", f"{minutes} {_plural('minute', minutes)}")
    unit, zh, en = (60, "小时", "hour") if minutes < day else (day, "天", "day")
    tenths = -(-minutes * 10 // unit) if up else minutes * 10 // unit
    whole, tenth = divmod(tenths, 10)
    number = f"{whole}.{tenth}" if tenth else f"{whole}"
    return Sentence(f"{number} {zh}", f"{number} {en if tenths == 10 else en + 's'}")


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"


def _local(at: datetime) -> datetime:
    return at.astimezone(ZONE)
