"""Somebody leaves: his drafts go to whoever is named, or are laid by; nothing waits for nobody."""

from __future__ import annotations

import pytest

from tests.office.town import Town
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office.actor import Actor
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import actions
from zhongshu.office.matters.models import Draft, Event, Matter, Todo
from zhongshu.office.matters.selfcheck import selfcheck
from zhongshu.office.notices.models import Notice
from zhongshu.office.people import above
from zhongshu.office.people import actions as people
from zhongshu.office.people.models import Person
from zhongshu.office.refusal import Refusal

from .test_act import opened, slot, submit, todo

SYSTEM = Actor("account:1", "system")


def leaves(town: Town, name: str, work: str = "", drafts: str = "") -> None:
    people.leave_for_good(
        person=town.people[name],
        successor=town.people[work] if work else None,
        drafts=town.people[drafts] if drafts else None,
        by=SYSTEM,
    )


def returned(town: Town) -> Matter:
    """A paper of 王小满 that came back to be revised."""
    matter = submit(town, opened(town, title="退回过的签报")).matter
    seat, seen = slot(Matter.objects.get(pk=matter.pk), town.people["张科"].key)
    actions.act(
        key=matter.key,
        command=lambda who: c.SendBack(who, seat.id, seat.rev, seen, "draft", "材料不全"),
        by=town.actor("张科"),
    )
    return Matter.objects.get(pk=matter.pk)


def test_drafts_go_to_a_named_colleague_and_what_came_back_to_the_successor(town: Town) -> None:
    draft, back = opened(town, title="草稿"), returned(town)
    actions.save_draft(key=draft.key, form={"subject": "写到一半"}, by=town.actor("王小满"))
    held = above.held_by(town.people["王小满"])
    assert [(one.title, one.draft) for one in held] == [
        (draft.number, True),
        (back.number, False),
    ]
    leaves(town, "王小满", work="吴法", drafts="外人")
    assert todo(town, draft) == {("外人", "revise")}
    assert todo(town, back) == {("吴法", "revise")}
    assert Draft.objects.get(matter=draft).form == {"subject": "写到一半"}
    actions.save_draft(key=draft.key, form={"subject": "接着写"}, by=town.actor("外人"))
    assert Notice.objects.filter(matter=draft, person=town.people["外人"]).exists()
    last = Event.objects.filter(matter=draft).latest("number")
    assert (last.verb, last.person) == ("drafter_gone", "system:people")
    assert Entry.objects.filter(verb="flow.drafter_gone").count() == 2
    submit(town, draft, by="外人")
    assert list(selfcheck()) == []


def test_drafts_that_nobody_wants_are_laid_by_and_wait_for_nobody(town: Town) -> None:
    draft = opened(town)
    leaves(town, "王小满")
    draft.refresh_from_db()
    assert (draft.state, draft.closed_at is not None) == ("withdrawn", True)
    assert not Todo.objects.filter(person=town.people["王小满"]).exists()
    assert load_case(draft.case.text).head.drafters == (town.people["王小满"].key,)


def test_what_came_back_is_work_and_needs_a_successor(town: Town) -> None:
    returned(town)
    with pytest.raises(Refusal) as no:
        leaves(town, "王小满", drafts="外人")
    assert no.value.refused.codes == ("open_work",)


def test_an_heir_who_may_not_write_it_stops_the_leaving(town: Town) -> None:
    opened(town, by="何主任", grade=2)
    before = Entry.objects.count()
    with pytest.raises(Refusal) as no:
        leaves(town, "何主任", drafts="外人")
    assert no.value.refused.codes == ("draft_not_taken", "not_cleared")
    assert Person.objects.get(name="何主任").left_on is None
    assert Entry.objects.count() == before
