"""What a new task already knows out of where it came from: a paper, a leader's words on it, a
target, a need. The form begins with it, and whoever establishes the task may still change it. 来源.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhongshu.kernel.supervision.rhythm import default_due
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.handling.asides import Opinion
from zhongshu.office.handling.sheet import sheet
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.origins import Told
from zhongshu.office.ui.parts import Choice

from .forms import leaders
from .models import Task
from .standing import rules

KINDS = {"incoming": Task.Source.SUPERIOR_DOCUMENT, "request": Task.Source.OWN_INSTRUCTION}
INSTRUCTIONS = "incoming.instruction"  # the register of superiors' instructions


@dataclass(frozen=True)
class Source:
    """Where a task comes from: a matter and perhaps an instruction on it, or what is no matter."""

    matter: Matter | None = None
    words: tuple[Opinion, ...] = ()
    chosen: int | None = None
    origin: str = ""
    came: Told | None = None

    @property
    def said(self) -> Opinion | None:
        """The instruction the task comes from."""
        return None if self.chosen is None else self.words[self.chosen]


def source_of(matter: Matter, asked: str, by: Actor) -> Source:
    """A matter as a source. Where a leader instructed on it the task comes from his last words,
    unless another instruction, or the paper itself, was asked for."""
    words = tuple(
        one
        for one in sheet(matter=matter, seen_by=by).opinions
        if one.kind == "instruct" and one.text.strip()
    )
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else None
    if number is not None and number < len(words):
        return Source(matter, words, number)
    if asked == "paper" or not words:
        return Source(matter, words)
    return Source(matter, words, len(words) - 1)


def chosen(source: Source) -> list[Choice]:
    """Which words a task may come from, where there are several."""
    if not source.words:
        return []
    paper = Choice(_("来文本身"), "?said=paper", source.chosen is None)
    said = [
        Choice(
            _("{who}批示").format(who=one.by) + f" {clock.local(one.at):%m-%d}",
            f"?said={number}",
            source.chosen == number,
        )
        for number, one in enumerate(source.words)
    ]
    return [paper, *said]


def first(source: Source) -> dict[str, object]:
    """What the form begins with."""
    known: dict[str, object] = {"rhythm": "plain"}
    if source.matter is not None:
        known |= _of_matter(source.matter)
    if source.said is not None:
        known |= _of_instruction(source.said, str(known.get("urgency", "")))
    if source.came is not None:
        known |= source.came.first
    rhythm = rules().rhythm[str(known["rhythm"])]
    due = default_due(clock.calendar(), rhythm, clock.now()).isoformat()
    return {"once": clock.token(), "due_on": due, **known}


def _of_matter(matter: Matter) -> dict[str, object]:
    superior = matter.series.code == INSTRUCTIONS
    known: dict[str, object] = {
        "rhythm": "instruction" if superior else "document",
        "title": matter.title,
        "source": Task.Source.SUPERIOR_INSTRUCTION
        if superior
        else KINDS.get(matter.kind, Task.Source.OWN_INSTRUCTION),
        "source_ref": matter.number,
        "grade": matter.grade,
        "urgency": matter.urgency,
    }
    if matter.due_at:
        known["due_on"] = clock.local(matter.due_at).date().isoformat()
    return known


def _of_instruction(said: Opinion, urgency: str) -> dict[str, object]:
    known: dict[str, object] = {
        "source": Task.Source.OWN_INSTRUCTION,
        "source_words": said.text,
        "rhythm": "urgent" if urgency in {"flash", "urgent"} else "instruction",
    }
    if said.actor in dict(leaders()):
        known["leader"] = said.actor
    return known
