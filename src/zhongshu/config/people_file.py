"""Reading who holds which post from a file, so that a process can be checked against it. 人员表.

Two forms, both UTF-8:

TOML:  [people]  li = { unit = "office", rank = 1 }     one line for each person
       [posts]   clerk = ["li"]                         who holds the post, best first
       [units]   office = { head = "li", leader = "wu", parent = "bureau" }

CSV:   a header `person,unit,rank,posts,head_of,leader_of,gone`, then one line for each person;
       `posts`, `head_of` and `leader_of` hold several names divided by spaces; `gone` is yes or
       empty. Columns but the first may be left out.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from zhongshu.kernel.flow import Directory
from zhongshu.kernel.flow.people import Person, Unit

COLUMNS = ("person", "unit", "rank", "posts", "head_of", "leader_of", "gone")
Row = Mapping[str, str]


class PeopleFileError(ValueError):
    """The file cannot be read as a list of people; the message says where."""


def read_people(path: Path) -> Directory:
    """The directory that a file describes."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PeopleFileError(str(error)) from error
    return from_toml(text) if path.suffix == ".toml" else from_csv(text)


def from_toml(text: str) -> Directory:
    """A directory from tables of people, posts and units."""
    try:
        top = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise PeopleFileError(str(error)[:200]) from error
    _known(top, {"people", "posts", "units"}, "")
    people = {
        name: Person(
            name,
            _take(row, "unit", str, name) or "",
            _take(row, "rank", int, name) or 0,
            gone=_take(row, "gone", bool, name) or False,
        )
        for name, row in _rows(top, "people", {"unit", "rank", "gone"})
    }
    units = {
        name: Unit(
            name, *(_take(row, key, str, name) or "" for key in ("head", "leader", "parent"))
        )
        for name, row in _rows(top, "units", {"head", "leader", "parent"})
    }
    return Directory(people, _posts(top), units)


def _posts(top: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    posts = _table(top.get("posts", {}), "posts")
    found = {}
    for name, holders in posts.items():
        if not isinstance(holders, list) or not all(isinstance(one, str) for one in holders):
            raise PeopleFileError(f'posts.{name}: ["person", ...]')
        found[name] = tuple(holders)
    return found


def _rows(
    top: Mapping[str, Any], key: str, keys: set[str]
) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for name, row in _table(top.get(key, {}), key).items():
        where = f"{key}.{name}"
        _known(_table(row, where), keys, where)
        yield name, row


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise PeopleFileError(f"{where}: {{ ... }}")
    return value


def _known(table: Mapping[str, Any], keys: set[str], where: str) -> None:
    for key in sorted(table.keys() - keys):
        raise PeopleFileError(f"{where}.{key}?" if where else f"{key}?")


def _take(row: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    value = row.get(key)
    if value is not None and type(value) is not kind:
        raise PeopleFileError(f"{where}.{key}: {kind.__name__}")
    return value


def from_csv(text: str) -> Directory:
    """A directory from a table with one line for each person."""
    try:
        lines = [*csv.DictReader(io.StringIO(text), strict=True)]
    except csv.Error as error:
        raise PeopleFileError(str(error)) from error
    if not lines or "person" not in lines[0]:
        raise PeopleFileError(",".join(COLUMNS))
    people: dict[str, Person] = {}
    posts: dict[str, tuple[str, ...]] = {}
    units: dict[str, Unit] = {}
    for number, line in enumerate(lines, start=2):
        row = _line(line, number)
        person = Person(row["person"], row["unit"], _rank(row, number), gone=row["gone"] == "yes")
        people[person.id] = person
        units.setdefault(person.unit, Unit(person.unit))
        for post in row["posts"].split():
            posts[post] = (*posts.get(post, ()), person.id)
        for unit in row["head_of"].split():
            units[unit] = units.get(unit, Unit(unit))._replace(head=person.id)
        for unit in row["leader_of"].split():
            units[unit] = units.get(unit, Unit(unit))._replace(leader=person.id)
    return Directory(people, posts, units)


def _line(line: Mapping[Any, Any], number: int) -> Row:
    strange = set(line) - set(COLUMNS)
    if strange or not line.get("person"):
        raise PeopleFileError(f"line {number}: {','.join(COLUMNS)}")
    return {key: (line.get(key) or "").strip() for key in COLUMNS}


def _rank(row: Row, number: int) -> int:
    if row["rank"] and not row["rank"].isdecimal():
        raise PeopleFileError(f"line {number}: rank {row['rank'][:20]}")
    return int(row["rank"][:9] or 0)
