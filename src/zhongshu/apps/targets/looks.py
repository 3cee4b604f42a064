"""The tree of targets as its pages show it: rows with quarters, lights and points. 显示."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongshu.kernel.supervision import quarters, scores
from zhongshu.kernel.supervision.lights import Light
from zhongshu.kernel.supervision.rules import Rules
from zhongshu.kernel.supervision.scores import SORTS, Sort
from zhongshu.kernel.supervision.targets import COLUMNS
from zhongshu.kernel.supervision.targets import Node as Read
from zhongshu.kernel.supervision.words import Sentence
from zhongshu.office.actor import Actor
from zhongshu.office.matters import origins
from zhongshu.office.matters.ruling import rules
from zhongshu.office.ui.parts import Cell
from zhongshu.office.ui.parts import Row as Bar

from . import queries
from .models import Node, Plan, Result
from .origin import subject

WORDS = {
    Light.RED: "滞后",
    Light.AMBER: "预警",
    Light.GREEN: "正常",
    Light.GREY: "未报",
}


class Row(NamedTuple):
    """One row of the tree."""

    node: Node
    now: str
    cells: list[Cell]
    light: str
    word: str
    why: str
    kind: str
    score: scores.Score | None
    done: float
    begun: Sequence[origins.Begun] = ()


class Tree(NamedTuple):
    """The whole tree with the result of its year."""

    rows: list[Row]
    year: scores.Year
    lights: dict[str, int]


def tree(plan: Plan, nodes: Iterable[Node], seen_by: Actor) -> Tree:
    """Rows in order, each with its tasks as far as this reader may see them, and the score as the
    kernel counts it."""
    listed = list(nodes)
    got = queries.reached(listed)
    edition = rules()
    scored = queries.scored(listed, got)
    counted = scores.year(scored, queries.adjustments(year=plan.year), edition)
    points = {one.code: one for one in counted.scores}
    begun = origins.begun([subject(node) for node in listed if node.level > 1], seen_by=seen_by)
    rows = [
        row(node, got.get(node.indicator_id or 0), points.get(node.code), edition)._replace(
            begun=begun.get(subject(node), ())
        )
        for node in listed
    ]
    lights = [one.light for one in rows if one.light]
    return Tree(rows, counted, {light: lights.count(light) for light in set(lights)})


def row(
    node: Node, got: list[Result | None] | None, score: scores.Score | None, edition: Rules
) -> Row:
    """What a row shows."""
    if node.level != 2 or got is None:
        return Row(node, "", [], "", "", "", node.definition, None, 0.0)
    course = queries.course(node, got)
    found = quarters.shown(course, edition)
    latest = quarters.reached_at(course, 3)
    states = quarters.cells(course)
    cells = [
        Cell(number(planned), state) for planned, state in zip(node.planned, states, strict=True)
    ]
    return Row(
        node,
        standing(node, latest),
        cells,
        found.light,
        _(WORDS[found.light]),
        said(found.why),
        said(SORTS[Sort(node.sort)]),
        score,
        share(node, latest),
    )


def standing(node: Node, latest: Decimal | None) -> str:
    """What was reached of the aim; of a qualitative one, how much is done."""
    reached = number(latest) or "—"
    if node.sort == Sort.QUALITY:
        return f"{reached}%"
    return f"{reached} / {number(node.aim) or '—'} {node.unit}".strip()


def share(node: Node, latest: Decimal | None) -> float:
    """How much of the way to the aim, in percent, between nought and a hundred."""
    if latest is None:
        return 0.0
    if node.sort == Sort.QUALITY:
        return float(min(latest, Decimal(100)))
    if not node.aim:
        return 0.0
    ratio = Fraction(latest) / Fraction(node.aim)
    if node.sort == Sort.DOWN:
        ratio = Fraction(2) - ratio
    return round(float(max(Fraction(0), min(ratio, Fraction(1)))) * 100, 1)


def bars(rows: Iterable[Row]) -> list[Bar]:
    """The wall chart: how far each indicator is, red where it lags."""
    return [
        Bar(
            f"{one.node.code} {one.node.name}"[:12],
            one.done,
            f"{one.now}，{one.word}",
            one.light == "red",
        )
        for one in rows
        if one.light
    ]


def number(value: Decimal | None) -> str:
    """A number without zeros behind the point; nothing for none."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def said(sentence: Sentence) -> str:
    """The sentence in the language of the page."""
    return sentence.en if (get_language() or "").startswith("en") else sentence.zh


def table(nodes: Iterable[Node]) -> list[tuple[str, ...]]:
    """The tree as the table it is imported from: take it away, change it, put it forward."""
    names = {1: "目标", 2: "指标", 3: "措施"}
    rows: list[tuple[str, ...]] = [COLUMNS]
    for node in nodes:
        plain = [_plain(one) for one in (node.base, node.aim, *node.planned)]
        sort = SORTS[Sort(node.sort)].zh if node.sort else ""
        rows.append(
            (
                *(names[node.level], node.code, node.name, _plain(node.weight), sort, node.unit),
                *plain,
                node.leader.name if node.leader else "",
                node.lead.name if node.lead else "",
                "、".join(unit.name for unit in node.assists.all()),
                node.definition,
                node.ground,
            )
        )
    return rows


def line_of(node: Read) -> tuple[str, ...]:
    """A row that was read out of a table and is not kept yet, as the table has it."""
    names = {1: "目标", 2: "指标", 3: "措施"}
    return (
        *(names[node.level], node.code, node.name, _plain(node.weight)),
        *(SORTS[node.sort].zh if node.sort else "", node.unit),
        *(_plain(one) for one in (node.base, node.aim, *node.quarters)),
        *(node.leader, node.lead, "、".join(node.assists), node.definition, node.ground),
    )


def _plain(value: Decimal | None) -> str:
    return number(value).replace(",", "")


class Change(NamedTuple):
    """What a new version changes in one row."""

    code: str
    name: str
    what: str
    before: str
    after: str


def changes(before: Iterable[Node], after: Iterable[Node]) -> list[Change]:
    """What a version changes against another, row by row and column by column."""
    return differences(table(before), table(after))


def differences(
    before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]
) -> list[Change]:
    """What one table changes against another; each with its headings."""
    old = {line[1]: line for line in before[1:]}
    new = {line[1]: line for line in after[1:]}
    found = [
        Change(code, line[2], _("新增"), "", "") for code, line in new.items() if code not in old
    ]
    found += [
        Change(code, line[2], _("删去"), "", "") for code, line in old.items() if code not in new
    ]
    for code, line in new.items():
        for column, was, is_ in zip(COLUMNS, old.get(code, line), line, strict=True):
            if was != is_:
                found.append(Change(code, line[2], column, was, is_))
    return found
