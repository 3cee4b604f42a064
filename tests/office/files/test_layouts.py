"""Layouts through the jail: of stored files and of files beside the store."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.office.town import Town
from zhongshu.kernel.papers.layout import Box, Layout, Line, Page
from zhongshu.office.files import actions, jail, layouts, limits
from zhongshu.office.files.jailed import spell
from zhongshu.office.files.models import Blob
from zhongshu.office.files.readers.found import Laid
from zhongshu.office.files.refusal_words import REASONS
from zhongshu.office.refusal import Refusal

from . import good, laid
from .conftest import Drawer
from .test_jail import Says, opened


def through(raw: bytes, kind: str) -> Laid:
    with opened(raw) as file:
        return jail.layout(file, kind)


def test_it_comes_out_of_the_jail_as_it_is_inside() -> None:
    raw = laid.pdf(
        laid.words(40, 50, "文件", colour="1 0 0", font="G")
        + laid.rule(28, 100, 184)
        + laid.ring(100, 200, 42)
    )
    found = through(raw, "pdf")
    [page] = found.layout.pages
    assert isinstance(page.lines[0], Line)
    assert isinstance(page.lines[0].box, Box)
    assert (page.lines[0].red, page.lines[0].bold) == (True, True)
    assert len(page.rules) == len(page.seals) == 1


@pytest.mark.parametrize("suffix", ["pdf", "ofd", "docx", "txt", "xlsx"])
def test_every_kind_with_words(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"a.{suffix}").write_bytes(good.samples()[suffix])
    assert layouts.at(tmp_path / f"a.{suffix}").pages[0].lines


def test_a_book_is_read_by_several_children() -> None:
    found = through(good.pdf([f"第{n}页" for n in range(limits.PAGES_AT_ONCE * 2 + 1)]), "pdf")
    assert [page.lines[0].text for page in found.layout.pages[38:42]] == [
        "第38页",
        "第39页",
        "第40页",
        "第41页",
    ]
    assert len(found.layout.pages) == limits.PAGES_AT_ONCE * 2 + 1


def test_a_book_has_its_measure_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = good.pdf(["十个字十个字十个字十"] * (limits.PAGES_AT_ONCE + 1))
    with monkeypatch.context() as short, pytest.raises(Refusal, match="too_hard"):
        short.setattr(limits, "LAYOUT_SECONDS", -1)
        through(raw, "pdf")
    monkeypatch.setattr(limits, "LETTERS", 10 * limits.PAGES_AT_ONCE + 9)
    with pytest.raises(Refusal, match="too_much_text"):
        through(raw, "pdf")


@pytest.mark.parametrize("more", [1, 3, -1])
def test_a_child_that_never_ends_is_not_asked_for_ever(
    more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = spell({"value": [["pdf", [[[], 1, 1, [], []]], []], [], more]})
    monkeypatch.setattr(jail, "WARDEN", Says(said))
    with pytest.raises(Refusal, match="too_hard"):
        jail.layout(io.BytesIO(), "pdf")


def test_a_name_that_lies_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(good.samples()["pdf"])
    with pytest.raises(Refusal, match="suffix_differs"):
        layouts.at(tmp_path / "a.docx")
    with pytest.raises(OSError, match="none"):
        layouts.at(tmp_path / "none.pdf")


@pytest.mark.django_db
def test_a_stored_file(town: Town, drawer: Drawer) -> None:
    by = town.actor("王小满")
    subject = drawer.open_for(by, "a")
    file = actions.add(name="a.pdf", stream=[good.samples()["pdf"]], subject=subject, by=by)
    assert laid.said(layouts.stored(digest=file.blob.digest)) == [["关于水源保护的通知"]]
    with pytest.raises(Blob.DoesNotExist):
        layouts.stored(digest="0" * 64)


BARE = Laid(Layout("scan", (Page((), 210, 297), Page((), 210, 297))), (1, 2))
MIXED = Laid(Layout("pdf", (Page((Line("字"),)), Page(()))), (2,))


def seen(monkeypatch: pytest.MonkeyPatch, found: Laid, *, can: bool) -> Layout:
    """What comes of this when there is, or is not, an optical reader."""
    monkeypatch.setattr(jail, "layout", lambda *_: found)
    monkeypatch.setattr(jail, "can_see", lambda: can)
    monkeypatch.setattr(jail, "see", lambda _, __, page: Page((Line(f"看{page}"),)))
    return layouts.read(io.BytesIO(), "pdf")


def test_without_an_optical_reader_a_scan_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(Refusal, match="needs_ocr"):
        seen(monkeypatch, BARE, can=False)
    assert "ocr" in REASONS["needs_ocr"][0]
    assert laid.said(seen(monkeypatch, MIXED, can=False)) == [["字"], []]


def test_an_optical_reader_reads_the_bare_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    found = seen(monkeypatch, BARE, can=True)
    assert (found.form, laid.said(found)) == ("scan", [["看1"], ["看2"]])
    found = seen(monkeypatch, MIXED, can=True)
    assert (found.form, laid.said(found)) == ("pdf", [["字"], ["看2"]])
    monkeypatch.setattr(limits, "SEEN_PAGES", 1)
    assert laid.said(seen(monkeypatch, BARE, can=True)) == [["看1"], []]
