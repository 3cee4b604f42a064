"""An organisation as a table: one row for each person and post. 机构人员表.

Pure: rows of text in, a plan or faults out. Every fault says in which row and column. Nothing is
guessed and nothing left out: a table with one fault is not taken at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from . import names

COLUMNS: Mapping[str, str] = {
    "unit_code": "部门代号",
    "unit": "部门",
    "kind": "类别",
    "parent": "上级部门代号",
    "post_code": "岗位代号",
    "post": "岗位",
    "grade": "级别",
    "number": "工号",
    "name": "姓名",
    "head": "负责人",
}
KINDS = {"": "section", "内设科室": "section", "领导班子": "leaders", "基层单位": "grassroots"}
YES = {"是": True, "": False, "否": False}
MOST_ROWS = 5_000

FAULTS: Mapping[str, tuple[str, str]] = {
    "empty": ("表里没有内容", "the table is empty"),
    "columns": (
        "第一行应是表头：{value}",
        "the first row should be the headings: {value}",
    ),
    "many": ("超过 {value} 行，请分成几份", "more than {value} rows; split the table"),
    "code": ("“{value}”不能作代号", "“{value}” cannot be a code"),
    "name_empty": ("不能为空", "must not be empty"),
    "name_long": ("太长", "too long"),
    "name_unseen": ("含有看不见的字符", "has characters that cannot be seen"),
    "name_formula": ("不能以 = + - @ 开头", "may not begin with = + - @"),
    "kind": (
        "只能是 内设科室、领导班子、基层单位",
        "must be one of 内设科室, 领导班子, 基层单位",
    ),
    "grade": ("应是 0 到 99 的整数", "should be a whole number from 0 to 99"),
    "yes": ("只能填 是 或留空", "is 是 or empty"),
    "differs": ("与第 {value} 行不一致", "differs from row {value}"),
    "parent": ("“{value}”不在表中，也不在系统里", "“{value}” is neither in the table nor here"),
    "circle": ("上下级转了一圈", "the units stand under each other in a circle"),
    "half": ("工号、姓名要么都填，要么都不填", "give number and name, or neither"),
    "post_half": ("岗位代号、岗位要么都填，要么都不填", "give post code and post, or neither"),
    "twice": ("与第 {value} 行重复", "the same as row {value}"),
    "head": ("负责人一行必须有岗位", "the row of the head needs a post"),
    "two_heads": ("第 {value} 行已是负责人", "row {value} is the head already"),
    "other_name": ("系统里该代号是“{value}”", "this code is “{value}” here"),
    "head_known": (
        "已有部门的负责人请在页面上改",
        "change the head of a unit that is here on its page",
    ),
    "known": ("“{value}”系统里已有", "“{value}” is here already"),
}


class Fault(NamedTuple):
    """What is wrong in which row and column; row 1 is the headings."""

    row: int
    column: str
    code: str
    value: str = ""

    def told(self, *, chinese: bool = True) -> str:
        """The fault as a sentence."""
        text = FAULTS[self.code][0 if chinese else 1].format(value=self.value)
        return f"“{COLUMNS[self.column]}”{text}" if self.column and chinese else text


class UnitRow(NamedTuple):
    """A unit to be made; `at` is the row that speaks of it first."""

    at: int
    code: str
    name: str
    kind: str
    parent: str
    head: str = ""


class PostRow(NamedTuple):
    """A post to be made."""

    at: int
    code: str
    name: str
    unit: str
    grade: int


class PersonRow(NamedTuple):
    """A person to be made, with the codes of the posts he gets."""

    at: int
    number: str
    name: str
    unit: str
    posts: tuple[str, ...]


class Known(NamedTuple):
    """What is there already: units by code with their names, codes of posts, staff numbers."""

    units: Mapping[str, str]
    posts: frozenset[str]
    numbers: frozenset[str]

    def without(self, rows: Sequence[Sequence[str]]) -> Known:
        """What was there before these rows were made, to look at them once more."""
        column = {name: at for at, name in enumerate(COLUMNS)}

        def _column(name: str) -> set[str]:
            return {names.tidy(row[column[name]]) for row in rows if len(row) > column[name]}

        units = {
            code: name for code, name in self.units.items() if code not in _column("unit_code")
        }
        return Known(units, self.posts - _column("post_code"), self.numbers - _column("number"))


class Plan(NamedTuple):
    """What a table would make, or everything that is wrong with it."""

    units: tuple[UnitRow, ...] = ()
    posts: tuple[PostRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    faults: tuple[Fault, ...] = ()


def plan(rows: Sequence[Sequence[str]], known: Known) -> Plan:
    """What these rows would make of a bureau."""
    filled = [[names.tidy(cell) for cell in row] for row in rows]
    filled = [row + [""] * (len(COLUMNS) - len(row)) for row in filled]
    if not filled:
        return Plan(faults=(Fault(1, "", "empty"),))
    if filled[0][: len(COLUMNS)] != list(COLUMNS.values()) or any(filled[0][len(COLUMNS) :]):
        return Plan(faults=(Fault(1, "", "columns", "、".join(COLUMNS.values())),))
    if len(filled) > MOST_ROWS:
        return Plan(faults=(Fault(1, "", "many", str(MOST_ROWS)),))
    body = [
        (at, dict(zip(COLUMNS, row, strict=False)))
        for at, row in enumerate(filled[1:], start=2)
        if any(row)
    ]
    if not body:
        return Plan(faults=(Fault(1, "", "empty"),))
    reading = _Reading(known)
    for at, row in body:
        reading.row(at, row)
    return reading.plan()


class _Reading:
    """Reads row by row and remembers which row spoke first of what."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.units: dict[str, UnitRow] = {}
        self.posts: dict[str, PostRow] = {}
        self.people: dict[str, PersonRow] = {}
        self.heads: dict[str, int] = {}
        self.faults: list[Fault] = []

    def row(self, at: int, row: Mapping[str, str]) -> None:
        """One row: its unit, then its post, then its person."""
        self._unit(at, row)
        self._post(at, row)
        self._person(at, row)
        self._head(at, row)

    def plan(self) -> Plan:
        """What came out, once the units are known to stand under one another."""
        for unit in self.units.values():
            if unit.code in self.known.units:
                continue
            if unit.parent and unit.parent not in self.units.keys() | self.known.units.keys():
                self._fault(unit.at, "parent", "parent", unit.parent)
            elif _goes_round(unit, self.units):
                self._fault(unit.at, "parent", "circle")
        if self.faults:
            return Plan(faults=tuple(sorted(self.faults)))
        units = tuple(one for one in self.units.values() if one.code not in self.known.units)
        return Plan(units, tuple(self.posts.values()), tuple(self.people.values()))

    def _unit(self, at: int, row: Mapping[str, str]) -> None:
        code = row["unit_code"]
        if not names.is_code(code):
            self._fault(at, "unit_code", "code", code[:40])
        self._name(at, "unit", row["unit"], 80)
        if row["kind"] not in KINDS:
            self._fault(at, "kind", "kind")
        if self.known.units.get(code, row["unit"]) != row["unit"]:
            self._fault(at, "unit", "other_name", self.known.units[code])
        made = UnitRow(at, code, row["unit"], KINDS.get(row["kind"], ""), row["parent"])
        first = self.units.setdefault(code, made)
        if first[1:5] != made[1:5]:
            self._fault(at, "unit", "differs", str(first.at))

    def _post(self, at: int, row: Mapping[str, str]) -> None:
        code = row["post_code"]
        if not code and not row["post"]:
            return
        if not code or not row["post"]:
            self._fault(at, "post_code", "post_half")
            return
        if not names.is_code(code):
            self._fault(at, "post_code", "code", code[:40])
        self._name(at, "post", row["post"], 80)
        if code in self.known.posts:
            self._fault(at, "post_code", "known", code)
        grade = row["grade"] or "0"
        if not (grade.isascii() and grade.isdecimal() and len(grade) <= 2):
            self._fault(at, "grade", "grade")
            grade = "0"
        made = PostRow(at, code, row["post"], row["unit_code"], int(grade))
        first = self.posts.setdefault(code, made)
        if first[1:] != made[1:]:
            self._fault(at, "post", "differs", str(first.at))

    def _person(self, at: int, row: Mapping[str, str]) -> None:
        number, name, post = row["number"], row["name"], row["post_code"]
        if not number and not name:
            return
        if not number or not name:
            self._fault(at, "number", "half")
            return
        self._name(at, "number", number, 20)
        self._name(at, "name", name, 60)
        if number in self.known.numbers:
            self._fault(at, "number", "known", number)
        made = PersonRow(at, number, name, row["unit_code"], (post,) if post else ())
        first = self.people.get(number)
        if first is None:
            self.people[number] = made
        elif first.name != name:
            self._fault(at, "name", "differs", str(first.at))
        elif not post or post in first.posts:
            self._fault(at, "number", "twice", str(first.at))
        else:
            self.people[number] = first._replace(posts=(*first.posts, post))

    def _head(self, at: int, row: Mapping[str, str]) -> None:
        unit = row["unit_code"]
        if row["head"] not in YES:
            self._fault(at, "head", "yes")
        elif YES[row["head"]] and not row["post_code"]:
            self._fault(at, "head", "head")
        elif YES[row["head"]] and unit in self.known.units:
            self._fault(at, "head", "head_known")
        elif YES[row["head"]] and unit in self.heads:
            self._fault(at, "head", "two_heads", str(self.heads[unit]))
        elif YES[row["head"]]:
            self.heads[unit] = at
            self.units[unit] = self.units[unit]._replace(head=row["post_code"])

    def _name(self, at: int, column: str, text: str, most: int) -> None:
        for code in names.faults(text, most):
            self._fault(at, column, code)

    def _fault(self, at: int, column: str, code: str, value: str = "") -> None:
        self.faults.append(Fault(at, column, code, value))


def _goes_round(unit: UnitRow, units: Mapping[str, UnitRow]) -> bool:
    seen, at = {unit.code}, unit.parent
    while at in units:
        if at in seen:
            return True
        seen.add(at)
        at = units[at].parent
    return False


def upper_first(units: Iterable[UnitRow]) -> list[UnitRow]:
    """The units in such an order that each stands after the one above it."""
    left = {unit.code: unit for unit in units}
    done: list[UnitRow] = []
    while left:
        ready = [unit for unit in left.values() if unit.parent not in left]
        done += ready
        left = {code: unit for code, unit in left.items() if unit not in ready}
    return done
