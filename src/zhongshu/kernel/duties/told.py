"""Findings told to people, in Chinese and English: what blocks, what cures, what conflicts."""

from __future__ import annotations

from collections.abc import Sequence

from .absence import Blocking, Cure, Pillar
from .conflict import Conflict
from .model import Label, Process, Way
from .story import listed, tell_group

NOBODY = Label("再来一人", "a newcomer")


def tell_way(process: Process, way: Way) -> Label:
    """A way by its steps."""
    labels = [step.label for step in process.steps if step.key in way]
    return Label("—".join(label.zh for label in labels), " - ".join(label.en for label in labels))


def tell_blocking(process: Process, found: Blocking) -> Label:
    """Whose absence blocks which way."""
    way = tell_way(process, found.way)
    if not found.people:
        return Label(f"人都在也办不成：{way.zh}。", f"Blocked even with everybody there: {way.en}.")
    who = tell_group(process.staff, found.groups)
    return Label(
        f"{who.zh}不在，就办不成：{way.zh}。", f"Without {who.en} this is blocked: {way.en}."
    )


def tell_pillar(process: Process, found: Pillar) -> Label:
    """One person who may never be missing."""
    who = process.staff.people[found.place].label
    ways = [tell_way(process, way) for way in found.ways]
    return Label(
        f"只要{who.zh}不在，就办不成：{'；'.join(way.zh for way in ways)}。",
        f"{who.en} alone can block: {'; '.join(way.en for way in ways)}.",
    )


def tell_cure(process: Process, found: Cure) -> Label:
    """Who could be added to which step."""
    step = next(step.label for step in process.steps if step.key == found.step)
    some = [tell_group(process.staff, ((found.crowd, 1),))] if found.crowd else []
    some += [NOBODY] if found.anybody else []
    zh, en = "，或".join(who.zh for who in some), ", or ".join(who.en for who in some)
    return Label(
        f"“{step.zh}”加上{zh}，就能办成。", f"Possible if {en} may do this too: {step.en}."
    )


def tell_conflict(process: Process, found: Conflict) -> Label:
    """Why a way is impossible."""
    zh, en = [], []
    if found.rules:
        zh.append(f"在岗的人不能同时满足：{_quoted(found.rules, '“”')}")
        en.append(f"the people there are cannot keep together: {_quoted(found.rules, '“”')}")
    if found.unstaffed:
        steps = [step.label for step in process.steps if step.key in found.unstaffed]
        zh.append(f"无人可办：{'、'.join(step.zh for step in steps)}")
        en.append(f"nobody may do this: {listed([step.en for step in steps])}")
    if not found.minimal:
        zh.append("其中有的规矩可能无关（没有算完）")
        en.append("some of the rules may not matter (not decided)")
    return Label("；".join(zh) + "。", "; ".join(en) + ".")


def _quoted(names: Sequence[str], marks: str) -> str:
    return "".join(f"{marks[0]}{name}{marks[1]}" for name in names)
