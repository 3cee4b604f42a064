"""The list of powers by day, and what is kept for the inspector of how processes stood."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.office.town import Stopped, Town
from zhongshu.apps.processes import actions, powerlist
from zhongshu.apps.processes.models import Watched
from zhongshu.office.actor import machine
from zhongshu.office.matters import processes
from zhongshu.office.people import actions as people

from .conftest import Sit
from .test_checkup_pages import PAIR, read


@pytest.mark.parametrize("who", ["王小满", "张科", "audit"])
def test_everybody_may_read_the_powers(sit: Sit, who: str) -> None:
    page = read(sit(who).get("/processes/powers/"))
    assert "本部门负责人" in page
    assert "内部签报 科室负责人审核 审批" in page
    assert "录" not in page or "records_clerk" in page
    assert sit(who).get("/processes/powers/?print=1").status_code == 200


def test_two_days_are_put_side_by_side(sit: Sit, time: Stopped) -> None:
    first = time.at
    time.at += timedelta(days=10)
    processes.release(process=processes.propose(text=PAIR, by=machine("a")), by=machine("b"))
    day, before = time.at.date().isoformat(), first.date().isoformat()
    client = sit("audit")
    assert "先审后批" not in read(client.get(f"/processes/powers/?on={before}"))
    page = read(client.get(f"/processes/powers/?on={day}&since={before}"))
    assert f"{before} 与 {day} 的不同 2" in page
    assert "water_head 先审后批 · 审核，审批 新有" in page
    assert powerlist.difference(before=time.at.date(), after=first.date())[0].gained is False
    for odd in ("x", "9999-12-31", "", "0001-01-01"):
        assert client.get("/processes/powers/", {"on": odd, "since": odd}).status_code == 200


def test_the_spreadsheet_says_the_same(sit: Sit, time: Stopped) -> None:
    answer = sit("audit").get("/processes/powers/sheet/")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    lines = powerlist.on(day=time.at.date())
    assert [tuple(row) for row in rows[1 : 1 + len(lines)]] == [tuple(line) for line in lines]
    assert rows[-1][0] == "权力清单，2026-11-23 在用的流程"
    assert "spreadsheetml" in answer.headers["Content-Type"]


def test_what_got_worse_is_kept_and_stands_in_the_weekly_report(
    sit: Sit, town: Town, time: Stopped
) -> None:
    assert actions.watch() == 1
    assert actions.watch() == 0
    client = sit("audit")
    assert "这七天没有变化" in read(client.get("/processes/changes/"))
    second = people.appoint(
        person=town.people["吴法"],
        post=town.post("records_clerk", "office"),
        by=machine("tests"),
    )
    time.at += timedelta(minutes=5)
    assert actions.watch() == 1
    time.at += timedelta(days=1)
    people.end_appointment(appointment=second, by=machine("tests"))
    assert actions.watch() == 1
    better, worse = Watched.objects.order_by("pk")[1:]
    assert (better.worse, worse.worse) == (False, True)
    client = sit("audit")  # the session of yesterday is over
    page = read(client.get("/processes/changes/"))
    assert "变化 2 次，其中变差 1 次" in page
    assert "不再离不开一个人：交办归档。" in page
    assert "变得离不开一个人：交办归档。" in page
    assert client.get("/processes/changes/?print=1&until=2026-11-30").status_code == 200
    assert "这七天没有变化" in read(client.get("/processes/changes/?until=2026-01-01"))
    assert sit("王小满").get("/processes/changes/").status_code == 403


def test_a_new_version_is_a_change_too(sit: Sit, time: Stopped) -> None:
    processes.release(process=processes.propose(text=PAIR, by=machine("a")), by=machine("b"))
    actions.watch()
    time.at += timedelta(hours=1)
    text = PAIR.replace("version = 1", "version = 2").replace(
        '[["first", "second"]]', '[["first", "second"], ["draft", "second"]]'
    )
    processes.release(process=processes.propose(text=text, by=machine("a")), by=machine("b"))
    assert actions.watch() == 1
    assert "换用第 2 版。" in read(sit("audit").get("/processes/changes/"))
