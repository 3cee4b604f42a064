"""The forms of the parts of a process, section by section. 各部分的表单."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from zhongshu.apps.processes.editing import edges, seats, steps
from zhongshu.apps.processes.editing.document import Table, fields, tables, text
from zhongshu.apps.processes.editing.settings import BASICS, FIELD, SEAT, Group, of_kind

from .controls import Control, Maker
from .pickers import Options
from .waybox import Ways, ways_box


class Section(NamedTuple):
    """Boxes under a heading. `open`: shown at once; `said`: what is set while it is closed."""

    key: str
    title: str
    controls: tuple[Control, ...] = ()
    open: bool = True
    seats: SeatBoxes | None = None
    ways: Ways | None = None
    fault: str = ""


class SeatBox(NamedTuple):
    """One seat: how its person is found, who that is, and what is seldom set."""

    place: int
    kind: Control
    ref: Control | None
    more: tuple[Control, ...]
    set: bool
    fault: str

    @property
    def name(self) -> str:
        """What buttons call it."""
        return f"seats-{self.place}"


class SeatBoxes(NamedTuple):
    """The seats of a step."""

    rows: tuple[SeatBox, ...]


class Row(NamedTuple):
    """A field of the form, or a pair that is kept apart."""

    place: int
    controls: tuple[Control, ...]
    more: tuple[Control, ...] = ()
    fault: str = ""

    @property
    def name(self) -> str:
        """What buttons call it."""
        return self.controls[0].name.rpartition("-")[0]


SEAT_KINDS = ("post", "person", "unit", "pool", "field", "relation")


def basics(make: Maker) -> list[Section]:
    """What is said of the process as a whole."""
    document = make.pickers.document
    return [
        Section(
            group.key,
            str(group.title),
            tuple(make.control(one, document) for one in group.settings),
            group.open or any(make.fault(one.key) for one in group.settings),
        )
        for group in BASICS
    ]


def form_rows(make: Maker) -> list[Row]:
    """The fields of the form, one by one."""
    rows = []
    for place, table in enumerate(fields(make.pickers.document)):
        prefix, spot = f"fields-{place}-", f"fields[{place}]."
        choice = text(table, "type") == "choice" or "options" in table
        shown = [make.control(one, table, prefix, spot) for one in FIELD if one.key != "name"]
        kept = tuple(one for one in shown if choice or one.look != "lines")
        code = make.control(FIELD[-1], table, prefix, spot)
        rows.append(Row(place, kept, (code,), make.fault(f"fields[{place}]")))
    return rows


def pair_rows(make: Maker) -> list[Row]:
    """The pairs that one person never does both of, and a blank for one more."""
    pairs = make.pickers.document.get("conflicts")
    listed = pairs if isinstance(pairs, list) else []
    found = [one if isinstance(one, list) else [] for one in listed]
    rows, duties = [], [Options("", make.pickers.duties())]
    for place, pair in enumerate([*found, []]):
        both = [*map(str, pair), "", ""][:2]
        labels = (_("办了这一步的人"), _("不得再办这一步"))
        controls = tuple(
            make.select(f"conflicts-{place}-{n}", labels[n], both[n], duties, whole=True)
            for n in (0, 1)
        )
        rows.append(Row(place, controls, (), make.fault(f"conflicts[{place}]")))
    return rows


def step(make: Maker, node: Table) -> list[Section]:
    """The form of a step: what fits its kind."""
    groups = {one.key: one for one in of_kind(text(node, "kind"), node)}
    sections = []
    for key, build in SECTIONS:
        found = build(make, node) if build else None
        if group := groups.get(key):
            found = _filled(make, node, group, found)
        if found is not None:
            sections.append(found)
    return sections


def _filled(make: Maker, node: Table, group: Group, found: Section | None) -> Section:
    """A section with the settings of its group; what is wrong is never hidden. With one seat there
    is nothing to count, so counting stays closed."""
    more = tuple(make.control(one, node) for one in group.settings)
    if group.key == "name":
        more = (*more, _code(make, node))
    found = found or Section(group.key, str(group.title), open=group.open)
    opened = found.open
    if group.key == "counting":
        rows = tables(node, "seats")
        opened = len(rows) > 1 or "rule" in node or any(seats.kind_of(s) == "field" for s in rows)
    controls = (*found.controls, *more)
    faulty = any(one.fault for one in controls)
    return found._replace(controls=controls, open=opened or faulty)


def _code(make: Maker, node: Table) -> Control:
    """The id, which people seldom need."""
    value = make.typed.get("id", text(node, "id"))
    note = _("程序里的称呼，一般不用改；改了，别处跟着改")
    return Control("id", _("代号"), "text", (value,), note=note, fault=make.fault("id"))


def _seats(make: Maker, node: Table) -> Section | None:
    if text(node, "kind") not in steps.PEOPLE and "seats" not in node:
        return None
    found = tables(node, "seats")
    rows = tuple(_seat(make, seat, place) for place, seat in enumerate(found))
    return Section("seats", _("谁来办"), seats=SeatBoxes(rows), fault=make.fault("seats"))


def _seat(make: Maker, seat: Table, place: int) -> SeatBox:
    prefix, spot, kind = f"seats-{place}-", f"seats[{place}]", seats.kind_of(seat)
    labels = {
        "post": _("岗位"), "person": _("人员"), "unit": _("部门（其负责人）"),
        "pool": _("候选池（谁先认领谁办）"), "field": _("由表单填写"),
        "relation": _("与申请人的关系"),
    }  # fmt: skip
    kinds = [Options("", tuple((one, labels[one]) for one in SEAT_KINDS))]
    which = make.select(f"{prefix}kind", _("怎么找人"), kind, kinds, whole=True)
    ref = None
    if kind:
        value = str(seat.get(kind, ""))
        fault = make.fault(f"{spot}.{kind}")
        options = make.pickers.of_seat(kind)
        ref = make.select(f"{prefix}ref", labels[kind], value, options, fault=fault)
    more = tuple(make.control(one, seat, prefix, f"{spot}.") for one in SEAT)
    rare = any(one.key in seat for one in SEAT if one.key != "name") or any(m.fault for m in more)
    return SeatBox(place, which, ref, more, rare, make.fault(spot))


def _counting(make: Maker, node: Table) -> Section | None:
    if text(node, "kind") not in steps.PEOPLE and "rule" not in node:
        return None
    kind, part, whole = seats.counting(node)
    rules = (
        ("all", _("全体同意（会签）")), ("sequential", _("依次全体同意")),
        ("count", _("满几人同意")),
        ("at_least", _("同意至少占几分之几")), ("more_than", _("同意超过几分之几")),
    )  # fmt: skip
    controls = [make.select("rule", _("计票"), kind, [Options("", rules)], whole=True)]
    if kind == "count":
        controls.append(Control("rule-part", _("几人"), "text", (part,), mode="numeric"))
    elif part or whole or kind in {"at_least", "more_than"}:
        controls.append(Control("rule-part", _("分子"), "text", (part,), mode="numeric"))
        controls.append(Control("rule-whole", _("分母"), "text", (whole,), mode="numeric"))
    controls[0] = controls[0]._replace(fault=make.fault("rule") or make.fault("rule.count"))
    return Section("counting", _("怎么算通过"), tuple(controls))


def _onward(make: Maker, node: Table) -> Section | None:
    if text(node, "kind") == "end" and "next" not in node:
        return None
    title = {"split": _("同时走到哪几步"), "inclusive": _("按条件走到哪几步")}
    told = title.get(text(node, "kind"), _("接着走到哪里"))
    return Section("next", told, ways=ways_box(make, node, "next"), fault=make.fault("next"))


def _refused(make: Maker, node: Table) -> Section | None:
    if text(node, "kind") != "decide" and "on_fail" not in node:
        return None
    usual = (("end", _("办结为不同意")), ("edge", _("按条件另走")))
    back = tuple(
        (key, _("退回“{step}”").format(step=name))
        for key, name in make.pickers.steps("draft", "decide", "task", but=text(node, "id"))
    )
    which = make.select(
        "on_fail", _("不同意时"), edges.refusal(node), [Options("", (*usual, *back))], whole=True
    )
    ways: Any = ways_box(make, node, "on_fail") if isinstance(node.get("on_fail"), list) else None
    return Section("on_fail", _("不同意怎么办"), (which,), ways=ways, fault=make.fault("on_fail"))


SECTIONS = (
    ("name", None), ("seats", _seats), ("counting", _counting), ("next", _onward),
    ("on_fail", _refused), ("time", None), ("stands", None), ("back", None), ("hand", None),
    ("leaves", None),
)  # fmt: skip
