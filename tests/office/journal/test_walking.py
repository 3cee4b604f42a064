"""Going back through the journal: exact, gated, and never further than one page of work."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office.town import Stopped, Town
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import walking
from zhongshu.office.journal.models import Entry
from zhongshu.office.journal.walking import Asked


def wrote(count: int, **more: str) -> list[Entry]:
    said = {"verb": "matter.save", "subject": "matter:x", "person": "p1", **more}
    who = Actor(said.pop("person"))
    return [journal.record(by=who, **said) for _ in range(count)]


def every(rows: list[Entry]) -> list[Entry]:
    return rows


def walk(asked: Asked) -> list[int]:
    """All pages, one after another."""
    got: list[int] = []
    after = 0
    while True:
        page = walking.found(asked=asked, gate=every, after=after)
        got += [row.pk for row in page.entries]
        after = page.after
        if not after:
            return got


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(subject="matter:y"),
        Asked(persons=("p2",)),
        Asked(persons=("p1", "p2")),
        Asked(verb="matter.change"),
        Asked(persons=("p2",), verb="matter.change"),
        Asked(subject="matter:y", persons=("p1",), verb="matter.save"),
    ],
)
def test_every_page_together_is_what_a_plain_count_finds(town: Town, asked: Asked) -> None:
    for turn in range(60):
        wrote(1, person=f"p{turn % 3}", subject=f"matter:{'xy'[turn % 2]}")
        wrote(1, person=f"p{turn % 2 + 1}", verb="matter.change", subject="matter:y")
    plain = [
        row.pk
        for row in Entry.objects.order_by("-at", "-pk")
        if (not asked.subject or row.subject == asked.subject)
        and (not asked.persons or row.person in asked.persons)
        and (not asked.verb or row.verb == asked.verb)
    ]
    assert walk(asked) == plain


def test_a_day_is_the_day_of_the_clock_on_the_wall(town: Town, time: Stopped) -> None:
    time.at = time.at.replace(hour=15, minute=59)  # one minute to midnight in Beijing
    [before] = wrote(1)
    time.at = time.at.replace(hour=16, minute=0)
    [after] = wrote(1)
    day = clock.local(after.at).date()
    found = walking.found(asked=Asked(day=day), gate=every)
    assert [row.pk for row in found.entries] == [after.pk]
    assert before.pk not in walk(Asked(day=day))


def test_what_the_gate_leaves_out_is_not_there_and_the_walk_has_an_end(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "CHUNK", 10)
    monkeypatch.setattr(walking, "FAR", 30)
    [rare] = wrote(1, person="p9")
    wrote(100)
    asked, hops, after = Asked(), 0, 0

    def only_rare(rows: list[Entry]) -> list[Entry]:
        return [row for row in rows if row.person == "p9"]

    while True:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = walking.found(asked=asked, gate=only_rare, after=after)
        assert len(queries) <= 4, "one page looks at no more than FAR rows"
        if page.entries:
            break
        hops, after = hops + 1, page.after
        assert after
    assert [row.pk for row in page.entries] == [rare.pk]
    assert hops == 3


def test_no_question_goes_through_the_table(town: Town) -> None:
    """Each is served by an index, so it costs the same in the tenth year."""
    if connection.vendor != "sqlite":
        pytest.skip("the plan is read on SQLite")
    questions = (Asked(), Asked(persons=("p1",)), Asked(verb="x.y"), Asked(day=clock.now().date()))
    for asked in (*questions, *(one._replace(day=clock.now().date()) for one in questions)):
        for rows in walking._asked(asked):
            plan = rows[:40].explain()
            assert "USING INDEX" in plan or "USING COVERING INDEX" in plan, plan
            assert "TEMP B-TREE" not in plan, plan
