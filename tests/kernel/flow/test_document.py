"""Unfinished processes as plain tables: nothing that can be loaded is lost by spelling it again."""

from __future__ import annotations

from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.flow.text.document import DEEPEST, comments, load, spell
from zhongshu.kernel.flow.text.format import LARGEST, read
from zhongshu.kernel.flow.text.write import write

from .readable import some

SHIPPED = sorted(
    (one for one in files("zhongshu.config").joinpath("flows").iterdir()), key=lambda one: one.name
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.dates(),
    st.times(),
    st.datetimes(),
)
ANY = st.recursive(
    PLAIN, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(TEXTS, inside, max_size=3)
)
KEYS = st.one_of(
    st.sampled_from(["nodes", "fields", "posts", "next", "conflicts", "seats", "on_fail"]), TEXTS
)
DOCUMENTS = st.dictionaries(KEYS, ANY, max_size=5)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda one: one.name)
def test_a_shipped_process_is_the_same_process(file: Any) -> None:
    text = file.read_text("utf-8")
    document, definition = load(text), read(text)
    assert document is not None
    assert load(spell(document)) == document
    assert read(spell(document)) == definition
    written = write(definition)  # type: ignore[arg-type]
    tables = load(written)
    assert tables is not None
    assert spell(tables) == written, "the layout of a definition that was written"


@some
@given(DOCUMENTS)
def test_whatever_was_typed_is_kept(document: dict[str, Any]) -> None:
    assert load(spell(document)) == document


def test_odd_values_keep_their_types() -> None:
    odd: dict[str, Any] = {
        "day": date(2026, 1, 2),
        "at": datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001  # a local time is one of the types
        "hour": time(3, 4),
        "share": 0.5,
        "a b.c": '"\\\x7f\n',
        "nodes": [1],
        "posts": {"clerk": "a", "": [{}]},
    }
    assert load(spell(odd)) == odd


def test_comments_are_counted_and_hashes_in_texts_are_not() -> None:
    text = """
    # one
    a = "# none" # two
    b = '#' # three
    c = \"\"\"
    # none \\\" # none
    \"\"\"
    d = '''
    # none
    '''
    """
    assert load(text) is not None
    assert comments(text) == 3
    assert comments(spell(load(text) or {})) == 0


def test_what_is_no_table_is_nothing() -> None:
    assert load("a = ") is None
    assert load("[" * 5000) is None
    assert load("#" * (LARGEST + 1)) is None
    assert load(f"{'a.' * (DEEPEST - 2)}a = 1") is not None
    assert load(f"{'a.' * DEEPEST}a = 1") is None
