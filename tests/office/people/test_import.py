"""An organisation from a table: faults with their row, all or nothing, two hands, undo."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.office.town import MONDAY, Town
from zhongshu.office.actor import Actor, machine
from zhongshu.office.people import above, actions, queries, revision, tables
from zhongshu.office.people.actions.importing import known
from zhongshu.office.people.models import Appointment, Import, Person, Post, Unit
from zhongshu.office.people.organisation_table import COLUMNS, FAULTS, Known, plan
from zhongshu.office.people.views import importing

from .conftest import Signed
from .test_organisation import refused

HEAD = list(COLUMNS.values())
NONE = Known({}, frozenset(), frozenset())
GOOD = [
    HEAD,
    ["b", "防汛科", "内设科室", "a", "b_head", "科长", "5", "1001", "甲", "是"],
    ["b", "防汛科", "内设科室", "a", "b_staff", "科员", "1", "1002", "乙", ""],
    ["b", "防汛科", "内设科室", "a", "b_clerk", "内勤", "", "1002", "乙", "否"],
    ["", "", "", "", "", "", "", "", "", ""],
    ["a", "本部", "领导班子", "", "", "", "", "1003", "丙"],
    ["c", "水文站", "基层单位", "b", "c_head", "站长", "3", "", "", "是"],
]
SYSTEM, SECURITY = Actor("account:1", "system"), Actor("account:2", "security")


def with_row(*cells: str) -> list[list[str]]:
    return [*GOOD, list(cells)]


def faults(rows: list[list[str]], known_: Known = NONE) -> set[tuple[int, str, str]]:
    return {(one.row, one.column, one.code) for one in plan(rows, known_).faults}


def test_a_good_table() -> None:
    found = plan(GOOD, NONE)
    assert found.faults == ()
    assert [(u.code, u.kind, u.parent, u.head) for u in found.units] == [
        ("b", "section", "a", "b_head"),
        ("a", "leaders", "", ""),
        ("c", "grassroots", "b", "c_head"),
    ]
    assert [(p.number, p.posts) for p in found.people] == [
        ("1001", ("b_head",)),
        ("1002", ("b_staff", "b_clerk")),
        ("1003", ()),
    ]


BAD: list[tuple[tuple[str, ...], set[tuple[str, str]]]] = [
    (("x y", "科", "", "", "", "", "", "", "", ""), {("unit_code", "code")}),
    (("d", "", "", "", "", "", "", "", "", ""), {("unit", "name_empty")}),
    (("d", "科", "处室", "", "", "", "", "", "", ""), {("kind", "kind")}),
    (("d", "科", "", "nowhere", "", "", "", "", "", ""), {("parent", "parent")}),
    (("d", "科", "", "d", "", "", "", "", "", ""), {("parent", "circle")}),
    (("b", "防旱科", "内设科室", "a", "", "", "", "", "", ""), {("unit", "differs")}),
    (("d", "科", "", "", "p", "", "", "", "", ""), {("post_code", "post_half")}),
    (("d", "科", "", "", "p/", "岗", "", "", "", ""), {("post_code", "code")}),
    (("d", "科", "", "", "b_head", "科长", "5", "", "", ""), {("post", "differs")}),
    (("d", "科", "", "", "p", "岗", "-1", "", "", ""), {("grade", "grade")}),
    (("d", "科", "", "", "p", "岗", "１", "", "", ""), {("grade", "grade")}),
    (("d", "科", "", "", "p", "岗", "100", "", "", ""), {("grade", "grade")}),
    (("d", "科", "", "", "", "", "", "1004", "", ""), {("number", "half")}),
    (("d", "科", "", "", "", "", "", "1001", "丁", ""), {("name", "differs")}),
    (("d", "科", "", "", "", "", "", "1001", "甲", ""), {("number", "twice")}),
    (("d", "科", "", "", "", "", "", "1004", "=HYPERLINK(1)", ""), {("name", "name_formula")}),
    (("d", "科", "", "", "", "", "", "1004", "丁\u202e", ""), {("name", "name_unseen")}),
    (("d", "科", "", "", "", "", "", "1004", "丁\0", ""), {("name", "name_unseen")}),
    (("d", "科", "", "", "", "", "", "1004", "\ud800", ""), {("name", "name_unseen")}),
    (("d", "科", "", "", "", "", "", "1004", "丁" * 61, ""), {("name", "name_long")}),
    (("d", "科", "", "", "", "", "", "", "", "是"), {("head", "head")}),
    (("d", "科", "", "", "", "", "", "", "", "yes"), {("head", "yes")}),
    (("b", "防汛科", "内设科室", "a", "b2", "副科长", "4", "", "", "是"), {("head", "two_heads")}),
]


@pytest.mark.parametrize(("cells", "expected"), BAD)
def test_each_fault_is_told_with_its_row(
    cells: tuple[str, ...], expected: set[tuple[str, str]]
) -> None:
    assert faults(with_row(*cells)) == {(8, column, code) for column, code in expected}


def test_what_is_there_already() -> None:
    there = Known({"a": "本部", "b": "别的"}, frozenset({"b_head"}), frozenset({"1001"}))
    assert faults(GOOD, there) == {
        (2, "unit", "other_name"),
        (3, "unit", "other_name"),
        (4, "unit", "other_name"),
        (2, "post_code", "known"),
        (2, "number", "known"),
        (2, "head", "head_known"),
    }
    assert plan(GOOD, there.without(GOOD)).faults == ()


def test_tables_that_are_none() -> None:
    assert faults([]) == {(1, "", "empty")}
    assert faults([HEAD]) == {(1, "", "empty")}
    assert faults([HEAD, [""] * 10]) == {(1, "", "empty")}
    assert faults([["姓名", "工号"]]) == {(1, "", "columns")}
    assert faults([[*HEAD, "密码"], GOOD[1]]) == {(1, "", "columns")}
    assert faults([HEAD, *[["x"]] * 5_000]) == {(1, "", "many")}


def test_units_round_in_a_circle() -> None:
    rows = [HEAD, ["x", "甲", "", "y"], ["y", "乙", "", "z"], ["z", "丙", "", "y"]]
    assert {code for _, _, code in faults(rows)} == {"circle"}


cells = st.text(max_size=12) | st.sampled_from(
    ["a", "b", "科", "内设科室", "是", "1", "=1", "\0", "\ud800", "\u200f", "𠮷", "a b", "9" * 50]
)


@given(st.lists(st.lists(cells, max_size=12), max_size=8))
def test_whatever_stands_in_the_cells(rows: list[list[str]]) -> None:
    """Either everything is fit to be kept or there are faults, and every fault can be told."""
    found = plan([HEAD, *rows], NONE)
    for fault in found.faults:
        assert fault.code in FAULTS
        assert fault.told()
        assert fault.told(chinese=False)
    assert bool(found.faults) != bool(found.units)
    for name in (one.name for many in found[:3] for one in many):
        name.encode()
        assert name
        assert name.strip() == name
        assert not name.startswith("=")


# The actions


def test_two_hands_make_it_whole(town: Town) -> None:
    before = revision.current()
    row = actions.propose_import(name="机构.csv", rows=GOOD, by=SYSTEM)
    assert not Unit.objects.filter(code="b").exists(), "a proposal makes nothing"
    assert refused(lambda: actions.release_import(proposed=row, by=SYSTEM)) == ("import_same_hand",)
    actions.release_import(proposed=row, by=SECURITY)
    assert revision.current() == before + 2
    directory = queries.directory()
    assert directory.units["c"].parent == "b"
    assert len(directory.posts["b_clerk"]) == 1
    assert directory.units["b"].head == directory.posts["b_head"][0]
    assert refused(lambda: actions.release_import(proposed=row, by=SECURITY)) == (
        "import_released",
    )


def test_what_stands_beside_the_table_is_not_kept(town: Town) -> None:
    row = actions.propose_import(
        name="机构\0.csv", rows=[HEAD, ["a", "科", *[""] * 8, "\0"]], by=SYSTEM
    )
    row.refresh_from_db()
    assert (row.name, row.rows[1]) == ("机构.csv", ["a", "科", *[""] * 8])


def test_all_or_nothing(town: Town) -> None:
    bad = with_row("d", "科", "", "", "", "", "", "1001", "丁", "")
    assert refused(lambda: actions.propose_import(name="x", rows=bad, by=SYSTEM)) == (
        "import_faulty",
    )
    row = actions.propose_import(name="x", rows=GOOD, by=SYSTEM)
    Person.objects.create(number="1003", name="先来", unit=town.units["office"])
    units = Unit.objects.count()
    assert refused(lambda: actions.release_import(proposed=row, by=SECURITY)) == ("import_faulty",)
    assert Unit.objects.count() == units


def count() -> tuple[int, ...]:
    return tuple(kind.objects.count() for kind in (Unit, Post, Person, Appointment))


def test_undone_without_a_trace(town: Town) -> None:
    before = count()
    row = actions.propose_import(name="x", rows=GOOD, by=SYSTEM)
    assert refused(lambda: actions.undo_import(released=row, by=SECURITY)) == ("import_undone",)
    actions.release_import(proposed=row, by=SECURITY)
    assert count() != before
    actions.undo_import(released=row, by=SECURITY)
    assert count() == before
    assert refused(lambda: actions.undo_import(released=row, by=SECURITY)) == ("import_undone",)
    assert plan(GOOD, known()).faults == (), "and could come again"


def test_a_unit_that_is_here_takes_in_new_people(town: Town) -> None:
    rows = [HEAD, ["water", "水资源科", "", "", "w9", "新岗", "1", "3001", "新人"]]
    row = actions.propose_import(name="x", rows=rows, by=SYSTEM)
    actions.release_import(proposed=row, by=SECURITY)
    assert Person.objects.get(number="3001").unit == town.units["water"]
    actions.undo_import(released=row, by=SECURITY)
    assert Unit.objects.filter(code="water").exists()


def uses(town: Town) -> dict[str, Callable[[], object]]:
    """Each way in which something else may come to refer to what was imported."""
    person = lambda: Person.objects.get(number="1001")  # noqa: E731
    unit = lambda: Unit.objects.get(code="b")  # noqa: E731
    post = lambda: Post.objects.get(code="b_clerk")  # noqa: E731
    return {
        "people": lambda: actions.record_leave(
            person=person(),
            start=MONDAY,
            end=MONDAY + timedelta(days=1),
            by=machine("tests"),
        ),
        "units": lambda: actions.move(person=town.people["外人"], unit=unit(), by=SYSTEM),
        "seat": lambda: actions.seat_unit(
            unit=town.units["water"], head=None, leader=post(), by=SYSTEM
        ),
        "posts": lambda: actions.appoint(person=town.people["外人"], post=post(), by=SECURITY),
    }


@pytest.mark.parametrize("kind", ["people", "units", "posts", "seat"])
def test_not_undone_once_it_is_used(town: Town, kind: str) -> None:
    row = actions.propose_import(name="x", rows=GOOD, by=SYSTEM)
    actions.release_import(proposed=row, by=SECURITY)
    uses(town)[kind]()
    before = count()
    assert refused(lambda: actions.undo_import(released=row, by=SECURITY)) == ("import_in_use",)
    assert count() == before


# The pages


def send(client: object, body: bytes, name: str = "机构.csv") -> object:
    table = SimpleUploadedFile(name, body)
    return client.post("/people/imports/propose/", {"table": table})  # type: ignore[attr-defined]


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    return importing._as_csv([tuple(row) for row in rows]).decode("utf-8-sig").encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_from_upload_to_undo(signed: Signed, encoding: str) -> None:
    system, security = signed("system"), signed("security", again=True)
    answer = send(system, as_csv(GOOD, encoding))
    assert answer.status_code == 302
    where = answer["Location"]
    assert "甲" in system.get(where).content.decode()
    assert system.post(f"{where}release/").status_code == 403
    assert "已导入" in security.post(f"{where}release/", follow=True).content.decode()
    assert Person.objects.filter(number="1001", name="甲").exists()
    assert "甲" in security.get(where).content.decode(), "still to be looked at"
    assert "已撤销导入" in security.post(f"{where}undo/", follow=True).content.decode()
    assert not Person.objects.filter(number="1001").exists()


def test_faults_are_shown_and_nothing_is_kept(signed: Signed) -> None:
    bad = [*GOOD, *[["d", "科", "", "", "", "", "", "", "<script>", ""]] * 300]
    answer = send(signed("system"), as_csv(bad))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还有 100 处" in page
    assert "<script>" not in page.replace("<script src", "")
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "body", [b"PK\x03\x04rubbish", b"\xff\xff\xff", b'"open', b"", b"x" * (5 << 20 | 1)]
)
def test_what_is_no_table(signed: Signed, body: bytes) -> None:
    answer = send(signed("system"), body)
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_a_spreadsheet_is_read_by_whoever_can(
    signed: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(above, "_readers", [])
    above.register(reader=lambda _bytes: GOOD)
    assert send(signed("system"), b"PK\x03\x04", "机构.xlsx").status_code == 302


def test_a_real_spreadsheet_goes_through_the_jail(signed: Signed) -> None:
    body = importing._as_xlsx([tuple(row) for row in GOOD])
    answer = send(signed("system"), body, "机构.xlsx")
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert plan(Import.objects.get().rows, NONE) == plan(GOOD, NONE)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_without_fault(signed: Signed, kind: str) -> None:
    answer = signed("security").get(f"/people/imports/template.{kind}")
    assert answer["Content-Disposition"].startswith("attachment")
    if kind == "csv":
        rows = tables.rows_of(answer.content)
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        rows = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    assert plan(rows, NONE).faults == ()
