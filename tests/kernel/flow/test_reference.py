"""The reference page of the format says everything that the code reads."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from zhongshu.kernel.flow import commands
from zhongshu.kernel.flow.condition import BY_TYPE
from zhongshu.kernel.flow.definition import RELATIONS, NodeKind, SeatKind
from zhongshu.kernel.flow.release.naming import EFFECTS
from zhongshu.kernel.flow.text.format import FIELD, NODE, POSTS, SEAT, TOP, TYPES

PAGE = (Path(__file__).parents[3] / "docs/reference/flow.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0].strip(): part for part in re.split(r"^##+ ", PAGE, flags=re.M)}


def keys(section: str) -> set[str]:
    """The first cells of the rows of a section's tables, where they are code."""
    return set(re.findall(r"^\| `([^`]+)`", SECTIONS[section], flags=re.M))


def test_keys_of_the_file_and_of_posts() -> None:
    assert keys("The file") == TOP | POSTS


def test_keys_of_fields() -> None:
    assert keys("Fields `[[fields]]`") == FIELD


def test_keys_of_nodes_and_kinds_and_rules() -> None:
    found = keys("Nodes `[[nodes]]`")
    rules = {key for key in found if key.startswith(("{", '"'))}
    assert found - rules == NODE | {kind.value for kind in NodeKind}
    assert rules == {
        *('"all"', '"sequential"', "{ count = 2 }", '{ at_least = "2/3" }'),
        '{ more_than = "1/2" }',
    }


def test_keys_of_seats() -> None:
    assert keys("Seats") == SEAT
    assert {kind.value for kind in SeatKind} < SEAT


@pytest.mark.parametrize("word", [*EFFECTS, *RELATIONS, *TYPES])
def test_words_stand_there(word: str) -> None:
    assert f'"{word}"' in PAGE or f"`{word}`" in PAGE


def test_operators_by_type() -> None:
    for type_, operators in BY_TYPE.items():
        if type_ != "date":
            (row,) = [
                line
                for line in SECTIONS["Edges and conditions"].splitlines()
                if re.match(rf"\| [a-z, ]*\b{type_}\b[a-z, ]*\|", line)
            ]
            assert set(re.findall(r"`([^`]+)`", row)) == operators
    assert BY_TYPE["date"] == BY_TYPE["number"] | {"in", "not in"}


def test_every_verb_stands_there_in_its_own_words() -> None:
    rows = dict(re.findall(r"^\| `([A-Z]\w+)` \| (.+) \|$", SECTIONS["The verbs"], flags=re.M))
    verbs = {
        name: " ".join((kind.__doc__ or "").split())
        for name, kind in vars(commands).items()
        if inspect.isclass(kind)
        and issubclass(kind, commands.Command)
        and kind not in {commands.Command, commands.OnSlot}
    }
    assert rows == verbs
