"""S32: nothing in a spreadsheet that is taken away can run when somebody opens it, and nothing of
it is lost on the way.

The cells are read back out of the file as the standard lays them down, by no library that might be
kinder than the program it is opened with."""

from __future__ import annotations

import ast
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest

from tests.architecture.source import modules
from tests.office.town import Stopped
from zhongshu.office.files.workbooks import LONGEST, workbook

DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("https://evil.example","看")',
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "https://evil.example",
    "mailto:a@evil.example",
    "1e5",
    "007",
    "<script>x</script>",
    "𠮷田",
)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Who may write a spreadsheet: the one writer, and the empty table whose words are its own.
WRITERS = {"zhongshu.office.files.workbooks", "zhongshu.office.people.views.importing"}


def parts(book: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(book)) as file:
        return {name: file.read(name) for name in file.namelist()}


def cells(book: bytes) -> list[str]:
    """The words of every cell, in order; a formula, a link or a number of a text is a failure."""
    files = parts(book)
    words = ["".join(one.itertext()) for one in fromstring(files["xl/sharedStrings.xml"])]
    sheet = fromstring(files["xl/worksheets/sheet1.xml"])
    assert not list(sheet.iter(f"{SHEET}f")), "a formula"
    assert not list(sheet.iter(f"{SHEET}hyperlink")), "a link"
    found = []
    for cell in sheet.iter(f"{SHEET}c"):
        value = cell.find(f"{SHEET}v")
        assert cell.get("t") == "s", "a text is stored as text"
        assert value is not None
        found.append(words[int(value.text or "")])
    return found


def test_what_looks_like_a_formula_is_text_and_comes_back_whole(time: Stopped) -> None:
    book = workbook(title="导出", heads=DANGEROUS, rows=[DANGEROUS], foot=DANGEROUS[0])
    assert cells(book) == [*DANGEROUS, *DANGEROUS, DANGEROUS[0]]
    names = parts(book)
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]


def test_a_number_is_a_number_and_nothing_is_nothing(time: Stopped) -> None:
    files = parts(workbook(title="数", heads=("a", "b"), rows=[(7, None)]))
    sheet = fromstring(files["xl/worksheets/sheet1.xml"])
    last = [one for one in sheet.iter(f"{SHEET}c") if one.get("r", "").endswith("2")]
    assert [(one.get("r"), one.get("t"), one.findtext(f"{SHEET}v")) for one in last] == [
        ("A2", None, "7")
    ]


def test_nothing_is_cut_in_silence(time: Stopped) -> None:
    whole = "长" * LONGEST
    assert cells(workbook(title="长", heads=("a",), rows=[(whole,)])) == ["a", whole]
    with pytest.raises(ValueError, match="32768"):
        workbook(title="长", heads=("a",), rows=[(whole + "长",)])


def test_controls_do_not_break_the_file(time: Stopped) -> None:
    book = workbook(title="控", heads=("a\x00b",), rows=[("x\x0b\x1fy",)], foot="\x01z")
    assert cells(book) == ["ab", "xy", "z"]


def test_every_export_goes_through_the_one_writer() -> None:
    found = {
        name
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(one.name == "xlsxwriter" for one in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "xlsxwriter")
        or (
            isinstance(node, ast.Attribute)
            and ast.unparse(node) in {"csv.writer", "csv.DictWriter"}
        )
    }
    assert found == WRITERS
