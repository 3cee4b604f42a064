"""Accounts: made by one administrator, activated by another, and ended at once. 账号."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import F

from zhongshu.kernel.errors import Reason, reason
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import deciding, names
from zhongshu.office.people.deciding import keep
from zhongshu.office.people.models import Account, FirstUse, OldPassword, Person
from zhongshu.office.people.powers import OFFICES
from zhongshu.office.people.writing import writing
from zhongshu.office.refusal import refuse

LINK_HOURS = 24
BACKWARDS = timedelta(minutes=5)  # so much a clock may be put right
LOGIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def first_administrators(*, called: Mapping[str, str], by: Actor) -> dict[str, str]:
    """The three administrators of a new installation, each with a one-time link's token.

    `called` gives their names by office; three different people. ValueError if there are any.
    """
    if Account.objects.exclude(office="").exists():
        raise ValueError("there are administrators already")
    if set(called) != {str(office) for office in OFFICES}:
        raise ValueError("one name for each of the three offices")
    tokens = {}
    with writing() as pen:
        tidy = {office: names.tidy(name) for office, name in called.items()}
        keep([reason("same_person")] if len(set(tidy.values())) < len(OFFICES) else [])
        for office, name in tidy.items():
            keep(deciding.of_name(name, 60))
            account = Account(username=office, office=office, name=name, is_active=True)
            account.set_unusable_password()
            account.save()
            tokens[office] = _link(account)
            pen.note("first_administrator", subject(account), by, {"office": office})
    return tokens


def create_account(
    *, username: str, by: Actor, person: Person | None = None, office: str = "", name: str = ""
) -> Account:
    """An account for a person, or for one of the three offices; it cannot sign in yet."""
    name = names.tidy(name)
    with writing() as pen:
        keep(_against_account(username, person))
        keep(_against_administrator(name, office) if person is None else ())
        account = Account(username=username, person=person, office=office, name=name)
        account.set_unusable_password()
        account.save()
        facts = {"office": office, "person": person.key if person else ""}
        pen.note("create_account", subject(account), by, facts)
    return account


def activate_account(*, account: Account, by: Actor) -> str:
    """The second half: the account may sign in. The token of its one-time link, or "" if it has
    a password already."""
    with writing() as pen:
        account.refresh_from_db()
        keep(_against_activating(account, by))
        account.is_active = True
        account.save(update_fields=["is_active"])
        token = "" if account.has_usable_password() else _link(account)
        pen.note("activate_account", subject(account), by, {"link": "yes" if token else "no"})
    return token


def suspend_account(*, account: Account, by: Actor, forget: bool = False) -> None:
    """The account can no longer sign in, and its sessions end now.

    `forget`: password and second factor are gone too, so that the next activation gives a new
    one-time link; for whoever has lost his.
    """
    with writing() as pen:
        account.refresh_from_db()
        keep(_against_suspending(account, by, forget=forget))
        account.is_active = False
        account.epoch += 1
        if forget:
            account.set_unusable_password()
            Authenticator.objects.filter(user=account).delete()
        account.save(update_fields=["is_active", "epoch", "password"])
        FirstUse.objects.filter(account=account, used_at=None).delete()
        facts = {"forget": "yes" if forget else "no"}
        pen.note("suspend_account", subject(account), by, facts)


def use_link(*, token: str, password: str) -> Account:
    """The one-time link gives its account the password. The password was found good before."""
    now = clock.now()
    with writing(who_is_who=False) as pen:
        link = link_of(token=token)
        # Whoever comes second finds nothing to change, also when both come at once.
        used = link and FirstUse.objects.filter(pk=link.pk, used_at=None).update(used_at=now)
        if link is None or not used:
            raise refuse("link_spent")
        account = link.account
        # One that came by mail replaces a password; then the others that were sent are spent too.
        how = "again" if account.has_usable_password() else "first"
        FirstUse.objects.filter(account=account, used_at=None).delete()
        _set_password(account, password, now)
        by = Actor(subject(account), account.office)
        pen.note("use_link", subject(account), by, {"password": how})
    return account


def change_password(*, account: Account, password: str) -> None:
    """A new password, found good before. Every other session of the account is void with it."""
    with writing(who_is_who=False) as pen:
        _set_password(account, password, clock.now())
        by = Actor(subject(account), account.office)
        pen.note("change_password", subject(account), by)


def void_sessions(*, account: Account, why: str, by: Actor) -> None:
    """End all sessions of an account now."""
    with writing(who_is_who=False) as pen:
        Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
        account.refresh_from_db(fields=["epoch"])
        pen.note("void_sessions", subject(account), by, {"why": why})


def note_sign_in(*, account: Account | None, how: str) -> None:
    """Somebody signed in, or tried to; whoever tried an unknown name is nobody."""
    with writing(who_is_who=False) as pen:
        who = subject(account) if account else "account:unknown"
        pen.note("sign_in", who, Actor(who, account.office if account else ""), {"how": how})


def link_of(*, token: str) -> FirstUse | None:
    """The one-time link with this token, if it is still good: a clock that is put back does not
    make it last longer."""
    digest, now = _digest(token), clock.now()
    found = FirstUse.objects.filter(
        digest=digest, used_at=None, until__gt=now, since__lte=now + BACKWARDS
    )
    return found.select_related("account__person").filter(account__is_active=True).first()


def link_for(account: Account, lasting: timedelta) -> str:
    """The token of one more link; part of the caller's transaction and of his line."""
    token = clock.random(32).hex()
    now = clock.now()
    FirstUse.objects.create(account=account, digest=_digest(token), since=now, until=now + lasting)
    return token


def subject(account: Account) -> str:
    """What the journal calls an account."""
    return f"account:{account.pk}"


def _against_account(username: str, person: Person | None) -> tuple[Reason, ...]:
    found = [] if LOGIN_NAME.fullmatch(username) else [reason("login_name_bad")]
    if Account.objects.filter(username__iexact=username).exists():
        found.append(reason("login_name_taken"))
    if person is not None:
        found += deciding.of_presence(person)
        if Account.objects.filter(person=person).exists():
            found.append(reason("account_exists", person=person.key))
    return tuple(found)


def _against_administrator(name: str, office: str) -> tuple[Reason, ...]:
    """One human must not sit in two offices; all that can be seen of him here is his name."""
    others = Account.objects.exclude(office__in=("", office)).filter(name=name, is_active=True)
    same = (reason("same_person"),) if others.exists() else ()
    return deciding.of_name(name, 60) + same


def _against_activating(account: Account, by: Actor) -> list[Reason]:
    found = [reason("account_active")] if account.is_active else []
    if subject(account) == by.person:
        found.append(reason("yourself"))
    if account.person is not None:
        found += deciding.of_presence(account.person)
    else:
        found += _against_administrator(account.name, account.office)
    return found


def _against_suspending(account: Account, by: Actor, *, forget: bool) -> list[Reason]:
    found = [] if account.is_active or forget else [reason("account_suspended")]
    if subject(account) == by.person:
        found.append(reason("yourself"))
    others = Account.objects.filter(office=account.office, is_active=True).exclude(pk=account.pk)
    if account.office and not others.exists():
        found.append(reason("last_administrator", office=account.office))
    return found


def _set_password(account: Account, password: str, now: datetime) -> None:
    account.set_password(password)
    account.password_set_at = now
    account.save(update_fields=["password", "password_set_at"])
    OldPassword.objects.create(account=account, hashed=account.password, at=now)


def _link(account: Account) -> str:
    """A fresh one-time link; the ones before are worth nothing any more."""
    FirstUse.objects.filter(account=account, used_at=None).delete()
    return link_for(account, timedelta(hours=LINK_HOURS))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
