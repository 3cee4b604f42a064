"""The small bureau with its records office, and papers that come to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.office.conftest import _nothing_kept, time, town
from tests.office.town import Stopped, Town, flow
from zhongshu.apps.documents import weighing
from zhongshu.apps.documents.actions import arriving
from zhongshu.apps.documents.entering import Entry
from zhongshu.apps.documents.models import Arrival
from zhongshu.config.town.letters import Letter, pdf
from zhongshu.office import clock
from zhongshu.office.actor import Actor

from .bureau import water_works

__all__ = ["_nothing_kept", "time", "town"]

Sit = Callable[[str], Client]
LETTER = Letter(
    source="临溪区水务所",
    number="临水所请〔2026〕21号",
    title="关于申请调配移动式应急泵车的请示",
    addressee="云泽市水务局",
    text=(
        "入冬以来，我区清溪路、望江里等6处低洼路段排水压力增大。现有移动泵车2台，抽排能力不足每小时400立方米。",
        "为做好应急准备，恳请市局于2026年12月10日前调配移动式应急泵车2台，并安排操作培训1次。",
        "妥否，请批示。",
    ),
    day=date(2026, 11, 20),
    signer="梅若川",
    contact="何青禾，0571-5550108",
)


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"
    settings.FILES_SPARE = 0
    settings.FONTS_ROOT = tmp_path / "fonts"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    weighing.table.cache_clear()
    yield
    weighing.table.cache_clear()


@pytest.fixture
def office(town: Town) -> Town:
    """The bureau with a second clerk, a reviewer and his fallback; incoming released."""
    town.person("林知夏", "office", "records_clerk")
    town.person("许初", "office", "records_head", clearance=2)
    town.person("方副", "office", "office_deputy", clearance=2)
    flow("incoming")
    return town


@pytest.fixture
def works(db: None, time: Stopped) -> Town:
    """A bureau in which every post that documents pass through is held, on a Monday at nine."""
    return water_works()


@pytest.fixture
def clerk(office: Town) -> Actor:
    return office.actor("黄文")


@pytest.fixture
def sit(office: Town) -> Sit:
    """A browser of this person."""

    def down(name: str) -> Client:
        client = Client()
        client.force_login(office.people[name].account)
        return client

    return down


def drop(
    by: Actor, letter: Letter = LETTER, name: str = "来文.pdf", *, soon: bool = True
) -> Arrival:
    """A paper put into the tray; read at once unless told otherwise."""
    came = arriving.Came(name, [pdf(letter)])
    return arriving.receive(came=came, batch=clock.token(), by=by, soon=soon)


def entry(**changed: Any) -> Entry:
    """What a clerk enters of the usual paper."""
    told: dict[str, Any] = {
        "register": "lower",
        "title": LETTER.title,
        "source": LETTER.source,
        "document_no": LETTER.number,
        "sort": "请示",
        "signer": LETTER.signer,
        "received_at": clock.now(),
    }
    return Entry(**(told | changed))
