"""Who may look at processes, and whose names he is told. 可见范围.

The three administrators and whoever sees the whole bureau (an inspector, the leadership) see every
finding with every name. A head of a unit sees the findings too, but what others could do alone is
not his to know: outside the units he sees, people are called by their posts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.people.bureau import Bureau
from zhongshu.office.people.models import Account

from . import queries


class Seer(NamedTuple):
    """Somebody who may look; `person` is his key, "" for an administrator."""

    person: str
    everybody: bool
    units: frozenset[int]


def seer(request: HttpRequest) -> Seer | None:
    """Who is at the keyboard, if he may look at findings."""
    if powers.sees(request.user, "processes"):
        return Seer("", True, frozenset())
    account = request.user
    if not isinstance(account, Account) or account.person is None:
        return None
    sight = people.bureau().sight.get(account.person.key)
    if sight is None or not (sight.bureau or sight.units):
        return None
    return Seer(account.person.key, sight.bureau, sight.units)


def may_look(request: HttpRequest) -> bool:
    """Whether the page of findings is for him."""
    return seer(request) is not None


def required(request: HttpRequest) -> Seer:
    """Who is looking; nobody else gets an answer."""
    found = seer(request)
    if found is None:
        raise PermissionDenied
    return found


def reader(request: HttpRequest) -> Seer:
    """Who reads the library: whoever may look at findings, and who may move matters between
    versions, since he has to know them; he is told of people by their posts."""
    found = seer(request)
    if found is None and queries.moves_somewhere(user=request.user):
        found = Seer(people.acting(request).person, False, frozenset())
    if found is None:
        raise PermissionDenied
    return found


def names(who: Seer, bureau: Bureau) -> Mapping[str, str]:
    """What people are called for this reader; posts and units keep their names."""
    if who.everybody:
        return bureau.names
    own = {key for key, unit in bureau.units.items() if unit in who.units or key == who.person}
    return {
        key: name if key in own or key not in bureau.units else _by_post(key, bureau)
        for key, name in bureau.names.items()
    }


def _by_post(key: str, bureau: Bureau) -> str:
    """Somebody by his highest post, or by his unit if he has none."""
    posts = bureau.posts.get(key, ())
    if posts:
        return bureau.names[posts[0]]
    unit = bureau.directory.people[key].unit
    return f"{bureau.names.get(unit, unit)}一人"
