"""A folder of its own for every test, and a subject that belongs to the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_django import Settings

from zhongshu.office.actor import Actor
from zhongshu.office.files import subjects


@dataclass
class Drawer:
    """Who may open the drawers of these tests."""

    sees: set[tuple[str, str]] = field(default_factory=set)
    changes: set[tuple[str, str]] = field(default_factory=set)

    def open_for(self, actor: Actor, drawer: str, *, only_look: bool = False) -> str:
        self.sees.add((actor.person, drawer))
        if not only_look:
            self.changes.add((actor.person, drawer))
        return f"drawer:{drawer}"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    settings.FILES_SPARE = 0
    settings.FONTS_ROOT = tmp_path / "fonts"
    return tmp_path / "files"


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    made = Drawer()
    subjects.register(
        "drawer",
        may_see=lambda actor, id_: (actor.person, id_) in made.sees,
        may_change=lambda actor, id_: (actor.person, id_) in made.changes,
        grade=lambda _: "内部",
    )
    yield made
    subjects.forget("drawer")
