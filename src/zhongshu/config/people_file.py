"""Reading who holds which post from a file, so that a process can be checked against it. 人员表.

Two forms, both UTF-8:

TOML:  [people]  li = { name = "李明", unit = "office", rank = 1 }    one line for each person
       [posts]   clerk = ["li"]                         who holds the post, best first
       [units]   office = { head = "li", leader = "wu", parent = "bureau" }
       [duties]  clerk = ["CUS"]                        what the post does, as the matrix calls it

CSV:   a header `person,name,unit,rank,posts,head_of,leader_of,duties,gone`, then one line for each
       person; `posts`, `head_of`, `leader_of` and `duties` hold several words divided by spaces;
       `gone` is yes or empty. Columns but the first may be left out.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any

from zhongshu.kernel.duties.report.people import Bureau
from zhongshu.kernel.flow import Directory
from zhongshu.kernel.flow.people import Person, Unit

COLUMNS = (*("person", "name", "unit", "rank", "posts", "head_of", "leader_of", "duties", "gone"),)
PERSON = frozenset({"name", "unit", "rank", "duties", "gone"})
Row = Mapping[str, str]


class PeopleFileError(ValueError):
    """The file cannot be read as a list of people; the message says where."""


def read_people(path: Path) -> Bureau:
    """The bureau that a file describes."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PeopleFileError(str(error)) from error
    return from_toml(text) if path.suffix == ".toml" else from_csv(text)


def from_toml(text: str) -> Bureau:
    """A bureau from tables of people, posts, units and duties."""
    try:
        top = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise PeopleFileError(str(error)[:200]) from error
    _known(top, {"people", "posts", "units", "duties"}, "")
    rows = dict(_rows(top, "people", PERSON))
    called = {name: _take(row, "name", str, name) or "" for name, row in rows.items()}
    people = {
        name: Person(
            name,
            _take(row, "unit", str, name) or "",
            _take(row, "rank", int, name) or 0,
            gone=_take(row, "gone", bool, name) or False,
        )
        for name, row in rows.items()
    }
    units = {
        name: Unit(
            name, *(_take(row, key, str, name) or "" for key in ("head", "leader", "parent"))
        )
        for name, row in _rows(top, "units", {"head", "leader", "parent"})
    }
    own = {name: _words(row["duties"], name) for name, row in rows.items() if "duties" in row}
    directory = Directory(people, _lists(top, "posts"), units)
    return Bureau(directory, _told_apart(called), _lists(top, "duties"), own)


def _told_apart(called: Mapping[str, str]) -> dict[str, str]:
    """What people are called; two of one name are told apart by their keys."""
    times = Counter(called.values())
    return {
        person: f"{name}（{person}）" if times[name] > 1 else name
        for person, name in called.items()
        if name
    }


def _lists(top: Mapping[str, Any], key: str) -> dict[str, tuple[str, ...]]:
    table = _table(top.get(key, {}), key)
    return {name: _words(words, f"{key}.{name}") for name, words in table.items()}


def _words(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise PeopleFileError(f'{where}: ["...", ...]')
    return tuple(value)


def _rows(
    top: Mapping[str, Any], key: str, keys: Set[str]
) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for name, row in _table(top.get(key, {}), key).items():
        where = f"{key}.{name}"
        _known(_table(row, where), keys, where)
        yield name, row


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise PeopleFileError(f"{where}: {{ ... }}")
    return value


def _known(table: Mapping[str, Any], keys: Set[str], where: str) -> None:
    for key in sorted(table.keys() - keys):
        raise PeopleFileError(f"{where}.{key}?" if where else f"{key}?")


def _take(row: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    value = row.get(key)
    if value is not None and type(value) is not kind:
        raise PeopleFileError(f"{where}.{key}: {kind.__name__}")
    return value


def from_csv(text: str) -> Bureau:
    """A bureau from a table with one line for each person."""
    try:
        lines = [*csv.DictReader(io.StringIO(text), strict=True)]
    except csv.Error as error:
        raise PeopleFileError(str(error)) from error
    if not lines or "person" not in lines[0]:
        raise PeopleFileError(",".join(COLUMNS))
    people: dict[str, Person] = {}
    posts: dict[str, tuple[str, ...]] = {}
    called: dict[str, str] = {}
    duties: dict[str, tuple[str, ...]] = {}
    units: dict[str, Unit] = {}
    for number, line in enumerate(lines, start=2):
        row = _line(line, number)
        person = Person(row["person"], row["unit"], _rank(row, number), gone=row["gone"] == "yes")
        people[person.id] = person
        called[person.id] = row["name"]
        duties[person.id] = tuple(row["duties"].split())
        units.setdefault(person.unit, Unit(person.unit))
        for post in row["posts"].split():
            posts[post] = (*posts.get(post, ()), person.id)
        for unit in row["head_of"].split():
            units[unit] = units.get(unit, Unit(unit))._replace(head=person.id)
        for unit in row["leader_of"].split():
            units[unit] = units.get(unit, Unit(unit))._replace(leader=person.id)
    return Bureau(Directory(people, posts, units), _told_apart(called), {}, duties)


def _line(line: Mapping[Any, Any], number: int) -> Row:
    strange = set(line) - set(COLUMNS)
    if strange or not line.get("person"):
        raise PeopleFileError(f"line {number}: {','.join(COLUMNS)}")
    return {key: (line.get(key) or "").strip() for key in COLUMNS}


def _rank(row: Row, number: int) -> int:
    if row["rank"] and not row["rank"].isdecimal():
        raise PeopleFileError(f"line {number}: rank {row['rank'][:20]}")
    return int(row["rank"][:9] or 0)
