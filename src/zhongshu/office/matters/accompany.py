"""Every write beside the flow: remarks, watching, tags, links. 留言、关注、标签、关联.

Whoever may see a matter may do these; nothing of it moves the matter or widens anybody's sight.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import refuse

from . import happenings
from .models import Comment, Link, Matter, Tag, Watch
from .queries import key_of, visible

MOST_TAGS = 12
LONGEST_TAG = 40


def comment(*, key: str, text: str, by: Actor, once: str = "") -> Comment:
    """A remark on a matter. With `once`, pressed twice it is still one remark."""
    said = text.strip()
    if not said:
        raise refuse("empty_comment")
    name, person = once or clock.token(), _person(by)
    try:
        with _beside(key, by) as matter:
            return _comment(matter, said, name, by)
    except IntegrityError:
        first = Comment.objects.filter(by=person, once=name).first()
        if first is None:
            raise
        return first


def _comment(matter: Matter, said: str, once: str, by: Actor) -> Comment:
    now = clock.now()
    entry = journal.record(
        verb="matter.comment",
        subject=f"matter:{matter.key}",
        by=by,
        seals={"text": said},
        at=now,
    )
    row = Comment.objects.create(
        matter=matter, by_id=_person(by), text=said, at=now, once=once, entry=entry
    )
    happenings.tell_said(happenings.Said(matter, by))
    return row


def watch(*, key: str, by: Actor) -> None:
    """Hear from now on how a matter goes. Twice is once."""
    with _beside(key, by) as matter:
        _, fresh = Watch.objects.get_or_create(
            matter=matter, person_id=_person(by), defaults={"since": clock.now()}
        )
        if fresh:
            _note("watch", matter, by)


def unwatch(*, key: str, by: Actor) -> None:
    """Hear no more of it."""
    with _beside(key, by) as matter:
        gone, _ = Watch.objects.filter(matter=matter, person=_person(by)).delete()
        if gone:
            _note("unwatch", matter, by)


def tag(*, key: str, name: str, by: Actor) -> None:
    """Put a word on a matter. Twice is once."""
    word = unicodedata.normalize("NFKC", name).strip()
    if not word or len(word) > LONGEST_TAG:
        raise refuse("bad_tag")
    with _beside(key, by) as matter:
        if matter.tags.filter(name=word).exists():
            return
        if matter.tags.count() >= MOST_TAGS:
            raise refuse("too_many_tags", most=MOST_TAGS)
        matter.tags.add(Tag.objects.get_or_create(name=word)[0])
        _note("tag", matter, by, tag=word)


def untag(*, key: str, name: str, by: Actor) -> None:
    """Take a word off a matter."""
    with _beside(key, by) as matter:
        found = matter.tags.filter(name=name).first()
        if found is not None:
            matter.tags.remove(found)
            _note("untag", matter, by, tag=name)


def link(*, key: str, other: str, by: Actor) -> None:
    """Say that two matters have to do with each other; `other` by number or key. He must be
    allowed to see both, and what he may not see is not there."""
    with _beside(key, by) as matter:
        found = visible(seen_by=by).filter(key=key_of(number=other.strip())).first()
        if found is None:
            raise refuse("no_other_matter")
        if found.pk == matter.pk:
            raise refuse("same_matter")
        join(earlier=matter, later=found, why=Link.Why.RELATED, by=by)


def unlink(*, key: str, other: str, by: Actor) -> None:
    """Take back a link that somebody made. Those that a process made stay."""
    with _beside(key, by) as matter:
        found = visible(seen_by=by).filter(key=other).first()
        if found is None:
            raise refuse("no_other_matter")
        for one, two in ((matter, found), (found, matter)):
            rows = Link.objects.filter(earlier=one, later=two, why=Link.Why.RELATED)
            if rows.delete()[0]:
                _noted_link("matter.unlink", one, two, Link.Why.RELATED, by)


def join(*, earlier: Matter, later: Matter, why: Link.Why, by: Actor) -> None:
    """Keep that one matter follows from another, in the caller's transaction. Twice is once."""
    _, fresh = Link.objects.get_or_create(earlier=earlier, later=later, why=why)
    if fresh:
        _noted_link("matter.link", earlier, later, why, by)


def _noted_link(verb: str, earlier: Matter, later: Matter, why: Link.Why, by: Actor) -> None:
    facts = {"later": later.key, "why": str(why)}
    journal.record(verb=verb, subject=f"matter:{earlier.key}", by=by, facts=facts)


@contextmanager
def _beside(key: str, by: Actor) -> Iterator[Matter]:
    """One durable transaction about a matter that he may see; one that is not his is not there."""
    with transaction.atomic(durable=True):
        matter = visible(seen_by=by).filter(key=key).first()
        if matter is None:
            raise refuse("no_matter")
        yield matter


def _note(verb: str, matter: Matter, by: Actor, **seals: str) -> None:
    journal.record(verb=f"matter.{verb}", subject=f"matter:{matter.key}", by=by, seals=seals)


def _person(by: Actor) -> int:
    return people.bureau().pks.get(by.person, 0)
