"""A bureau with an office that supervises, three sections, two leaders in charge, one chief."""

from __future__ import annotations

from datetime import date

import pytest

from tests.desk.conftest import Sit, sit
from tests.office.conftest import _nothing_kept, time
from tests.office.town import Stopped, Town, flow
from zhongshu.apps.supervision.founding import Establishing
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import revision

__all__ = ["Sit", "_nothing_kept", "sit", "time", "town"]

OFFICE = {"督办员": "supervision", "副主任": "office_deputy", "档案员": "archivist"}
SECTIONS = {"water": "水资源科", "supply": "供水科", "works": "工程科"}


@pytest.fixture
def town(db: None, time: Stopped) -> Town:
    """The bureau, on a Monday at nine."""
    return bureau()


def bureau() -> Town:
    """李局 is the chief; 赵副 leads 水资源科 and 供水科, 钱副 工程科 and the office."""
    journal.open_journal()
    made = Town()
    made.unit("leaders", "局领导")
    made.post("director", "leaders", 9, "bureau")
    made.post("deputy", "leaders", 8)
    made.post("deputy_two", "leaders", 8)
    made.unit("office", "办公室", head="office_head", leader="deputy_two")
    for code, name in SECTIONS.items():
        made.unit(code, name, head=f"{code}_head", leader="deputy")
    made.units["works"].leader = made.post("deputy_two", "leaders", 8)
    made.units["works"].save()
    for post in ("office_head", "supervision"):
        made.post(post, "office", 5, "bureau")
        row = made.post(post, "office")
        row.sight = "bureau"
        row.save()
    made.person("李局", "leaders", "director", clearance=2)
    made.person("赵副", "leaders", "deputy", clearance=2)
    made.person("钱副", "leaders", "deputy_two", clearance=2)
    made.person("何主任", "office", "office_head", clearance=2)
    for name, post in OFFICE.items():
        made.person(name, "office", post)
    made.person("黄文", "office", "records_clerk", "records_head")
    for code, name in SECTIONS.items():
        made.person(f"{name}长", code, f"{code}_head")
        made.person(f"{name}员", code)
    made.person("外人", "works")
    revision.touch()
    for code in ("request", "supervision", "incoming"):
        flow(code)
    return made


def task(**more: object) -> Establishing:
    """An instruction of the chief, for 供水科, due on 18 December 2026."""
    said: dict[str, object] = {
        "title": "裸露管段包裹 126 处",
        "source": "own_leader_instruction",
        "rhythm": "instruction",
        "requirement": "126 处全部包裹并验收，附照片",
        "lead": "supply",
        "due_on": date(2026, 12, 18),
        "source_words": "请供水科抓紧办。",
    }
    return Establishing(**{**said, **more})  # type: ignore[arg-type]
