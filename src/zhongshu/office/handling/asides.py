"""What is said beside the decisions: opinions asked for and given, words of readers. 旁及的话."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from zhongshu.kernel.flow.case import Ask, Event
from zhongshu.office.people.bureau import Bureau


class Opinion(NamedTuple):
    """What somebody said: never edited, also when it was taken back or no longer counts."""

    kind: str
    stamp: str
    title: str
    word: str
    by: str
    behalf: str
    at: datetime
    text: str
    node: str = ""
    slot: int = 0
    actor: str = ""


def asides(event: Event, at: datetime, bureau: Bureau) -> Iterator[Opinion]:
    """What was asked, answered or remarked in one step; the notes of the step say where it is."""
    for note in event.notes:
        about = dict(note.about)
        for kind, stamp, title, text in _said(event, note.what, about, bureau):
            who = event.by.person
            name = bureau.names.get(who, who)
            if text.strip():
                yield Opinion(kind, stamp, title, "", name, "", at, text, "", 0, who)


def _said(
    event: Event, what: str, about: Mapping[str, str], bureau: Bureau
) -> Iterator[tuple[str, str, str, str]]:
    if what == "instructed":
        yield "instruct", "批", "批示", about.get("opinion", "")
    for ask in _ask(event, about) if what in {"consulted", "answered"} else ():
        asked = f"征求{bureau.names.get(ask.to, '')}意见"
        question = ("countersign", "询", asked, ask.question)
        yield question if what == "consulted" else ("countersign", "答", "答复", ask.answer)
    for one in event.readings if what == "acknowledged" else ():
        if str(one.id) == about.get("reading"):
            yield "do", "阅", "阅件意见", one.opinion


def _ask(event: Event, about: Mapping[str, str]) -> Iterator[Ask]:
    return (
        ask
        for act_ in event.acts
        for slot in act_.slots
        for ask in slot.asks
        if str(ask.id) == about.get("ask")
    )
