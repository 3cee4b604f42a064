"""Who may read what of the journal, and how its lines are shown. 查日志的权限与样子.

By the table of powers: the auditor reads every act, the security administrator the acts of users,
somebody of the bureau his own and those on matters he may see. None of the administrators sees more
of a matter than its number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongshu.office.actor import Actor
from zhongshu.office.journal import queries as journals
from zhongshu.office.journal.models import Entry
from zhongshu.office.journal.verb_words import verb_words
from zhongshu.office.journal.walking import Gate
from zhongshu.office.matters import queries as matters
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account, Person

MATTER, ACCOUNT = "matter:", "account:"
KINDS = {"process": "流程", "series": "编号簿", "unit": "部门", "post": "岗位", "journal": "日志"}
SAME_NAME = 8  # people of one name who are looked for together


class Reader(NamedTuple):
    """Somebody who reads the journal, and how far: `all_` every act, `users` those of users."""

    actor: Actor
    account: Account
    all_: bool
    users: bool

    @property
    def wide(self) -> bool:
        """Whether he may ask without naming a matter or himself."""
        return self.all_ or self.users or self.surveys

    @property
    def surveys(self) -> bool:
        """Somebody of the bureau who sees all of its matters that are not above him: discipline,
        supervision, the leaders."""
        sight = people.bureau().sight.get(self.actor.person)
        return sight is not None and sight.bureau

    @property
    def own(self) -> tuple[str, ...]:
        """Under what names he is in the journal: as a person, and as the account that signs in."""
        return tuple(dict.fromkeys((self.actor.person, f"{ACCOUNT}{self.account.pk}")))


class Line(NamedTuple):
    """One entry as it is shown."""

    entry: Entry
    at: datetime
    who: str
    what: str
    about: str
    href: str
    back: bool  # the clock was put back before it


def reader(account: object, actor: Actor) -> Reader | None:
    """Who may read the journal, and how far; None for the system administrator."""
    if not isinstance(account, Account):
        return None
    every = powers.has(account, "acts.read_administrators")
    users = powers.sees(account, "acts.users")
    if account.person_id is None and not users:
        return None
    return Reader(actor, account, every, users)


def gate(by: Reader) -> Gate:
    """Leaves out of some rows what this reader may not see."""
    return lambda rows: _seen(rows, by)


def _seen(rows: list[Entry], by: Reader) -> Iterable[Entry]:
    if by.all_:
        return rows
    if by.users:
        office = Account.objects.exclude(office="").values_list("pk", flat=True)
        kept_away = {f"{ACCOUNT}{pk}" for pk in office}
        users = [row for row in rows if not row.person.startswith("system:")]
        return [row for row in users if row.person not in kept_away]
    seen = matters.seen(keys=_matters(rows), seen_by=by.actor)
    return [row for row in rows if row.person in by.own or _key(row) in seen]


def lines(rows: Iterable[Entry], by: Reader) -> list[Line]:
    """Entries in words; a matter by its title where it may be seen, else by its number."""
    found = list(rows)
    called = _called(found)
    english = (get_language() or "").startswith("en")
    seen = matters.seen(keys=_matters(found), seen_by=by.actor)
    numbers = matters.numbers_of(keys=_matters(found)) if by.users else {}
    back = journals.set_back(entries=found)
    shown = []
    for row in found:
        matter = seen.get(_key(row))
        about, href = called(row.subject), ""
        if row.subject.startswith(MATTER):
            about = numbers.get(_key(row), _("一件看不到的事项"))
        if matter is not None:
            about, href = f"{matter.number} {matter.title}", matter.address
        what = verb_words(row.verb, english=english)
        shown.append(Line(row, row.at, called(row.person), what, about, href, row.pk in back))
    return shown


def meant(word: str) -> tuple[str, ...]:
    """Under what names somebody is in the journal, by his name, staff number or sign-in name."""
    whole = Q(person__name=word) | Q(person__number=word) | Q(username__iexact=word)
    found = Account.objects.filter(whole).values_list("pk", "person__key")[:SAME_NAME]
    keys = Person.objects.filter(Q(name=word) | Q(number=word)).values_list("key", flat=True)
    named = [*(key for _, key in found if key), *keys[:SAME_NAME]]
    return tuple(dict.fromkeys((*named, *(f"{ACCOUNT}{pk}" for pk, _ in found))))


def _called(rows: list[Entry]) -> Callable[[str], str]:
    """What persons, accounts and the machine are called."""
    names = people.names()
    wanted = {row.person for row in rows} | {row.subject for row in rows}
    accounts = _accounts(wanted)

    def call(key: str) -> str:
        """One of them."""
        if key.startswith("system:"):
            return _("系统")
        if key.startswith(ACCOUNT):
            return accounts.get(key, key)
        kind, colon, rest = key.partition(":")
        if not colon or kind == "person":
            return names.get(rest or kind, key)
        return f"{_(KINDS[kind])} {rest}" if kind in KINDS else key

    return call


def _accounts(wanted: set[str]) -> Mapping[str, str]:
    named = [one.removeprefix(ACCOUNT) for one in wanted if one.startswith(ACCOUNT)]
    pks = [int(pk) for pk in named if pk.isascii() and pk.isdecimal() and len(pk) < 19]
    rows = Account.objects.select_related("person").filter(pk__in=pks)
    return {
        f"{ACCOUNT}{one.pk}": f"{one.called}（{_(one.get_office_display())}）"
        if one.office
        else one.called
        for one in rows
    }


def _matters(rows: Iterable[Entry]) -> set[str]:
    return {_key(row) for row in rows} - {""}


def _key(row: Entry) -> str:
    return row.subject.removeprefix(MATTER) if row.subject.startswith(MATTER) else ""
