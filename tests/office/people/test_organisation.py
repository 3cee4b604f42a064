"""Units, posts, persons and appointments: each rule, and what every write leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.office.town import Stopped, Town
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal.models import Entry
from zhongshu.office.people import actions, queries, revision
from zhongshu.office.people.models import Account, Appointment, Person, Post, Unit
from zhongshu.office.people.writing import writing
from zhongshu.office.refusal import Refusal

BY = Actor("account:1", "system")
TODAY = date(2026, 11, 23)


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    """The codes of a refusal; it left nothing behind."""
    before = (Entry.objects.count(), revision.current())
    with pytest.raises(Refusal) as caught:
        act()
    assert (Entry.objects.count(), revision.current()) == before
    return caught.value.refused.codes


def test_a_bureau_from_nothing(town: Town) -> None:
    unit = actions.add_unit(code="archive", name=" 档案 室 ", kind="section", by=BY)
    post = actions.add_post(code="archivist", name="档案员", unit=unit, grade=2, by=BY)
    person = actions.add_person(number="A1", name="㐂田", unit=unit, email="a@example.cn", by=BY)
    actions.appoint(person=person, post=post, by=BY)
    actions.seat_unit(unit=unit, head=post, leader=Post.objects.get(code="deputy"), by=BY)
    assert unit.name == "档案 室"
    now = queries.directory()
    assert now.posts["archivist"] == (person.key,)
    assert now.units["archive"].head == person.key
    assert now.people[person.key].rank == 2


def test_every_write_moves_the_revision_and_stands_in_the_journal(town: Town) -> None:
    unit, person = town.units["water"], town.people["王小满"]
    post, head = Post.objects.get(code="records_clerk"), Post.objects.get(code="water_head")
    held = Appointment.objects.get(post=post)
    verbs = {
        "add_unit": lambda: actions.add_unit(code="u", name="新", kind="section", by=BY),
        "change_unit": lambda: actions.change_unit(
            unit=unit, name="水科", kind="section", order=3, parent=None, by=BY
        ),
        "seat_unit": lambda: actions.seat_unit(unit=unit, head=head, leader=None, by=BY),
        "add_post": lambda: actions.add_post(code="p", name="岗", unit=unit, by=BY),
        "change_post": lambda: actions.change_post(post=post, name="文书", grade=1, by=BY),
        "set_sight": lambda: actions.set_sight(post=post, sight="unit", by=BY),
        "add_person": lambda: actions.add_person(number="Z", name="新人", unit=unit, by=BY),
        "change_person": lambda: actions.change_person(person=person, name="王", email="", by=BY),
        "set_clearance": lambda: actions.set_clearance(person=person, clearance=2, by=BY),
        "appoint": lambda: actions.appoint(person=person, post=post, by=BY),
        "end_appointment": lambda: actions.end_appointment(appointment=held, by=BY),
        "move": lambda: actions.move(person=person, unit=town.units["office"], by=BY),
    }
    for verb, act in verbs.items():
        before = revision.current()
        act()
        assert revision.current() == before + 1, verb
        entry = Entry.objects.latest("pk")
        assert (entry.verb, entry.person) == (f"people.{verb}", BY.person)


def test_no_name_stands_in_the_journal_for_ever(town: Town) -> None:
    actions.add_person(number="Q7", name="不可忘", unit=town.units["office"], by=BY)
    entry = Entry.objects.latest("pk")
    assert "不可忘" not in bytes(entry.spelt).decode()
    assert [salt.value for salt in entry.salts.all()] == ["不可忘"]


def test_a_write_without_the_journal_keeps_nothing(town: Town) -> None:
    with pytest.raises(RuntimeError), writing():
        Unit.objects.create(code="silent", name="无声")
    assert not Unit.objects.filter(code="silent").exists()


def test_what_may_not_be_a_name_or_a_code(town: Town) -> None:
    unit = town.units["office"]

    def add(code: str, name: str) -> Callable[[], object]:
        return lambda: actions.add_unit(code=code, name=name, kind="section", by=BY)

    assert refused(add("office", "办")) == ("code_taken",)
    assert refused(add("a b", "")) == ("bad_code", "name_empty")
    assert refused(add("x" * 41, "办")) == ("bad_code",)
    assert refused(add("x", "=1+1")) == ("name_formula",)
    assert refused(add("x", "办\u200b公")) == ("name_unseen",)
    assert refused(add("x", "办" * 81)) == ("name_long",)
    assert refused(lambda: actions.add_post(code="director", name="x", unit=unit, by=BY)) == (
        "code_taken",
    )
    assert refused(lambda: actions.add_person(number="N0000", name="\0", unit=unit, by=BY)) == (
        "name_unseen",
        "number_taken",
    )


def test_a_unit_never_stands_under_itself(town: Town) -> None:
    upper = town.units["office"]
    lower = actions.add_unit(code="low", name="下", kind="section", parent=upper, by=BY)

    def put(unit: Unit, parent: Unit) -> Callable[[], object]:
        return lambda: actions.change_unit(
            unit=unit, name="名", kind="section", order=0, parent=parent, by=BY
        )

    assert refused(put(upper, lower)) == ("unit_under_itself",)
    assert refused(put(upper, upper)) == ("unit_under_itself",)


def test_the_head_sits_in_the_unit(town: Town) -> None:
    foreign = Post.objects.get(code="water_head")
    unit = town.units["office"]
    assert refused(lambda: actions.seat_unit(unit=unit, head=foreign, leader=None, by=BY)) == (
        "post_elsewhere",
    )


def test_appointments_follow_one_another_but_do_not_overlap(town: Town) -> None:
    person, post = town.people["王小满"], Post.objects.get(code="water_head")
    later = TODAY + timedelta(days=30)
    actions.appoint(person=person, post=post, until=later, by=BY)
    assert refused(lambda: actions.appoint(person=person, post=post, by=BY)) == (
        "appointed_already",
    )
    next_ = actions.appoint(person=person, post=post, since=later, by=BY)
    assert refused(
        lambda: actions.appoint(person=person, post=post, since=TODAY, until=TODAY, by=BY)
    ) == ("date_order",)
    actions.end_appointment(appointment=next_, on=later, by=BY)
    assert not Appointment.objects.filter(pk=next_.pk).exists(), "one that never began is gone"


def test_an_ended_appointment_does_not_end_again(town: Town, time: Stopped) -> None:
    held = Appointment.objects.get(post__code="water_head")
    actions.end_appointment(appointment=held, by=BY)
    held.refresh_from_db()
    assert held.until == TODAY
    assert refused(lambda: actions.end_appointment(appointment=held, by=BY)) == (
        "appointment_ended",
    )


def test_who_moves_leaves_his_posts_there_and_keeps_the_others(town: Town) -> None:
    person = town.people["张科"]
    other = Post.objects.get(code="records_clerk")
    actions.appoint(person=person, post=other, by=BY)
    actions.move(person=person, unit=town.units["finance"], by=BY)
    directory = queries.directory()
    assert directory.people[person.key].unit == "finance"
    assert not directory.holds(person.key, "water_head")
    assert directory.holds(person.key, "records_clerk")


@pytest.mark.parametrize("verb", ["appoint", "end", "move", "clearance", "sight"])
def test_changed_rights_void_the_sessions(town: Town, verb: str) -> None:
    person = town.people["张科"]
    account = Account.objects.get(person=person)
    held = Appointment.objects.get(person=person)
    before = account.get_session_auth_hash()
    {
        "appoint": lambda: actions.appoint(
            person=person, post=Post.objects.get(code="deputy"), by=BY
        ),
        "end": lambda: actions.end_appointment(appointment=held, by=BY),
        "move": lambda: actions.move(person=person, unit=town.units["office"], by=BY),
        "clearance": lambda: actions.set_clearance(person=person, clearance=0, by=BY),
        "sight": lambda: actions.set_sight(post=held.post, sight="bureau", by=BY),
    }[verb]()
    account.refresh_from_db()
    assert account.get_session_auth_hash() != before


def test_nobody_who_left_is_appointed_or_moved(town: Town) -> None:
    person, post = town.people["王小满"], Post.objects.get(code="water_head")
    Person.objects.filter(pk=person.pk).update(left_on=TODAY)
    person.refresh_from_db()
    assert refused(lambda: actions.appoint(person=person, post=post, by=BY)) == ("gone",)
    assert refused(lambda: actions.move(person=person, unit=town.units["office"], by=BY)) == (
        "gone",
    )


def test_the_clock_is_the_office_s_own(town: Town, time: Stopped) -> None:
    time.at += timedelta(days=9)
    row = actions.appoint(
        person=town.people["王小满"], post=Post.objects.get(code="deputy"), by=machine("tests")
    )
    assert row.since == clock.local(time.at).date()
