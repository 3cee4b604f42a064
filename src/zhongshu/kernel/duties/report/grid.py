"""Who may take which step, as rows and columns, with the weakest coalition in it. 人与步骤.

People with the same rights are one row, so that three hundred stay readable; whoever is in the
weakest coalition has a row of his own.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from zhongshu.kernel.duties.from_flow.exam import Exam
from zhongshu.kernel.duties.from_flow.rights import DRAFT
from zhongshu.kernel.duties.from_flow.survey import Sort
from zhongshu.kernel.duties.model import places_of
from zhongshu.kernel.flow.definition import Definition

from .exam import step_name

May = Literal["own", "other"]  # by one's own post, or only in somebody's place
OUTWARD = ("seal", "send", "pay")  # what cannot be taken back once it is done


class Column(NamedTuple):
    """A step. `alone`: it hangs on one person; `effect`: what leaves the house when it is done."""

    step: str
    name: str
    alone: bool
    effect: str


class Line(NamedTuple):
    """People with the same rights, and what they may do by column; `weak`: one of the weakest."""

    people: tuple[str, ...]
    may: tuple[tuple[int, May], ...]
    weak: bool


class Grid(NamedTuple):
    """Columns in the order of the process, lines in the order of their first step. `path` is the
    weakest coalition, as column and line; `unit` whose drafts it is about, if that matters."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    path: tuple[tuple[int, int], ...]
    unit: str


def grid(exam: Exam, definition: Definition) -> Grid:
    """The grid of the sort of drafter with whom the fewest can finish."""
    sort = exam.survey.weakest or exam.survey.sorts[0]
    steps = [DRAFT, *(place.key for place in sort.away.rights.places)]
    acting = {act.step: act.person for act in sort.acts}
    lines = _lines(sort, steps, frozenset(acting.values()))
    where = {person: number for number, line in enumerate(lines) for person in line.people}
    stuck = {node for point in exam.points for node in point.stuck}
    return Grid(
        tuple(_column(definition, step, stuck) for step in steps),
        lines,
        tuple((n, where[acting[step]]) for n, step in enumerate(steps) if step in acting),
        sort.example.unit,
    )


def _column(definition: Definition, step: str, stuck: set[str]) -> Column:
    id_ = step.rpartition(".")[0] or definition.draft.id
    effects = definition.by_id[id_].effects
    last = max((n for n, _ in enumerate(definition.by_id[id_].seats)), default=0)
    outward = next((one for one in OUTWARD if one in effects), "")
    is_last = step in {DRAFT, f"{id_}.{last}"}
    return Column(step, step_name(definition, step), id_ in stuck, outward if is_last else "")


def _lines(sort: Sort, steps: list[str], weak: frozenset[str]) -> tuple[Line, ...]:
    """Everybody who may do anything, gathered by what it is."""
    may: dict[int, dict[int, May]] = {}
    number = {step: place for place, step in enumerate(steps)}
    for grant in sort.away.whole.grants:
        column = number[grant.step]
        for place in places_of(grant.people):
            kind: May = "own" if grant.ground.kind == "own" else "other"
            may.setdefault(place, {}).setdefault(column, kind)
    staff = sort.away.whole.staff.people
    alike: dict[tuple[object, ...], list[str]] = {}
    for place, columns in sorted(may.items()):
        key, who = tuple(sorted(columns.items())), staff[place].key
        alike.setdefault((key, who if who in weak else ""), []).append(who)
    found = [Line(tuple(people), key, bool(who)) for (key, who), people in alike.items()]  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda line: (line.may[-1][0], line.may[0][0], -len(line.may))))
