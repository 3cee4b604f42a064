"""Who of the three administrators may do what. 三员分立.

Every power belongs to exactly one of them, and an account has one office or none, so nobody can
hold two columns. None of the powers reads or changes business: administrators are not persons of
the bureau, and no process can name them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from .accounts import Account

SYSTEM, SECURITY, AUDIT = Account.Office.SYSTEM, Account.Office.SECURITY, Account.Office.AUDIT
OFFICES = (SYSTEM, SECURITY, AUDIT)

POWERS: Mapping[str, Account.Office] = MappingProxyType(
    {
        "account.create": SYSTEM,
        "account.suspend": SYSTEM,
        "account.activate": SECURITY,
        "role.grant": SECURITY,
        "clearance.set": SECURITY,
        "organisation.change": SYSTEM,
        "organisation.release": SECURITY,
        "calendar.change": SYSTEM,
        "storage.manage": SYSTEM,
        "backup.make": SYSTEM,
        "process.propose": SYSTEM,
        "process.release": SECURITY,
        "policy.change": SECURITY,
        "acts.read_administrators": AUDIT,
        "journal.verify": AUDIT,
        "journal.export": AUDIT,
    }
)

# What may be looked at, and by whom; looking changes nothing, so it may be shared.
SIGHTS: Mapping[str, frozenset[Account.Office]] = MappingProxyType(
    {
        "accounts": frozenset(OFFICES),
        "imports": frozenset(OFFICES),
        "processes": frozenset(OFFICES),
        "policy": frozenset({SECURITY, AUDIT}),
        "acts.users": frozenset({SECURITY, AUDIT}),
    }
)

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def has(account: object, power: str) -> bool:
    """Whether this account has a power. KeyError if there is no such power."""
    return isinstance(account, Account) and account.is_active and account.office == POWERS[power]


def sees(account: object, sight: str) -> bool:
    """Whether this account may look at something. KeyError if there is no such thing."""
    return isinstance(account, Account) and account.is_active and account.office in SIGHTS[sight]


def require(power: str) -> Callable[[View[Rest]], View[Rest]]:
    """A view for whoever has this power; everybody else is refused."""
    _ = POWERS[power]  # a power that does not exist is found when the module is loaded
    return _guard(lambda request: has(request.user, power))


def require_sight(sight: str) -> Callable[[View[Rest]], View[Rest]]:
    """A view for whoever may look at this."""
    _ = SIGHTS[sight]
    return _guard(lambda request: sees(request.user, sight))


def require_person(view: View[Rest]) -> View[Rest]:
    """A view for people of the bureau; administrators have no business there."""
    return _guard(in_business)(view)


def in_business(request: HttpRequest) -> bool:
    """Whether somebody of the bureau is at the keyboard, and not one of its administrators."""
    return isinstance(request.user, Account) and request.user.person_id is not None


def _guard(may: Callable[[HttpRequest], bool]) -> Callable[[View[Rest]], View[Rest]]:
    def _guarding(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def _guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not may(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View[Rest]", _guarded)

    return _guarding
