"""S12, S17: whoever lays out or draws a hostile file gets an answer or a refusal, in time."""

from __future__ import annotations

import io
import time

import pytest

from zhongshu.office.files import jail, jailed, limits
from zhongshu.office.files.refusal_words import REASONS
from zhongshu.office.refusal import Refusal

from .hostile_layouts import CORPUS, READ, Bad
from .test_jail import opened

BY_NAME = {f"{bad.kind}: {bad.name}": bad for bad in CORPUS}


def outcomes(bad: Bad) -> list[str]:
    """What becomes of it: of the layout, and of the picture of its first page."""
    found = []
    with opened(bad.make()) as file:
        for ask in (
            lambda: jail.layout(file, bad.kind),
            lambda: jail.picture(file, bad.kind, 1, 960) if bad.kind in ("ofd", "pdf") else None,
        ):
            try:
                ask()
            except Refusal as refusal:
                [code] = refusal.refused.codes
                assert code in REASONS
                found.append(code)
            else:
                found.append(READ)
    return found


@pytest.mark.parametrize("name", BY_NAME)
def test_it_ends_well_and_in_time(name: str) -> None:
    bad = BY_NAME[name]
    before = time.monotonic()
    laid_out, drawn = outcomes(bad)
    assert time.monotonic() - before < 2 * (limits.WALL_SECONDS + jail.SPARE_SECONDS + 3)
    assert laid_out in bad.ends
    assert bad.kind != "ofd" or drawn in (*bad.ends, READ)


def alone(bad: Bad) -> str:
    """What becomes of its layout in this process."""
    try:
        jailed.layout(io.BytesIO(bad.make()), bad.kind)
    except Refusal as refusal:
        return refusal.refused.codes[0]
    return READ


@pytest.mark.parametrize(
    "name",
    [name for name, bad in BY_NAME.items() if bad.kind == "ofd" and "too_hard" not in bad.ends],
)
def test_the_readers_alone_say_the_same(name: str) -> None:
    """Not only the limits of the jail; what needs those is left to it."""
    assert alone(BY_NAME[name]) in BY_NAME[name].ends


def test_the_corpus_has_no_name_twice() -> None:
    assert len(BY_NAME) == len(CORPUS)
