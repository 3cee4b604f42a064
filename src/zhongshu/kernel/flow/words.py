"""Sentences for people: why something is refused and what to do next; what a step did. 用语.

Chinese first, English second. A sentence names people, posts and nodes, never anything out of the
paper. `Names` turns ids into names; whoever calls knows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from zhongshu.kernel.errors import Reason, Refused

from .case import Note, Outcome
from .refusal_words import REASONS
from .step_words import NOTES, TERMS

Language = Literal["zh", "en"]
Names = Mapping[str, str]


def say(reason: Reason, names: Names, language: Language = "zh") -> str:
    """The sentence of a reason."""
    return _fill(REASONS[reason.code], reason.about, names, language)


def refusal(refused: Refused, names: Names, language: Language = "zh") -> str:
    """All reasons, one a line, each sentence once."""
    lines = dict.fromkeys(say(reason, names, language) for reason in refused.reasons)
    return "\n".join(lines)


def tell(outcome: Outcome, names: Names, language: Language = "zh") -> list[str]:
    """What a step did, or, after a dry run, would do: sentence by sentence, then who is asked."""
    notes = outcome.event.notes if outcome.event else ()
    lines = [sentence(note, names, language) for note in notes]
    lines += [say(reason, names, language) for reason in _blocked(outcome)]
    people = dict.fromkeys(names.get(row.person, row.person) for row in outcome.asked if row.person)
    if people:
        joined = "、".join(people) if language == "zh" else ", ".join(people)
        lines.append(f"下一步：{joined}" if language == "zh" else f"next: {joined}")
    return list(dict.fromkeys(lines))


def _blocked(outcome: Outcome) -> list[Reason]:
    """Why slots that this step touched are blocked."""
    acts = outcome.event.acts if outcome.event else ()
    open_ = [act for act in acts if act.state == "open"]
    return [one for act in open_ for slot in act.slots for one in slot.reasons]


def sentence(note: Note, names: Names, language: Language = "zh") -> str:
    """The sentence of a note."""
    return _fill(NOTES[note.what], note.about, names, language)


def _fill(
    words: tuple[str, str],
    about: tuple[tuple[str, str], ...],
    names: Names,
    language: Language,
) -> str:
    place = 0 if language == "zh" else 1
    values = {
        key: names.get(value) or TERMS.get(value, (value, value))[place] for key, value in about
    }
    return words[place].format_map(_Blanks(values))


class _Blanks(dict[str, str]):
    """A name that was not given reads as nothing, instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return ""
