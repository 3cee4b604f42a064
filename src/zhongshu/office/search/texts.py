"""What a step adds to what can be searched: the form as it now is, and what was said. 可检索的文字.

Opinions are taken by the notes of the step, which name where each stands, so one that was there
before is not taken again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from zhongshu.kernel.flow.case import Activation, Ask, Event, Slot
from zhongshu.kernel.flow.definition import Definition

WRITTEN = frozenset({"text", "choice"})  # types of fields whose value is words


def of_form(definition: Definition, event: Event) -> str | None:
    """The words of the form, a line each; None if the step did not change it."""
    if event.content is None:
        return None
    lines: list[str] = []
    for field in definition.fields:
        value = event.content.values.get(field.name)
        if field.type in WRITTEN and isinstance(value, str | tuple):
            lines += [value] if isinstance(value, str) else value
    return "\n".join(lines)


def of_opinions(event: Event) -> Iterator[str]:
    """What was said in the step."""
    for note in event.notes:
        say = SAID.get(note.what)
        said = say(event, dict(note.about)) if say else ""
        if said.strip():
            yield said


About = Mapping[str, str]


def _slots(event: Event, about: About) -> Iterator[tuple[Activation, Slot]]:
    """The seat a note names, in its activation; the step changed it, so it is there."""
    return (
        (act, slot) for act in event.acts for slot in act.slots if str(slot.id) == about["slot"]
    )


def _decided(event: Event, about: About) -> str:
    return next((s.decision.opinion for _, s in _slots(event, about) if s.decision), "")


def _returned(event: Event, about: About) -> str:
    return next((act.cause for act, _ in _slots(event, about)), "")


def _handed(event: Event, about: About) -> str:
    return next((slot.via[-1].reason for _, slot in _slots(event, about) if slot.via), "")


def _asks(event: Event, about: About) -> Iterator[Ask]:
    return (
        ask for _, slot in _slots(event, about) for ask in slot.asks if str(ask.id) == about["ask"]
    )


def _asked(event: Event, about: About) -> str:
    return next((ask.question for ask in _asks(event, about)), "")


def _answered(event: Event, about: About) -> str:
    return next((ask.answer for ask in _asks(event, about)), "")


def _read(event: Event, about: About) -> str:
    return next((one.opinion for one in event.readings if str(one.id) == about["reading"]), "")


def _in_the_note(_event: Event, about: About) -> str:
    return about["opinion"]


SAID: Mapping[str, Callable[[Event, About], str]] = {
    **dict.fromkeys(("approve", "disapprove", "abstain", "done", "instruct"), _decided),
    **dict.fromkeys(("instructed", "override"), _in_the_note),
    "acknowledged": _read,
    "answered": _answered,
    "consulted": _asked,
    "sent_back": _returned,
    "transferred": _handed,
}
