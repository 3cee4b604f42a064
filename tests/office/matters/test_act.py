"""A matter moves: one transaction, one journal line, exact to-do rows; refusals keep nothing."""

from __future__ import annotations

import pytest

from tests.office.town import Stopped, Town, names
from zhongshu.kernel.flow import apply, begin
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import dump_case, load_case, load_event
from zhongshu.office import clock
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import actions, kinds, processes, queries
from zhongshu.office.matters.models import Event, Matter
from zhongshu.office.people import revision
from zhongshu.office.refusal import Conflict, Refusal

KIND = kinds.Kind("request", "签报", "签报〔{year}〕{serial}号", "request")
kinds.register(KIND)
FORM = {"subject": "购置流量计", "text": "拟购置 3 台。"}


def opened(
    town: Town, by: str = "王小满", title: str = "购置流量计的签报", **more: object
) -> Matter:
    opening = actions.Opening(kind="request", title=title, **more)
    return actions.open_matter(opening=opening, by=town.actor(by))


def submit(town: Town, matter: Matter, by: str = "王小满", once: str = "") -> actions.Done:
    return actions.act(
        key=matter.key,
        command=lambda who: c.Submit(who, changes=FORM),
        by=town.actor(by),
        once=once,
    )


def todo(town: Town, matter: Matter) -> set[tuple[str, str]]:
    called = names(town)
    return {(called[row.person.key], row.what) for row in matter.todos.select_related("person")}


def slot(matter: Matter, holder: str) -> tuple[kernel.Slot, str]:
    case = load_case(matter.case.text)
    found = [
        s for a in case.acts.values() for s in a.slots if s.state == "open" and s.holder == holder
    ]
    return found[0], case.content.digest


def approve(town: Town, matter: Matter, by: str, once: str = "") -> actions.Done:
    matter = Matter.objects.select_related("case").get(pk=matter.pk)
    seat, seen = slot(matter, town.people[by].key)
    return actions.act(
        key=matter.key,
        command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "approve", "同意"),
        by=town.actor(by),
        once=once,
    )


def test_a_draft_has_a_number_and_waits_for_its_drafter(town: Town) -> None:
    matter = opened(town)
    assert matter.number == "签报〔2026〕1号"
    assert todo(town, matter) == {("王小满", "revise")}
    assert matter.step == "拟写签报"


def test_submitting_asks_the_head_and_nobody_else(town: Town) -> None:
    matter = opened(town)
    done = submit(town, matter)
    assert (done.event, done.matter.state) == (1, "running")
    assert todo(town, matter) == {("张科", "do")}
    assert done.matter.responsible == town.people["张科"]


def test_the_journal_holds_the_digest_of_every_event(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    event = Event.objects.get(matter=matter)
    assert event.entry.verb == "flow.submit"
    assert event.entry.subject == f"matter:{matter.key}"
    assert Entry.objects.count() == 5  # opening, proposal, release, matter, submit


def test_events_replayed_give_the_case(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    approve(town, matter, "张科")
    flow = processes.definition(matter.process_id)
    case = begin(flow, matter.key, kernel.Actor(town.people["王小满"].key), clearance=1)
    for event in Event.objects.filter(matter=matter):
        case = apply(case, load_event(event.text))
    assert dump_case(case) == Matter.objects.get(pk=matter.pk).case.text


def test_a_refusal_keeps_nothing_and_says_why(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    before = (Event.objects.count(), Entry.objects.count(), todo(town, matter))
    seat, seen = slot(Matter.objects.get(pk=matter.pk), town.people["张科"].key)
    with pytest.raises(Refusal) as no:
        actions.act(
            key=matter.key,
            command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "approve"),
            by=town.actor("外人"),
        )
    assert "not_yours" in no.value.refused.codes
    assert (Event.objects.count(), Entry.objects.count(), todo(town, matter)) == before


def test_the_same_command_again_gets_the_first_answer(town: Town) -> None:
    matter = opened(town)
    first = submit(town, matter, once="k1")
    assert submit(town, matter, once="k1").event == first.event
    approve(town, matter, "张科", once="k1")  # another person's k1 is another key
    assert submit(town, matter, once="k1").event == first.event
    assert Event.objects.filter(matter=matter).count() == 2


def test_another_command_under_the_same_key_is_a_conflict(town: Town) -> None:
    matter = opened(town)
    submit(town, matter, once="k1")
    with pytest.raises(Conflict):
        actions.act(
            key=matter.key,
            command=lambda who: c.Submit(who, changes=FORM | {"text": "别的"}),
            by=town.actor("王小满"),
            once="k1",
        )


def test_who_did_not_see_the_last_change_is_told(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    stale = Matter.objects.select_related("case").get(pk=matter.pk)
    approve(town, matter, "张科")
    seat, seen = slot(stale, town.people["张科"].key)
    with pytest.raises(Refusal):
        actions.act(
            key=matter.key,
            command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "approve"),
            by=town.actor("张科"),
        )


def test_only_those_it_came_to_and_those_above_see_it(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)

    def sees(name: str) -> bool:
        return queries.visible(seen_by=town.actor(name)).filter(pk=matter.pk).exists()

    assert {name for name in town.people if sees(name)} == {"王小满", "张科", "赵副", "李局"}


def test_nobody_sees_above_his_clearance(town: Town) -> None:
    matter = opened(town, by="何主任", grade=2)
    seen = queries.visible(seen_by=town.actor("李局"))
    assert seen.filter(pk=matter.pk).exists()
    town.people["李局"].clearance = 1
    town.people["李局"].save()
    revision.touch()
    assert not queries.visible(seen_by=town.actor("李局")).filter(pk=matter.pk).exists()


def test_sealing_covers_every_entry_once(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    assert journal.seal() == 5
    assert journal.seal() == 0
    assert sorted(Entry.objects.values_list("place", flat=True)) == list(range(5))


def test_time_brings_reminders(town: Town, time: Stopped) -> None:
    matter = opened(town)
    wake = submit(town, matter).matter.wake
    assert wake is not None
    time.at = clock.calendar().add(time.at, wake - clock.calendar().minute(time.at)).at
    actions.tick(key=matter.key)
    told = Event.objects.filter(matter=matter).last()
    assert told is not None and told.verb == "tick"
    assert Matter.objects.get(pk=matter.pk).wake > wake
