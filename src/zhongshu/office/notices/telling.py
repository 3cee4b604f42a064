"""From a step to who is told what, and from a notice to a sentence. Pure functions. 谁该知道."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from zhongshu.kernel.flow.case import Event, Note
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.step_words import TERMS

from .sentences import OWN, RULES, RUNGS, TODOS, WATCHED

KEPT = frozenset({"person", "before", "about", "state", "rung", "times"})  # no word of a paper
PLAIN = ("days",)  # numbers that a sentence names as they are

OVERDUE = "4"  # the rung on which the stand-in may act


class Told(NamedTuple):
    """One person, the code and names of a sentence, and how pressing it is."""

    person: str
    words: str
    about: Mapping[str, str]
    level: int


class Asked(NamedTuple):
    """A new to-do row: whose, what kind, at which node, for whom."""

    person: str
    what: str
    node: str
    behalf: str


def told(
    definition: Definition, event: Event, asked: tuple[Asked, ...], *, by: str, flash: bool
) -> list[Told]:
    """Who is told of a step: nobody twice the same, nobody what he did himself."""
    nodes = {node.id: node.name for node in definition.nodes}
    found: dict[tuple[str, str], Told] = {}
    busy = {row.person for row in asked}
    reasons: dict[str, str] = {}
    for note in event.notes:
        person = _to(event, note)
        if RULES[note.what].why:
            reasons.setdefault(person, note.what)
        if person and not (person in busy and (RULES[note.what].why or note.what == "voided")):
            about = {"by": by, **_about(note, nodes)}
            found[person, note.what] = Told(person, note.what, about, _level(note))
    for row in asked:
        about = {"by": by, "node": nodes.get(row.node, ""), "behalf": row.behalf}
        about |= _reason(event, reasons.get(row.person, ""), row.person)
        words = f"todo.{row.what}"
        found[row.person, words] = Told(row.person, words, _filled(about), TODOS[row.what][0])
    lift = 1 if flash else 0
    return [
        one._replace(level=min(2, one.level + lift)) for one in found.values() if one.person != by
    ]


def turn(event: Event, nodes: Mapping[str, str]) -> tuple[str, Mapping[str, str]] | None:
    """What of a step those who follow the matter are told: its code and its names."""
    for note in event.notes:
        about = dict(note.about)
        if note.what == "ended":
            return "ended", {"state": about.get("state", "")}
        if note.what == "sent_back":
            return "sent_back", {}
        if note.what == "reminded" and about.get("rung") == OVERDUE:
            return "overdue", {"node": nodes.get(about.get("node", ""), "")}
    return None


def to_watchers(
    definition: Definition, event: Event, watchers: Iterable[str], *, by: str, busy: Iterable[str]
) -> list[Told]:
    """Who follows a matter is told of its turns; not who did it, nor who is told of it anyway."""
    found = turn(event, {node.id: node.name for node in definition.nodes})
    if found is None:
        return []
    words, about = found
    told_anyway = {by, *busy}
    return [
        Told(one, f"watch.{words}", _filled({"by": by, **about}), WATCHED[words][0])
        for one in watchers
        if one not in told_anyway
    ]


def _to(event: Event, note: Note) -> str:
    about = dict(note.about)
    match RULES[note.what].to:
        case "named":
            return about.get("person", "")
        case "drafter":
            return event.head.drafters[-1] if event.head.drafters else event.head.initiator
        case "holder":
            return next(_holders(event, about.get("slot", "")), "")
        case _:
            return ""


def _holders(event: Event, slot: str) -> Iterator[str]:
    return (one.holder for act in event.acts for one in act.slots if str(one.id) == slot)


def _about(note: Note, nodes: Mapping[str, str]) -> dict[str, str]:
    about = dict(note.about)
    kept = {name: about[name] for name in about if name in KEPT}
    return _filled(kept | {"node": nodes.get(about.get("node", ""), "")})


def _filled(about: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in about.items() if value}


def _reason(event: Event, why: str, person: str) -> dict[str, str]:
    """Why somebody has a new row: the note that says so, and from whom it came."""
    for note in event.notes:
        about = dict(note.about)
        if why and note.what == why and about.get("person") in {person, event.by.person}:
            return {"why": why, "before": about.get("before", "")}
    return {}


def _level(note: Note) -> int:
    rung = dict(note.about).get("rung", "")
    return RUNGS[rung][0] if rung in RUNGS else RULES[note.what].level


def sentence(
    words: str, about: Mapping[str, str], names: Mapping[str, str], *, english: bool
) -> str:
    """What a notice says, in one of the two languages. Names are those of today."""
    which = 1 if english else 0
    said = {name: _name(value, names, which) for name, value in about.items()}
    said["node"] = about.get("node", ("此步", "this step")[which])
    said |= {name: about[name] for name in PLAIN if name in about}
    said["state"] = TERMS.get(about.get("state", ""), ("", ""))[which]
    filled = _Filled(("有人", "somebody")[which], said)
    told = _words(words, about)[which].format_map(filled)
    reason = about.get("why", "")
    why = (RULES[reason].zh, RULES[reason].en)[which] if reason in RULES else ""
    behalf = ("代{behalf}", "for {behalf}")[which] if "behalf" in about else ""
    brackets = [part.format_map(filled) for part in (why, behalf) if part]
    opened, parted, closed = (("（", "，", "）"), (" (", ", ", ")"))[which]
    return told + (f"{opened}{parted.join(brackets)}{closed}" if brackets else "")


class _Filled(dict[str, str]):
    """The names of a sentence, and a word for one that is missing."""

    def __init__(self, missing: str, names: Mapping[str, str]) -> None:
        super().__init__(names)
        self.missing = missing

    def __missing__(self, _name: str) -> str:
        return self.missing


def _name(key: str, names: Mapping[str, str], which: int) -> str:
    if key.startswith("system:"):
        return ("系统", "the system")[which]
    return names.get(key, ("有人", "somebody")[which])


def _words(words: str, about: Mapping[str, str]) -> tuple[str, str]:
    if words in OWN:
        return OWN[words][1:]
    rung = about.get("rung", "")
    if words == "reminded" and rung in RUNGS:
        return RUNGS[rung][1:]
    if words.startswith("watch."):
        return WATCHED[words.removeprefix("watch.")][1:]
    if words.startswith("todo."):
        return TODOS[words.removeprefix("todo.")][1:]
    return RULES[words].zh, RULES[words].en
