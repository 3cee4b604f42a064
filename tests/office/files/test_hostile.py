"""S12, S15, S16, S17: every hostile file ends in a clear refusal, inside the jail and out."""

from __future__ import annotations

import io
import tempfile

import pytest

from zhongshu.office.files import jail, jailed, limits, packages
from zhongshu.office.files.packages import Package
from zhongshu.office.files.refusal_words import REASONS
from zhongshu.office.refusal import Refusal

from . import good
from .hostile import CORPUS, bomb, cut, many, tiff

BY_NAME = {bad.name: bad for bad in (*CORPUS, *cut())}


def refused(raw: bytes) -> str:
    """The code with which the jail refuses these bytes."""
    with tempfile.TemporaryFile() as file:
        file.write(raw)
        file.flush()
        with pytest.raises(Refusal) as no:
            jail.inspect(file)
    return no.value.refused.codes[0]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow on broken EXIF
@pytest.mark.parametrize("name", BY_NAME)
def test_it_is_refused_in_the_jail_and_by_the_readers_alone(name: str) -> None:
    """The second half: the readers themselves say no, not only the limits of memory."""
    bad = BY_NAME[name]
    raw = bad.make()
    code = refused(raw)
    assert code in REASONS, "there is a sentence"
    assert code in (bad.codes or REASONS)
    if not bad.alone:
        with pytest.raises(Refusal) as no:
            jailed.inspect(io.BytesIO(raw))
        assert no.value.refused.codes[0] in (bad.codes or REASONS)


@pytest.mark.parametrize("suffix", good.samples())
def test_the_same_files_unharmed_are_taken(suffix: str) -> None:
    """The control: nothing above is refused because everything is."""
    with tempfile.TemporaryFile() as file:
        file.write(good.samples()[suffix])
        file.flush()
        assert jail.inspect(file).kind


def test_a_tiff_that_bites_its_tail_ends() -> None:
    assert jailed.inspect(io.BytesIO(tiff(frames=2, loop=True))).pages == 2


def test_what_is_unpacked_is_counted_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not as the list says: the limit falls after the list was believed."""
    package = Package(io.BytesIO(bomb(1, parts=3)))
    package.unpack_all()
    package._left = 2 * limits.MIB
    with pytest.raises(Refusal, match="too_big_unpacked"):
        package.unpack_all()
    monkeypatch.setattr(limits, "UNPACKED", 2 * limits.MIB)
    with pytest.raises(Refusal, match="too_big_unpacked"):
        Package(io.BytesIO(bomb(1, parts=3)))


def test_entries_are_counted_before_a_list_is_made_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(_: object) -> None:
        raise AssertionError("the list was made")

    monkeypatch.setattr(packages.zipfile, "ZipFile", made)
    for count in (limits.ENTRIES + 1, 200_000):
        with pytest.raises(Refusal, match="too_many_parts"):
            Package(io.BytesIO(many(count)))


def test_a_part_that_is_not_there_is_a_damaged_file() -> None:
    with pytest.raises(Refusal, match="damaged"):
        list(Package(io.BytesIO(good.docx())).chunks("word/other.xml"))
