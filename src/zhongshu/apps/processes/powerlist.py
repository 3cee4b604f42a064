"""The list of powers: which post may do what, derived from the processes in force. 权力清单.

On a day in the past it is derived from the versions that were in force then, so two dates can be
put side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.kernel.duties.powers import Bounds, powers
from zhongshu.kernel.flow.definition import Definition, NodeKind
from zhongshu.kernel.flow.drawing.node_words import EFFECTS, KINDS, RELATIONS
from zhongshu.office import clock
from zhongshu.office.files.workbooks import workbook
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import queries as people


class Line(NamedTuple):
    """A power: who, in which process, at which step, what, for what amount, with what effect."""

    who: str
    process: str
    node: str
    act: str
    amount: str
    effect: str


class Group(NamedTuple):
    """All powers of one post."""

    who: str
    lines: tuple[Line, ...]


class Changed(NamedTuple):
    """A power that is there on one of two days only."""

    line: Line
    gained: bool


def on(*, day: date) -> tuple[Line, ...]:
    """Every power on a day, post by post."""
    called = people.names()
    return tuple(sorted({line for flow in _in_force(day) for line in _lines(flow, called)}))


def grouped(lines: Iterable[Line]) -> list[Group]:
    """Post by post."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.who, []).append(line)
    return [Group(who, tuple(many)) for who, many in found.items()]


def difference(*, before: date, after: date) -> list[Changed]:
    """What was gained and lost between two days."""
    old, new = set(on(day=before)), set(on(day=after))
    found = [Changed(line, gained=False) for line in old - new]
    found += [Changed(line, gained=True) for line in new - old]
    return sorted(found)


def spreadsheet(lines: Iterable[Line], day: date) -> bytes:
    """The list as a workbook; the same list of the same day is the same file."""
    heads = (_("岗位"), _("流程"), _("环节"), _("权力"), _("金额"), _("办成后"))
    foot = _("权力清单，{day} 在用的流程").format(day=day.isoformat())
    at = datetime.combine(day, time(), tzinfo=clock.ZONE)
    return workbook(title=_("权力清单"), heads=heads, rows=lines, foot=foot, at=at)


def _in_force(day: date) -> list[Definition]:
    """Of each process the version released last up to the end of a day. A process that was retired
    without a successor cannot be told from one in force, since nothing says when it was."""
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.ZONE)
    rows = Process.objects.filter(released_at__lt=end).order_by("code", "released_at", "version")
    last = dict(rows.values_list("code", "pk"))
    return [definition(pk) for pk in last.values()]


def _lines(flow: Definition, called: Mapping[str, str]) -> Iterable[Line]:
    for one in powers(flow):
        yield Line(
            _who(one.kind, one.ref, one.name, flow, called),
            one.process,
            one.node,
            KINDS[NodeKind(one.act)],
            "；".join(_amount(bounds) for bounds in one.amounts if bounds != (None, None)),
            "、".join(EFFECTS.get(word, word) for word in one.effects),
        )


def _who(kind: str, ref: str, name: str, flow: Definition, called: Mapping[str, str]) -> str:
    if kind == "relation":
        return RELATIONS.get(ref, ref)
    if kind == "field":
        label = flow.field[ref].label if ref in flow.field else ref
        return _("表中所填：{label}").format(label=label)
    if kind == "unit":
        return _("{unit}负责人").format(unit=called.get(ref, name or ref))
    return called.get(ref, name or ref)


def _amount(bounds: Bounds) -> str:
    low, high = bounds
    if low is None and high is not None:
        return _("{high}及以下").format(high=_yuan(high))
    if high is None and low is not None:
        return _("超过{low}").format(low=_yuan(low))
    return _("{low}以上至{high}").format(low=_yuan(low or 0), high=_yuan(high or 0))


def _yuan(cents: int) -> str:
    """Money as it is spoken of."""
    if cents and cents % 1_000_000 == 0:
        return _("{amount} 万元").format(amount=f"{cents // 1_000_000:,}")
    return _("{amount} 元").format(amount=f"{cents / 100:,.2f}".removesuffix(".00"))
