"""S13: while files come, are shown and are scrubbed, nothing is written outside the data folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as ours

from tests.office.town import Town
from zhongshu.office.actor import machine
from zhongshu.office.files import actions, previews

from . import good
from .conftest import Drawer

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PLACES = {"os.rename": (0, 1), "os.remove": (0,), "os.mkdir": (0,), "os.symlink": (1,)}
_watching: list[list[Path]] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching:
        return
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        places: tuple[object, ...] = arguments[:1]
    else:
        places = tuple(arguments[at] for at in PLACES.get(event, ()))
    _watching[-1].extend(Path(str(place)) for place in places if not isinstance(place, int))


sys.addaudithook(_hook)


@contextmanager
def written() -> Iterator[list[Path]]:
    """Every place that is written to, renamed or removed meanwhile."""
    _watching.append([])
    try:
        yield _watching[-1]
    finally:
        _watching.pop()


@pytest.mark.django_db
def test_only_the_data_folder_is_written_to(town: Town, drawer: Drawer, folder: Path) -> None:
    by = town.actor("王小满")
    subject = drawer.open_for(by, "a")
    with written() as places:
        for suffix, raw in good.samples().items():
            name = f"../../../../{tempfile.gettempdir()}/evil.{suffix}"
            file = actions.add(name=name, stream=[raw], subject=subject, by=by)
            if file.of.pages:
                previews.page(blob=file.blob, number=1, width=480, words=("x",))
        actions.scrub(by=machine("scrub"))
    assert len(places) > 20, "the recorder saw something"
    data = Path(ours.HOME) if hasattr(ours, "HOME") else folder
    outside = {
        place
        for place in places
        if not place.is_relative_to(folder) and not place.is_relative_to(data)
    }
    assert outside <= {Path(os.devnull)}, "where the jail's own output goes"


def test_the_recorder_sees_what_is_written_elsewhere(tmp_path: Path) -> None:
    """The control."""
    with written() as places:
        (tmp_path / "a").write_text("x", "utf-8")
        (tmp_path / "a").rename(tmp_path / "b")
        (tmp_path / "b").unlink()
    assert set(places) == {tmp_path / "a", tmp_path / "b"}
