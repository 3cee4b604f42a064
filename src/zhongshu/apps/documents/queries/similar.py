"""What the last similar document tells about this one: who read it, how long it is kept. 参照."""

from __future__ import annotations

from zhongshu.apps.documents.archiving import scheme_on
from zhongshu.apps.documents.models import Incoming
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.queries import visible
from zhongshu.office.people import queries as people

LOOKED_AT = 5  # how many of the last ones are read before one gives up


def readers(*, incoming: Incoming, seen_by: Actor) -> tuple[str, ...]:
    """Who read the last document for information from the same source, then of the same register;
    without those who have left. Nobody if there is none."""
    gone = {key for key, one in people.directory().people.items() if one.gone}
    among = Incoming.objects.filter(
        purpose=Incoming.Purpose.INFORMATION, matter__lt=incoming.pk
    ).filter(matter__in=visible(seen_by=seen_by, one_by_one=True))
    for alike in ({"source": incoming.source}, {"register": incoming.register}):
        found = among.filter(**alike).select_related("matter__case").order_by("-matter")
        for one in found[:LOOKED_AT]:
            named = load_case(one.matter.case.text).content.values.get("readers", ())
            if isinstance(named, tuple) and named:
                return tuple(key for key in named if key not in gone)
    return ()


def period(*, incoming: Incoming) -> tuple[str, str]:
    """The period of retention that the unit's table proposes, and why; nothing without one."""
    scheme = scheme_on(clock.local(clock.now()).date())
    for row in scheme.periods if scheme else ():
        if row.get("register") in {"", incoming.register} and row.get("purpose") in {
            "",
            incoming.purpose,
        }:
            return row.get("period", ""), row.get("why", "")
    return "", ""
