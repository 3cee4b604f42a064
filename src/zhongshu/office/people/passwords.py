"""Whether a password is good enough, and when it is time for a new one. 口令."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhongshu.office import clock

from .accounts import Account
from .models import Unit
from .profiles import PROFILES, Profile

LONGEST = 256  # long enough for any sentence, short enough to hash
LEFT = 6  # signs that must remain when everything a neighbour would guess is taken away
WARNING = 14  # days before a password grows too old


def profile() -> Profile:
    """The rules of this installation."""
    return PROFILES[settings.PASSWORD_PROFILE]


class Length:
    """Not too short, and not so long that hashing it is an attack."""

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002
        """ValidationError if the length is wrong."""
        shortest = profile().shortest
        if len(password) < shortest:
            raise ValidationError(_("口令至少 %(count)d 个字符。") % {"count": shortest})
        if len(password) > LONGEST:
            raise ValidationError(_("口令最多 %(count)d 个字符。") % {"count": LONGEST})

    def get_help_text(self) -> str:
        """The rule, for the page."""
        return _("至少 %(count)d 个字符，可以是一句话。") % {"count": profile().shortest}


class Local:
    """Not made of what everybody in the house knows: names, numbers, the bureau, a year."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """ValidationError if hardly anything is left without them."""
        rest = password.casefold()
        for word in sorted(_known(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        rest = re.sub(r"(19|20)\d\d|[\W_]", "", rest)
        if len(rest) < LEFT or len(set(rest)) < LEFT - 2:
            raise ValidationError(_("口令里除了姓名、工号、单位、年份之外，剩下的太少或太重复。"))

    def get_help_text(self) -> str:
        """The rule, for the page."""
        return _("不用姓名、工号、单位名称和年份拼凑，不用常见口令。")


class Kinds:
    """Three of the four kinds of signs, as assessors of level 3 ask."""

    def validate(self, password: str, user: Account | None = None) -> None:  # noqa: ARG002
        """ValidationError if there are too few kinds."""
        tests = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
        if sum(any(map(test, password)) for test in tests) < profile().kinds:
            raise ValidationError(_("口令须含大写字母、小写字母、数字、符号中的三种。"))

    def get_help_text(self) -> str:
        """The rule, for the page."""
        return _("含大写字母、小写字母、数字、符号中的三种。")


class Remembered:
    """None of the last few."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """ValidationError if the account has just had it."""
        if user is None or user.pk is None:
            return
        last = user.old_passwords.all()[: profile().remembered]
        if any(old.matches(password) for old in last):
            raise ValidationError(
                _("不能与最近 %(count)d 次用过的口令相同。") % {"count": profile().remembered}
            )

    def get_help_text(self) -> str:
        """The rule, for the page."""
        return _("不与最近 %(count)d 次用过的口令相同。") % {"count": profile().remembered}


def _known(user: Account | None) -> set[str]:
    """Words that a neighbour would try first."""
    words = {"zhongshu", "中枢", "password", "mima", "admin", *settings.PASSWORD_LOCAL_WORDS}
    if user is not None:
        words |= {user.username, user.name}
        if user.person is not None:
            words |= {user.person.name, user.person.number}
    words |= set(Unit.objects.values_list("name", flat=True))
    words |= set(Unit.objects.values_list("code", flat=True))
    return {word.casefold() for word in words if len(word) > 1}


def days_left(account: Account, now: datetime) -> int | None:
    """Days until the password is too old, negative afterwards; None where age does not matter."""
    days = profile().days
    if not days or account.password_set_at is None:
        return None
    return (account.password_set_at + timedelta(days=days) - now).days


def reminder(account: Account, now: datetime) -> str:
    """What to tell somebody whose password is growing old; nothing if there is time."""
    left = days_left(account, now)
    if left is None or left > WARNING:
        return ""
    if left < 0:
        return _("口令已超过 %(count)d 天，请尽快更换。") % {"count": profile().days}
    return _("口令将在 %(count)d 天后到期，请更换。") % {"count": left}


def must_change(account: Account, now: datetime) -> bool:
    """Whether he must change it before anything else: too old, and nobody is at work now.

    In working hours he is reminded and never held up: a matter may be due.
    """
    left = days_left(account, now)
    return left is not None and left < 0 and not is_working(now)


def is_working(now: datetime) -> bool:
    """Whether the calendar has working time at this moment."""
    calendar = clock.calendar()
    return calendar.minute(now + timedelta(minutes=1)) > calendar.minute(now)
