"""Whom the house's identity provider means: proposed by one administrator, confirmed by another,
taken away by one. 统一身份绑定."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.db.models import F

from zhongshu.kernel.errors import Reason, reason
from zhongshu.office.actor import Actor
from zhongshu.office.people.deciding import keep
from zhongshu.office.people.models import Account, Identity
from zhongshu.office.people.writing import writing

from .accounts import subject

LONGEST = 200  # signs of a subject


def propose_identity(*, account: Account, issuer: str, subject_: str, by: Actor) -> Identity:
    """Whom an identity provider means by this subject; nothing until somebody else confirms."""
    subject_ = subject_.strip()
    with writing() as pen:
        keep(_against_identity(account, issuer, subject_, by))
        row = Identity.objects.create(
            account=account, issuer=issuer, subject=subject_, proposed_by=by.person
        )
        pen.note("propose_identity", subject(account), by, {"issuer": issuer})
    return row


def confirm_identity(*, identity: Identity, by: Actor) -> None:
    """From now on this identity signs its account in."""
    with writing() as pen:
        identity.refresh_from_db()
        keep([reason("identity_confirmed")] if identity.confirmed_by else [])
        keep([reason("identity_same_hand")] if identity.proposed_by == by.person else [])
        identity.confirmed_by = by.person
        identity.save(update_fields=["confirmed_by"])
        pen.note("confirm_identity", subject(identity.account), by, {"issuer": identity.issuer})


def drop_identity(*, identity: Identity, by: Actor) -> None:
    """This identity signs nobody in any more, and whoever is in by it is out now."""
    with writing() as pen:
        account = identity.account
        keep([reason("yourself")] if subject(account) == by.person else [])
        if apps.is_installed("allauth.socialaccount"):  # or it would hold on to the old account
            known = import_module("allauth.socialaccount.models").SocialAccount
            known.objects.filter(user=account, uid=identity.subject).delete()
        Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
        pen.note("drop_identity", subject(account), by, {"issuer": identity.issuer})
        identity.delete()


def _against_identity(account: Account, issuer: str, subject_: str, by: Actor) -> list[Reason]:
    found = [] if issuer else [reason("no_provider")]
    if not subject_ or len(subject_) > LONGEST or not subject_.isprintable():
        found.append(reason("identity_shape", most=LONGEST))
    if subject(account) == by.person:
        found.append(reason("yourself"))
    if Identity.objects.filter(issuer=issuer, subject=subject_).exists():
        found.append(reason("identity_taken"))
    return found
