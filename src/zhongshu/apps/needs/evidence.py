"""Whose the papers of a need and of a shortage are: added by who answers for it. 佐证."""

from __future__ import annotations

from zhongshu.office.actor import Actor
from zhongshu.office.files import subjects

from . import queries
from .powers import keeps, of_unit


def _sees_need(actor: Actor, key: str) -> bool:
    return queries.needs(seen_by=actor).filter(key=key).exists()


def _answers(actor: Actor, key: str) -> bool:
    one = queries.needs(seen_by=actor).filter(key=key).first()
    return one is not None and (keeps(actor) or of_unit(actor, one.lead.code))


def _sees_shortage(actor: Actor, key: str) -> bool:
    return queries.shortages(seen_by=actor).filter(key=key).exists()


def _obtains(actor: Actor, key: str) -> bool:
    one = queries.shortages(seen_by=actor).filter(key=key).first()
    return one is not None and (keeps(actor) or of_unit(actor, one.owner.code))


def grade(_key: str) -> str:
    """Both registers are internal."""
    return "内部"


subjects.register("need", may_see=_sees_need, may_change=_answers, grade=grade)
subjects.register("shortage", may_see=_sees_shortage, may_change=_obtains, grade=grade)
