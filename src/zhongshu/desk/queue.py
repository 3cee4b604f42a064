"""The desk's queue as its page shows it: bands, reasons, places between heavy and light. 案头."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import get_language

from zhongshu.kernel.triage import Mark
from zhongshu.kernel.triage.urgency import NAMES
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import queue
from zhongshu.office.matters.models import Todo
from zhongshu.office.matters.processes import definition
from zhongshu.office.matters.queries import NEVER
from zhongshu.office.people import queries as people
from zhongshu.office.ui.parts import Place as Dot

SHOWN = 40
ASKS = {"do": "办理", "claim": "认领", "answer": "答复", "revise": "修改"}
MARKED = {Mark.FLASH: "flash", Mark.URGENT: "flash", Mark.PRESSING: "urgent"}
DAY = 420  # working minutes
HORIZON = 10 * DAY  # the left edge of the picture: two working weeks away


class Row(NamedTuple):
    """One row of the queue."""

    number: int
    todo: Todo
    why: str
    mark: str
    mark_text: str
    more: str
    ask: str
    due: int | None


class Desk(NamedTuple):
    """The whole queue: the big matter held up, then all in order."""

    held: Row | None
    rows: list[Row]
    dots: list[Dot]


def desk(*, seen_by: Actor) -> Desk:
    """What this person has to do."""
    now = clock.calendar().minute(clock.now())
    english = (get_language() or "").startswith("en")
    held: Row | None = None
    rows: list[Row] = []
    for place in queue.desk(seen_by=seen_by, limit=SHOWN):
        row = row_of(len(rows) + 1, place, now, english=english)
        if place.held:
            held = row
        else:
            rows.append(row)
    return Desk(held, rows, [_dot(row, now) for row in rows[:12]])


def row_of(number: int, place: queue.Place, now: int, *, english: bool) -> Row:
    """One thing to do, as a row."""
    todo, matter = place.todo, place.todo.matter
    first, rest = (told.en if english else told.zh for told in (place.why.first, place.why.rest))
    mark, text = _mark(todo, now, english=english)
    if mark == "late":
        text, first = first, ""
    behalf = people.names().get(todo.behalf, "")
    said = (f"代 {behalf}" if behalf else matter.why_weight, rest)
    more = (", " if english else "，").join(one for one in said if one)
    node = definition(matter.process_id).by_id.get(todo.node)
    ask = node.name if node and todo.what == Todo.What.DO else ASKS.get(todo.what, "")
    return Row(number, todo, first, mark, text, more, ask, None if todo.due >= NEVER else todo.due)


def _mark(todo: Todo, now: int, *, english: bool) -> tuple[str, str]:
    urgency = Mark(todo.matter.urgency)
    if todo.due < now:
        return "late", "late" if english else "逾期"
    if urgency in MARKED:
        return MARKED[urgency], NAMES[urgency][1 if english else 0]
    if todo.weight >= 5:
        return "major", "major" if english else "大事"
    return "", ""


def _dot(row: Row, now: int) -> Dot:
    """Nearer its due time is further right, heavier is higher."""
    left = HORIZON if row.due is None else max(0, min(HORIZON, row.due - now))
    weight = {1: 0.12, 2: 0.3, 3: 0.5, 5: 0.75, 8: 0.95}.get(row.todo.weight, 0.5)
    matter = row.todo.matter
    return Dot(row.number, f"#row-{row.number}", matter.title, 1 - left / HORIZON, weight)
