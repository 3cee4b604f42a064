"""Lists of people: two forms, and every mistake a sentence with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.config.people_file import Bureau, PeopleFileError, from_csv, from_toml, read_people
from zhongshu.kernel.flow.people import Directory, Person, Unit

CSV = """person,name,unit,rank,posts,head_of,leader_of,duties,gone
li,李明,office,2,office_head records_head,office,,AUT CUS,
wu,吴明,,4,office_head,,office finance,,
old,李明,office,,,,,,yes
"""
TOML = """
[people]
li = { name = "李明", unit = "office", rank = 2, duties = ["AUT", "CUS"] }
wu = { name = "吴明", rank = 4 }
old = { name = "李明", unit = "office", gone = true }
[duties]
office_head = ["AUT"]
[posts]
office_head = ["li", "wu"]
records_head = ["li"]
[units]
office = { head = "li", leader = "wu", parent = "bureau" }
finance = { leader = "wu" }
"""
PEOPLE = {
    "li": Person("li", "office", 2),
    "wu": Person("wu", "", 4),
    "old": Person("old", "office", gone=True),
}
POSTS = {"office_head": ("li", "wu"), "records_head": ("li",)}


def test_csv() -> None:
    found = from_csv(CSV).directory
    assert found.people == PEOPLE
    assert found.posts == POSTS
    assert found.units == {
        "office": Unit("office", "li", "wu"),
        "": Unit(""),
        "finance": Unit("finance", "", "wu"),
    }


def test_toml() -> None:
    units = {"office": Unit("office", "li", "wu", "bureau"), "finance": Unit("finance", "", "wu")}
    assert from_toml(TOML).directory == Directory(PEOPLE, POSTS, units)
    assert from_toml("") == Bureau(Directory({}, {}, {}), {}, {}, {})


def test_names_and_duties() -> None:
    called = {"li": "李明（li）", "wu": "吴明", "old": "李明（old）"}
    assert from_csv(CSV).names == from_toml(TOML).names == called
    assert from_csv(CSV).of_people == {"li": ("AUT", "CUS"), "wu": (), "old": ()}
    assert from_toml(TOML).of_people == {"li": ("AUT", "CUS")}
    assert from_toml(TOML).of_posts == {"office_head": ("AUT",)}
    assert from_csv(CSV).of_posts == {}
    assert from_csv("person\nli\n").names == {}


def test_the_form_goes_by_the_ending(tmp_path: Path) -> None:
    for name, text in (("a.toml", TOML), ("a.csv", CSV), ("b.csv", "\ufeff" + CSV)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert read_people(tmp_path / name).directory.people == PEOPLE
    with pytest.raises(PeopleFileError, match="No such file"):
        read_people(tmp_path / "none.csv")
    (tmp_path / "raw.csv").write_bytes(b"\xff")
    with pytest.raises(PeopleFileError, match="utf-8"):
        read_people(tmp_path / "raw.csv")


def test_few_columns_are_enough() -> None:
    assert from_csv("person\nli\n").directory.people == {"li": Person("li")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "person,name"),
        ("person\n", "person,name"),
        ("who\nli\n", "person,name"),
        ("person,size\nli,3\n", "line 2"),
        ("person\nli\nwu,office\n", "line 3"),
        ("person,unit\nli,office\n,office\n", "line 3"),
        ("person,rank\nli,high\n", "line 2: rank high"),
        ("person,rank\nli,-1\n", "line 2: rank -1"),
        ('person\n"li\n', "unexpected end"),
    ],
)
def test_wrong_csv(text: str, told: str) -> None:
    with pytest.raises(PeopleFileError, match=told):
        from_csv(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("= 1", "Invalid"),
        ("staff = 1", r"staff\?"),
        ("people = 1", "people: "),
        ("[people]\nli = 1", r"people\.li"),
        ("[people]\nli = { size = 1 }", r"people\.li\.size\?"),
        ("[people]\nli = { unit = 1 }", r"li\.unit: str"),
        ("[people]\nli = { rank = true }", r"li\.rank: int"),
        ("[people]\nli = { gone = 1 }", r"li\.gone: bool"),
        ("[people]\nli = { name = 1 }", r"li\.name: str"),
        ("[people]\nli = { duties = 'AUT' }", r"li: \["),
        ("[duties]\nclerk = [1]", r"duties\.clerk"),
        ("posts = 1", "posts: "),
        ("[posts]\nclerk = 'li'", r"posts\.clerk"),
        ("[posts]\nclerk = [1]", r"posts\.clerk"),
        ("[units]\noffice = 1", r"units\.office"),
        ("[units]\noffice = { boss = 'li' }", r"units\.office\.boss"),
        ("[units]\noffice = { head = 1 }", r"office\.head: str"),
    ],
)
def test_wrong_toml(text: str, told: str) -> None:
    with pytest.raises(PeopleFileError, match=told):
        from_toml(text)


@settings(deadline=None)
@given(st.text())
def test_no_text_ends_in_a_traceback(text: str) -> None:
    for read in (from_csv, from_toml):
        try:
            assert isinstance(read(text), Bureau)
        except PeopleFileError as error:
            assert str(error)
