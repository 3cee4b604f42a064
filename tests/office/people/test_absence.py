"""Standing in, leave, and leaving for good, through the actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.utils.translation import override

from tests.office.town import MONDAY, Stopped, Town
from zhongshu.kernel.duties import Undecided
from zhongshu.kernel.duties.from_flow import TooManyWays, worse
from zhongshu.kernel.duties.from_flow.absences import Absences
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import above, actions, listing, queries, revision
from zhongshu.office.people.effects import effect_of_stand_in
from zhongshu.office.people.models import Account, Appointment, Leave, Person, StandIn

from .test_organisation import refused

WEEK = (MONDAY + timedelta(days=1), MONDAY + timedelta(days=8))
Span = tuple[datetime, datetime]


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[object]]]:
    """The registries of the storeys above, empty."""
    lists: dict[str, list[object]] = {}
    for name in ("_holdings", "_processes", "_hand_overs", "_readers"):
        lists[name] = []
        monkeypatch.setattr(above, name, lists[name])
    return lists


def grant(town: Town, principal: str, deputy: str, span: Span = WEEK, **more: object) -> StandIn:
    person = town.people[principal]
    by = more.pop("by", Actor(person.key))
    return actions.grant_stand_in(
        principal=person, deputy=town.people[deputy], span=span, by=by, **more
    )


def away(town: Town, name: str, span: Span = WEEK, by: Actor | None = None) -> Leave:
    person = town.people[name]
    return actions.record_leave(
        person=person, start=span[0], end=span[1], by=by or Actor(person.key)
    )


def test_a_stand_in_reaches_the_engine(town: Town, time: Stopped) -> None:
    before = revision.current()
    row = grant(town, "张科", "王小满", mode="shared", amount=500)
    assert revision.current() == before + 1
    found = queries.directory().stand_ins
    told = [(one.deputy, one.mode, one.amount) for one in found]
    assert told == [(row.deputy.key, "shared", 500)]
    actions.end_stand_in(stand_in=row, by=Actor(town.people["张科"].key))
    assert queries.directory().stand_ins == ()
    assert Entry.objects.latest("pk").verb == "people.end_stand_in"


def test_one_that_has_begun_ends_with_a_date_and_stays(town: Town, time: Stopped) -> None:
    row = grant(town, "张科", "王小满")
    time.at = WEEK[0] + timedelta(hours=1)
    actions.end_stand_in(stand_in=row, by=machine("tests"))
    row.refresh_from_db()
    assert row.end == time.at
    assert refused(lambda: actions.end_stand_in(stand_in=row, by=machine("tests"))) == (
        "stand_in_ended",
    )


def test_whose_it_is_to_arrange(town: Town) -> None:
    wang, zhang, he = (Actor(town.people[name].key) for name in ("王小满", "张科", "何主任"))
    assert refused(lambda: grant(town, "王小满", "张科", by=he)) == ("not_yours",)
    grant(town, "王小满", "张科", by=zhang)  # the head of his unit
    grant(town, "王小满", "何主任", by=Actor("account:2", "security"))
    assert refused(lambda: grant(town, "黄文", "张科", by=Actor("account:1", "system"))) == (
        "not_yours",
    )
    assert refused(lambda: away(town, "张科", by=wang)) == ("not_yours",)
    away(town, "王小满", by=Actor("account:1", "system"))


def test_refusals_of_a_stand_in(town: Town, time: Stopped) -> None:
    old = (MONDAY - timedelta(days=3), MONDAY - timedelta(days=1))
    assert refused(lambda: grant(town, "张科", "王小满", old)) == ("too_late",)
    assert refused(lambda: grant(town, "张科", "王小满", WEEK[::-1])) == ("date_order",)
    ever = (MONDAY, MONDAY + timedelta(days=400))
    assert refused(lambda: grant(town, "张科", "王小满", ever)) == ("too_long",)
    assert refused(lambda: grant(town, "张科", "张科")) == ("stand_in_self",)
    grant(town, "张科", "王小满")
    assert refused(lambda: grant(town, "王小满", "张科")) == ("stand_in_circle",)
    Person.objects.filter(name="外人").update(left_on=MONDAY.date())
    town.people["外人"].refresh_from_db()
    assert refused(lambda: grant(town, "张科", "外人")) == ("gone",)


def test_a_and_b_are_never_both_away(town: Town, time: Stopped) -> None:
    grant(town, "张科", "王小满")
    leave = away(town, "王小满")
    assert refused(lambda: away(town, "张科")) == ("both_away",)
    time.at = WEEK[0] + timedelta(days=1)
    actions.end_leave(leave=leave, by=machine("tests"))
    rest = (time.at, WEEK[1])
    away(town, "张科", rest)
    assert queries.directory().people[town.people["张科"].key].away
    assert listing.covering(town.people["张科"], *rest) == [town.people["王小满"]]
    assert refused(lambda: actions.end_leave(leave=leave, by=machine("tests"))) == ("leave_ended",)


def test_a_leave_that_never_began_is_gone(town: Town, time: Stopped) -> None:
    leave = away(town, "王小满")
    actions.end_leave(leave=leave, by=machine("tests"))
    assert not Leave.objects.exists()


# Separation of duties


def process(code: str) -> object:
    return definition(Process.objects.get(code=code, state="released").pk)


def test_the_effect_is_told_before(town: Town, hooks: dict[str, list[object]]) -> None:
    hooks["_processes"].append(lambda: [process("request")])
    told = {
        (a.name, b.name): effect_of_stand_in(principal=a, deputy=b)
        for a in town.people.values()
        for b in town.people.values()
        if a != b
    }
    all_told = [one for found in told.values() for one in found]
    assert all_told, "some stand-in lets fewer people finish a case"
    assert any(not found for found in told.values()), "and some do not"
    fewer = next(one for one in all_told if "人就能办完" in one.sentence)
    assert fewer.sentence.startswith("“内部签报”：原来最少 4 人才能办完，今后 3 人就能办完：")
    with override("en"):
        assert "at least 4 people were needed, then 3 will do" in fewer.sentence


def test_what_was_not_decided_is_not_called_safe(
    town: Town, hooks: dict[str, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks["_processes"].append(lambda: [process("request")])
    ask = partial(effect_of_stand_in, principal=town.people["张科"], deputy=town.people["王小满"])
    monkeypatch.setattr(Absences, "fewest", lambda _: Undecided(1))
    assert [one.grave for one in ask()] == [True]
    assert "不能视为安全" in ask()[0].sentence
    with override("en"):
        assert "not decided" in ask()[0].sentence

    def too_many(*_args: object) -> None:
        raise TooManyWays

    monkeypatch.setattr(worse, "survey", too_many)
    assert ["未能判定" in one.sentence for one in ask()] == [True]


def test_without_processes_there_is_no_effect(town: Town, hooks: dict[str, list[object]]) -> None:
    grant(town, "张科", "王小满")


# Leaving for good


def test_nobody_leaves_with_open_work_and_without_a_successor(
    town: Town, hooks: dict[str, list[object]]
) -> None:
    given: list[tuple[str, str]] = []
    hooks["_holdings"].append(lambda _person: [above.Held("一件事", "/x/"), above.Held("又一件")])
    hooks["_hand_overs"].append(lambda a, b: given.append((a.name, b.work.name)) or ())
    person, by = town.people["张科"], Actor("account:1", "system")
    leave = actions.leave_for_good
    assert refused(lambda: leave(person=person, by=by)) == ("open_work",)
    assert refused(lambda: leave(person=person, successor=person, by=by)) == ("successor_self",)
    leave(person=person, successor=town.people["王小满"], by=by)
    assert given == [("张科", "王小满")]
    assert [(one.deputy, one.mode) for one in queries.directory().stand_ins] == [
        (town.people["王小满"].key, "exclusive")
    ]
    assert refused(lambda: leave(person=person, by=by)) == ("already_left",)


def test_who_left_is_out_at_once(town: Town, hooks: dict[str, list[object]]) -> None:
    person = town.people["张科"]
    grant(town, "张科", "王小满")
    away(town, "张科")
    account = Account.objects.get(person=person)
    before = account.get_session_auth_hash()
    actions.leave_for_good(person=person, by=Actor("account:1", "system"))
    account.refresh_from_db()
    assert not account.is_active
    assert account.get_session_auth_hash() != before
    assert not StandIn.objects.exists(), "it had not begun"
    assert not Leave.objects.exists()
    assert Appointment.objects.get(person=person).until == MONDAY.date()
    directory = queries.directory()
    assert directory.people[person.key].gone
    assert directory.posts.get("water_head", ()) == ()


def test_who_leaves_next_week_still_works_this_week(
    town: Town, time: Stopped, hooks: dict[str, list[object]]
) -> None:
    person, day = town.people["张科"], MONDAY.date() + timedelta(days=7)
    actions.leave_for_good(person=person, on=day, by=Actor("account:1", "system"))
    assert Account.objects.get(person=person).is_active
    assert queries.directory().holds(person.key, "water_head")
    time.at += timedelta(days=7)
    assert not queries.directory().holds(person.key, "water_head")
