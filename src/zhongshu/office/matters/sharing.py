"""Letting somebody see a matter that never came to him: his post has to know of it. 知会."""

from __future__ import annotations

from collections.abc import Iterable

from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people

from .models import Matter, Participant


def let_see(*, matter: Matter, persons: Iterable[str], by: Actor) -> None:
    """These people, by their keys, may see it from now on. Part of the caller's transaction; the
    entry says to whom it came, as that of a step does, so that a recount finds them."""
    pks = people.bureau().pks
    wanted = {pks[key]: key for key in persons if key in pks}
    known = Participant.objects.filter(matter=matter, person__in=wanted)
    fresh = wanted.keys() - set(known.values_list("person", flat=True))
    if fresh:
        now = clock.now()
        Participant.objects.bulk_create(
            [Participant(matter=matter, person_id=pk, since=now) for pk in sorted(fresh)],
            ignore_conflicts=True,
        )
        came = " ".join(sorted(wanted[pk] for pk in fresh))
        subject = f"matter:{matter.key}"
        journal.record(verb="matter.share", subject=subject, by=by, facts={"came": came})
