"""Writing and reading again gives the same; hostile definitions and tables are refused quietly."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.drawing.draw import draw, is_drawable
from zhongshu.kernel.flow.findings import Finding
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.release.telling import sentence
from zhongshu.kernel.flow.text.format import read
from zhongshu.kernel.flow.text.write import write

from .readable import TABLES, definitions, some
from .test_format import FULL, HEAD
from .test_shipped import FLOWS
from .world import directory


@some
@given(definitions())
def test_what_is_written_reads_the_same(definition: Definition) -> None:
    assert read(write(definition)) == definition


@pytest.mark.parametrize("text", [*FLOWS.values(), HEAD + FULL, HEAD])
def test_real_definitions_are_written_and_read(text: str) -> None:
    definition = read(text)
    assert isinstance(definition, Definition)
    again = read(write(definition))
    assert again == definition
    assert isinstance(again, Definition)
    assert again.digest == definition.digest


def test_only_what_differs_is_written() -> None:
    bare = Definition("t", "", 1, ())
    assert write(bare) == 'format = 1\nid = "t"\nname = ""\nversion = 1\n'


SHORT = """format = 1
id = "t"
name = "T"
version = 1

[[fields]]
name = "a"
type = "number"

[[nodes]]
id = "x"
name = "X"
kind = "decide"
seats = [{ post = "clerk" }, { person = "li", weight = 2 }]
next = [
  { to = "y", when = ["a", ">", 1] },
  { to = "end" },
]

[[nodes]]
id = "y"
name = "Y"
kind = "decide"
seats = [{ post = "clerk", name = "文书" }]
rule = { count = 1 }
limit = "90m"
on_fail = "x"
next = [{ to = "end" }]

[[nodes]]
id = "end"
name = "E"
kind = "end"
"""


def test_it_is_written_as_people_write_it() -> None:
    definition = read(SHORT)
    assert isinstance(definition, Definition)
    assert write(definition) == SHORT


@some
@given(definitions(), st.booleans())
def test_a_definition_of_any_kind_is_checked_told_and_drawn(
    definition: Definition, people: bool
) -> None:
    for one in check(definition, directory() if people else None):
        assert sentence(one, definition, "zh")
        assert sentence(one, definition, "en")
    if is_drawable(definition):
        assert draw(definition).startswith("<svg")


@some
@given(TABLES)
def test_a_table_of_any_kind_is_read_or_refused(table: dict[str, Any]) -> None:
    found = read(toml(table))
    if isinstance(found, Definition):
        check(found)
    else:
        assert all(isinstance(one, Finding) and sentence(one) for one in found)


@some
@given(st.text())
def test_a_text_of_any_kind_is_read_or_refused(text: str) -> None:
    assert read(text)


def toml(table: dict[str, Any]) -> str:
    """Hostile TOML: whatever it is, it is written down."""
    return "\n".join(f"{json.dumps(key)} = {_value(value)}" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value).replace("inf", "inf")
    return json.dumps(value)
