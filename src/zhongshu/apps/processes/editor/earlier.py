"""How a sketch once stood: what changed each time, and two states side by side in words. 历次."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from zhongshu.apps.processes import library, queries
from zhongshu.apps.processes.models import Kept, Sketch
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.text.document import comments, load
from zhongshu.kernel.flow.text.format import read
from zhongshu.office.matters.models import Process

from .judging import PARTS

AT_ONCE = 20  # rows of the list


class Time(NamedTuple):
    """One time that the sketch was kept: which part, and what it changed."""

    number: int
    at: datetime
    part: str
    changes: tuple[library.Said, ...]
    lost: int
    words: str


class State(NamedTuple):
    """Something that can be compared: how it is asked for, what it is called."""

    key: str
    name: str


def listed(sketch: Sketch, until: str) -> dict[str, Any]:
    """The times before a number, the latest first, each compared with the one before it."""
    rows = queries.kept(sketch=sketch)
    if until.isdecimal() and len(until) < 9:
        rows = rows.filter(number__lte=int(until))
    found = list(rows[: AT_ONCE + 1])
    times = [_time(row, before) for row, before in zip(found, [*found[1:], None], strict=True)]
    onward = found[AT_ONCE].number if len(found) > AT_ONCE else 0
    return {"times": times[:AT_ONCE], "onward": onward, "newest": sketch.number}


def _time(row: Kept, before: Kept | None) -> Time:
    key, _colon, name = row.part.partition(":")
    if before is None:
        return Time(row.number, row.at, _what(key, name), (), 0, _("从这里开始"))
    old, new = read(before.text), read(row.text)
    lost = comments(before.text) if load(row.text) is not None and not comments(row.text) else 0
    if isinstance(old, Definition) and isinstance(new, Definition):
        changes = tuple(library.compared(old, new))
        return Time(row.number, row.at, _what(key, name), changes, lost, "")
    told = _("还没填完，逐条的不同说不出来")
    return Time(row.number, row.at, _what(key, name), (), lost, told)


def _what(key: str, name: str) -> str:
    known = {"begun": _("起稿"), "text": _("改正文"), "back": _("回到以前"), **PARTS()}
    return known.get(key) or _("步骤“{name}”").format(name=name)


def compared(sketch: Sketch, old: str, new: str) -> dict[str, Any]:
    """Two states in words. Without a choice: the version in force, and the sketch as it is."""
    code = str((load(sketch.text) or {}).get("id", ""))[:60]
    versions = list(queries.versions(code=code))
    states = [
        State("now", _("本稿现在")),
        *(State(f"v{one.version}", _version(one)) for one in versions),
        *(
            State(f"k{one.number}", _("本稿第 {n} 次").format(n=one.number))
            for one in queries.kept(sketch=sketch)[1:100]
        ),
    ]
    known = {one.key: one.name for one in states}
    usual = f"v{versions[0].version}" if versions else f"k{1}"
    force = next((v for v in versions if v.state == Process.State.RELEASED), None)
    usual = f"v{force.version}" if force else usual
    old, new = old if old in known else usual, new if new in known else "now"
    texts = [_text(sketch, code, one) for one in (old, new)]
    flows = [read(one) for one in texts]
    one, other = flows
    both = isinstance(one, Definition) and isinstance(other, Definition)
    return {
        "states": states,
        "old": old,
        "new": new,
        "names": [known.get(old, old), known.get(new, new)],
        "compared": library.compared(one, other)
        if isinstance(one, Definition) and isinstance(other, Definition)
        else (),
        "unread": not both,
    }


def _version(one: Process) -> str:
    told = _("第 {version} 版").format(version=one.version)
    return f"{told}（{one.get_state_display()}）"


def _text(sketch: Sketch, code: str, state: str) -> str:
    """The text of a state; what is not there is empty."""
    if state == "now":
        return sketch.text
    number = int(state[1:])
    if state[0] == "v":
        found = queries.version(code=code, number=number)
        return found.text if found else ""
    kept = queries.kept(sketch=sketch).filter(number=number).first()
    return kept.text if kept else ""
