"""Whose file it is. The owner of a subject registers who may see it; nobody else may. 归属。

A subject is "prefix:id", as in the journal: "matter:" and the key of a matter. A prefix that nobody
registered is seen by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from zhongshu.office.actor import Actor

Question = Callable[[Actor, str], bool]


def _no(_actor: Actor, _id: str) -> bool:
    return False


def _nothing(_id: str) -> str:
    return ""


class Subject(NamedTuple):
    """The answers of an owner: who may see, who may add and remove, which information class."""

    may_see: Question = _no
    may_change: Question = _no
    grade: Callable[[str], str] = _nothing


_owners: dict[str, Subject] = {}


def register(
    prefix: str,
    *,
    may_see: Question,
    may_change: Question = _no,
    grade: Callable[[str], str] = _nothing,
) -> None:
    """Own a prefix, from the `ready` of an app. `grade` is the word for the watermark, 内部."""
    if ":" in prefix or prefix in _owners:
        raise ValueError(f"the prefix {prefix} is taken or has a colon")
    _owners[prefix] = Subject(may_see, may_change, grade)


def forget(prefix: str) -> None:
    """Give a prefix up; for tests."""
    _owners.pop(prefix, None)


def _owner(subject: str) -> tuple[Subject, str]:
    """Who answers for a subject, and its id."""
    prefix, _, id_ = subject.partition(":")
    return _owners.get(prefix, Subject()), id_


def may_see(actor: Actor, subject: str) -> bool:
    """Whether this person may see the files of a subject."""
    owner, id_ = _owner(subject)
    return bool(id_) and owner.may_see(actor, id_)


def may_change(actor: Actor, subject: str) -> bool:
    """Whether this person may add files to it and remove them."""
    owner, id_ = _owner(subject)
    return bool(id_) and owner.may_see(actor, id_) and owner.may_change(actor, id_)


def grade(subject: str) -> str:
    """The information class of a subject in a word, for the watermark."""
    owner, id_ = _owner(subject)
    return owner.grade(id_)
