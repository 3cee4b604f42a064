"""Boxes of ways on and their conditions: rows of field, comparison and value. 路径与条件的填空."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhongshu.apps.processes.editing import edges
from zhongshu.apps.processes.editing.conditions import (
    BARE,
    DEEPEST,
    LISTED,
    Group,
    Line,
    operators,
)
from zhongshu.apps.processes.editing.document import Table, field, text

from .controls import Control, Look, Maker
from .pickers import Options

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
CENTS = "分"
TOO_EARLY = gettext_lazy("没有条件：后面的都轮不到")


class LineBox(NamedTuple):
    """One comparison; its value may be several boxes of one name."""

    name: str
    no: Control
    field: Control
    operator: Control
    value: Control | None
    fault: str
    is_line: bool = True


class GroupBox(NamedTuple):
    """Comparisons and groups under "all" or "any"."""

    name: str
    word: Control
    parts: tuple[LineBox | GroupBox, ...]
    outer: bool
    nests: bool
    fault: str
    is_line: bool = False


class WayBox(NamedTuple):
    """One way on."""

    place: int
    name: str
    to: Control
    when: GroupBox | None
    told: str
    fault: str


class Ways(NamedTuple):
    """All ways under a key; `asks`: they may have conditions."""

    key: str
    rows: tuple[WayBox, ...]
    asks: bool


def ways_box(make: Maker, node: Table, key: str) -> Ways:
    """The ways on from a step."""
    found = edges.ways(node, key)
    kind = text(node, "kind")
    asks = kind != "split"
    if not found and key == "next":
        found = [edges.Way("", None)]  # there is always one to fill in
    last = len(found) - 1
    rows = []
    for place, one in enumerate(found):
        told = "" if one.when or not last else _("其余情形") if place == last else TOO_EARLY
        row = _way(make, one, key, place)
        rows.append(row._replace(told=str(told) if asks else _("一定走")))
    return Ways(key, tuple(rows), asks)


def _way(make: Maker, way: edges.Way, key: str, place: int) -> WayBox:
    name, spot = f"{key}-{place}", f"{key}[{place}]"
    steps = [Options("", make.pickers.steps())]
    to = make.select(f"{name}-to", _("走到"), way.to, steps, fault=make.fault(f"{spot}.to"))
    when = _group(make, way.when, f"{name}-when", 0) if way.when else None
    return WayBox(place, name, to, when, "", make.fault(spot))


def _group(make: Maker, group: Group, name: str, depth: int) -> GroupBox:
    words = (
        ("all", _("全部成立")), ("any", _("至少一条成立")),
        ("no-all", _("并非全部成立")), ("no-any", _("没有一条成立")),
    )  # fmt: skip
    word = f"no-{group.word}" if group.no else group.word
    which = Control(f"{name}-word", _("条件"), "select", (word,), (Options("", words),), bare=True)
    parts = tuple(
        _line(make, one, f"{name}-{place}")
        if isinstance(one, Line)
        else _group(make, one, f"{name}-{place}", depth + 1)
        for place, one in enumerate(group.parts)
    )
    nests = depth + 2 < DEEPEST
    return GroupBox(name, which, parts, depth == 0, nests, make.fault(group.where))


def _line(make: Maker, line: Line, name: str) -> LineBox:
    of = field(make.pickers.document, line.field)
    asked = make.select(
        f"{name}-field",
        _("字段"),
        line.field,
        [Options("", make.pickers.fields())],
        whole=True,
        bare=True,
    )
    compared = tuple((one, str(told)) for one, told in _operators().items() if one in operators(of))
    operator = make.select(
        f"{name}-operator", _("比较"), line.operator, [Options("", compared)], whole=True, bare=True
    )
    no = Control(f"{name}-no", _("取反"), "check", ("1",) if line.no else ())
    value = None if line.operator in BARE else _value(make, line, of, f"{name}-value")
    return LineBox(name, no, asked, operator, value, make.fault(line.where))


def _value(make: Maker, line: Line, of: Table, name: str) -> Control:
    options = _options(make, of)
    if line.operator in LISTED and options:
        return make.select(name, _("值"), "", options)._replace(
            look="rows", values=line.values, whole=True, bare=True
        )
    if line.operator in LISTED:
        return Control(name, _("值"), "many", line.values, whole=True, bare=True)
    value = line.values[0] if line.values else ""
    if options:
        return make.select(name, _("值"), value, options, bare=True)
    is_day = of.get("type") == "date" and (not value or DAY.match(value))
    money = of.get("type") == "number" and CENTS in text(of, "label") and value.isdigit()
    note = _("合 {yuan} 元").format(yuan=f"{int(value) / 100:,.2f}") if money else ""
    mode = "numeric" if of.get("type") == "number" else ""
    look: Look = "date" if is_day else "text"
    return Control(name, _("值"), look, (value,), note=note, mode=mode, bare=True)


def _options(make: Maker, of: Table) -> list[Options]:
    match text(of, "type"):
        case "choice":
            found = of.get("options")
            words = found if isinstance(found, list) else []
            return [Options("", tuple((str(one), str(one)) for one in words))]
        case "flag":
            return [Options("", (("true", _("是")), ("false", _("否"))))]
        case "person" | "post" | "unit" as kind:
            return make.pickers.of_seat(kind)
        case _:
            return []


def _operators() -> dict[str, str]:
    return {
        "=": _("等于"), "!=": _("不等于"), "<": _("小于"), "<=": _("不超过"), ">": _("大于"),
        ">=": _("不少于"), "in": _("是其中之一"), "not in": _("不是其中任何一个"), "has": _("包含"),
        "filled": _("已填"), "empty": _("未填"),
    }  # fmt: skip
