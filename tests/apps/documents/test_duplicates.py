"""Whether it came before: by file, number, title and text, and never by looking at everything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office.town import Stopped, Town
from zhongshu.apps.documents.actions import arriving, registering
from zhongshu.apps.documents.models import Arrival
from zhongshu.apps.documents.queries import duplicates, tray
from zhongshu.config.town.letters import Letter
from zhongshu.office.actor import Actor

from .conftest import LETTER, drop, entry

WORN = LETTER._replace(
    number="临水所请〔2026〕27号",
    title="关于申请调配应急泵车的请示",
    text=(LETTER.text[0].replace("6处", "8处"), *LETTER.text[1:]),
)
OTHER = Letter(
    "云泽市财政局", "云财函〔2026〕5号", "关于报送预算执行情况的函", "云泽市水务局",
    ("请于年底前报送本年度预算执行情况，附结余资金明细表和下一年度用款计划，逾期不报的按规定处理。",),
    LETTER.day,
)  # fmt: skip


def ways(arrival: Arrival, by: Actor) -> list[tuple[str, tuple[str, ...], bool]]:
    return [
        (one.arrival.name, one.by, one.certain)
        for one in duplicates.find(arrival=arrival, seen_by=by)
    ]


@pytest.mark.parametrize(
    ("letter", "by", "certain"),
    [
        (LETTER, ("file", "number", "title", "text"), True),
        (LETTER._replace(urgency="加急"), ("number", "title", "text"), True),
        (LETTER._replace(text=("完全不同的正文，只有一句话。",)), ("number", "title"), True),
        (LETTER._replace(number="临水所请〔2026〕27号"), ("title", "text"), False),
        (WORN, ("text",), False),
    ],
)
def test_each_way_of_being_the_same(
    clerk: Actor, letter: Letter, by: tuple[str, ...], certain: bool
) -> None:
    drop(clerk, name="先.pdf")
    assert ways(drop(clerk, letter, "后.pdf"), clerk) == [("先.pdf", by, certain)]


def test_another_paper_is_another(clerk: Actor) -> None:
    drop(clerk)
    assert ways(drop(clerk, OTHER), clerk) == []


def test_the_earlier_is_like_nothing_until_the_later_is_registered(clerk: Actor) -> None:
    first, second = drop(clerk, name="先.pdf"), drop(clerk, name="后.pdf")
    assert ways(first, clerk) == []
    arriving.apart(key=second.key, of=first.key, why="更正", by=clerk)
    registering.register(key=second.key, entry=entry(), by=clerk)
    assert [name for name, *_ in ways(first, clerk)] == ["后.pdf"]


def test_what_was_set_aside_is_no_double(clerk: Actor) -> None:
    first, second = drop(clerk), drop(clerk)
    arriving.same(key=second.key, of=first.key, by=clerk)
    third = drop(clerk)
    assert [one.arrival.key for one in duplicates.find(arrival=third, seen_by=clerk)] == [first.key]


def test_the_matter_is_named_only_to_whoever_sees_it(clerk: Actor, office: Town) -> None:
    first = drop(clerk)
    matter = registering.register(key=first.key, entry=entry(), by=clerk)
    second = drop(clerk)
    (mine,) = duplicates.find(arrival=second, seen_by=clerk)
    assert mine.matter == matter
    (his,) = duplicates.find(arrival=second, seen_by=office.actor("林知夏"))
    assert his.matter is None
    assert his.certain


def test_a_paper_copy_and_its_file_meet_by_number(clerk: Actor) -> None:
    registering.register(key="a" * 32, entry=entry(medium="paper"), by=clerk)
    arrival = drop(clerk)
    assert [by for _, by, _ in ways(arrival, clerk)] == [("number", "title")]


def test_certain_ones_come_first(clerk: Actor) -> None:
    drop(clerk, name="同.pdf")
    drop(clerk, WORN, "像.pdf")
    assert [name for name, *_ in ways(drop(clerk, name="后.pdf"), clerk)] == ["同.pdf", "像.pdf"]


def test_the_tray_says_which_came_before_and_in_which_order(clerk: Actor, time: Stopped) -> None:
    drop(clerk, name="先.pdf")
    time.at += timedelta(minutes=1)
    second = drop(clerk, name="后.pdf")
    urgent = drop(clerk, OTHER._replace(source="云泽市人民政府", title="关于险情处置的通知"))
    rows = tray.page(keys=tray.order(seen_by=clerk), seen_by=clerk)
    assert [row.arrival.name for row in rows] == ["来文.pdf", "先.pdf", "后.pdf"]
    assert rows[0].arrival == urgent
    assert [row.like.name if row.like else "" for row in rows] == ["", "", "先.pdf"]
    arriving.apart(key=second.key, of=rows[1].arrival.key, why="更正", by=clerk)
    rows = tray.page(keys=tray.order(seen_by=clerk), seen_by=clerk)
    assert not any(row.like for row in rows)


def test_finding_costs_the_same_among_many(clerk: Actor) -> None:
    """And every question about the arrivals goes by an index."""
    arrival = drop(clerk)
    Arrival.objects.bulk_create(
        Arrival(
            key=f"{n:032x}", batch="b", by_id=arrival.by_id, at=arrival.at, state="registered",
            digest=f"{n:064x}", document_key=f"号{n}", title_key=f"{n:064x}", sketch=n,
        )
        for n in range(300)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        duplicates.find(arrival=arrival, seen_by=clerk)
    assert len(asked) <= 8
    with CaptureQueriesContext(connection) as listed:
        tray.page(keys=tray.order(seen_by=clerk), seen_by=clerk)
    if connection.vendor == "sqlite":
        for one in (*asked, *listed):
            plan = _plan(one["sql"])
            assert not [line for line in plan if line.startswith("SCAN documents_")], plan


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]
