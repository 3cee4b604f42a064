"""F10: somebody with the keys of the database changes rows. Every change is found, and located.

Every column of every sealed table is changed in turn, rows are taken away, put in, swapped, and
the tree is computed anew over a forgery. What the recount cannot see stands in a list with the
reason; the list is exact, so a column that begins to be sealed has to be taken off it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction

from tests.office.matters.test_act import approve, opened, submit
from tests.office.town import Town, flow
from zhongshu.kernel.flow.commands import Submit
from zhongshu.kernel.journal import tree
from zhongshu.office.actor import machine
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal.faults import WORDS, Fault
from zhongshu.office.journal.models import Entry, Head, Journal, Node, Salt
from zhongshu.office.matters import accompany, actions, kinds, numbers
from zhongshu.office.matters import selfcheck as checking
from zhongshu.office.matters.models import (
    Answered,
    Case,
    Comment,
    Event,
    Link,
    Matter,
    Participant,
    Process,
    Series,
    Todo,
)
from zhongshu.office.matters.selfcheck import selfcheck

LONG = float(os.environ.get("ZHONGSHU_TORTURE", "0"))
SEALED: tuple[type[models.Model], ...] = (
    Journal,
    Entry,
    Node,
    Head,
    Salt,
    Process,
    Series,
    Matter,
    Case,
    Event,
    Todo,
    Answered,
    Participant,
    Comment,
    Link,
)
# What no recount can tell, and why that is borne.
UNSEEN = {
    "journal_journal.opened_at": "the first entry says when; nobody reads this column",
    "journal_head.at": "when a head was kept is told by the second place",
    "journal_head.published": "where it went is told by the second place",
    "matters_todo.at": "how long it waits on a desk; the events say when it came",
    "matters_answered.key": "a command sent again would be refused instead of answered",
    "matters_answered.matter": "a command sent again would get another answer of the same person",
    "matters_answered.digest": "a command sent again would be called another one",
    "matters_comment.once": "the same remark pressed again would stand twice",
    "matters_participant.since": "when it came stands in the events",
}


class Undone(Exception):
    """Takes the change back."""


@pytest.fixture
def house(town: Town) -> Town:
    """Some matters in different states, sealed in between."""
    first = opened(town, urgency="urgent", weight=3, why_weight="领导批示")
    submit(town, first, once="k1")
    journal.seal()
    journal.publish_head(at=first.opened_at)
    approve(town, first, "张科", once="k2")
    submit(town, opened(town), once="k3")
    last = opened(town)
    director = town.actor("李局")
    for matter in (first, last):
        accompany.comment(key=matter.key, text=f"看过 {matter.number}", by=director)
        accompany.watch(key=matter.key, by=director)
        accompany.tag(key=matter.key, name="汛前检查", by=director)
    accompany.link(key=first.key, other=last.number, by=director)
    journal.seal()
    journal.publish_head(at=first.opened_at)
    return town


def found() -> list[Fault]:
    return list(selfcheck())


def after(change: Callable[[], object]) -> list[Fault] | None:
    """What is found after a change, which is then taken back; None if the database refused it."""
    faults: list[Fault] | None = None
    try:
        with transaction.atomic():
            change()
            faults = found()
            raise Undone  # noqa: TRY301
    except Undone:
        return faults
    except DatabaseError:
        return None


def other(field: models.Field[Any, Any], value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, datetime):
        return value + timedelta(hours=1)
    if isinstance(value, bytes | memoryview):
        whole = bytes(value)
        return whole[:-1] + bytes([whole[-1] ^ 1]) if whole else b"\x01"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return ("x" if value[:1] != "x" else "y") + value[1:]
    return datetime.fromisoformat("2026-01-01T00:00Z") if "Date" in type(field).__name__ else 1


def sample(model: type[models.Model]) -> list[Any]:
    """All rows in the long form; the first and the last in the short one."""
    rows = list(model._base_manager.order_by("pk"))
    return rows if LONG else list(dict.fromkeys([rows[0], rows[-1]]))


def mutations(model: type[models.Model]) -> Iterator[tuple[str, Any, str, Any]]:
    """Every column of every row: name, row, column, another value."""
    for row in sample(model):
        for field in model._meta.local_concrete_fields:
            if not field.primary_key or model is Case:
                value = getattr(row, field.attname)
                if field.attname != "matter_id" or model is not Case:
                    yield (
                        f"{model._meta.db_table}.{field.name}",
                        row,
                        field.attname,
                        other(field, value),
                    )


def test_an_honest_house_has_no_faults(house: Town) -> None:
    assert found() == []


@pytest.mark.parametrize("model", SEALED, ids=lambda model: model._meta.db_table)
def test_every_column_of_every_row_is_sealed_or_listed(
    house: Town, model: type[models.Model]
) -> None:
    unseen: set[str] = set()
    tried = 0
    for name, row, column, value in mutations(model):
        change = model._base_manager.filter(pk=row.pk).update
        faults = after(lambda change=change, column=column, value=value: change(**{column: value}))
        tried += faults is not None
        if faults == []:
            unseen.add(name)
    assert tried
    table = f"{model._meta.db_table}."
    assert unseen == {name for name in UNSEEN if name.startswith(table)}


@pytest.mark.parametrize("model", SEALED, ids=lambda model: model._meta.db_table)
def test_no_row_goes_unnoticed(house: Town, model: type[models.Model]) -> None:
    tried = 0
    for row in sample(model):
        faults = after(lambda row=row: model._base_manager.filter(pk=row.pk)._raw_delete("default"))
        tried += faults is not None
        if model is Answered or (model is Head and faults == []):
            continue  # forgetting an answer makes a retry a refusal; heads are kept outside
        assert faults != [], row
    assert tried


COPIED: tuple[type[models.Model], ...] = (Entry, Node, Head, Salt, Matter, Event, Todo, Answered)


@pytest.mark.parametrize("model", COPIED, ids=lambda model: model._meta.db_table)
def test_no_row_is_slipped_in(house: Town, model: type[models.Model]) -> None:
    """A copy of each row, different where it must be."""
    once = {
        Entry: lambda row: {"key": "f" * 32, "place": Entry.objects.count()},
        Node: lambda row: {"index": row.index + 99},
        Head: lambda row: {"size": row.size + 1 if row.size < 9 else row.size - 1},
        Salt: lambda row: {"name": "more"},
        Matter: lambda row: {"key": "f" * 32, "serial": row.serial + 99},
        Event: lambda row: {"number": row.number + 1, "entry_id": _spare()},
        Todo: lambda row: {"slot": row.slot + 1},
        Answered: lambda row: {"key": "forged", "event": row.event + 9},
    }
    for row in sample(model):

        def slip(row: Any = row) -> None:
            for name, value in once[model](row).items():
                setattr(row, name, value)
            row.pk = None
            row.save(force_insert=True)

        assert after(slip) != [], row


def _spare() -> int:
    return Entry.objects.filter(verb="process.propose").values_list("pk", flat=True)[0]


def test_somebody_who_lets_himself_see_a_matter_is_found(house: Town) -> None:
    """A participant row put in by hand opens a matter: the recount knows to whom it ever came."""
    for matter in Matter.objects.order_by("pk"):
        faults = after(
            lambda matter=matter: Participant.objects.create(
                matter=matter, person=house.people["外人"], since=matter.opened_at
            )
        )
        assert faults
        assert [one.code for one in faults] == ["participant_extra"]


def test_whom_a_pool_asked_is_explained_by_the_journal(house: Town) -> None:
    """Nobody names who may claim; whom the house asked stands with the step that asked them."""
    for name in ("周票", "吴票"):
        house.person(name, "finance", "finance_staff")
    kinds.register(kinds.Kind("expense", "费用报销", "报销〔{year}〕{serial}号", "expense"))
    flow("expense")
    opening = actions.Opening(kind="expense", title="差旅费")
    matter = actions.open_matter(opening=opening, by=house.actor("王小满"))
    form = {"reason": "开会", "category": "办公", "amount": 30_000, "invoices": ("a" * 64,)}
    actions.act(
        key=matter.key, command=lambda who: Submit(who, changes=form), by=house.actor("王小满")
    )
    approve(house, matter, "张科")
    asked = Todo.objects.filter(matter=matter, what=Todo.What.CLAIM)
    assert {todo.person.name for todo in asked.select_related("person")} == {"周票", "吴票"}
    assert found() == []


def test_entries_that_change_places_are_found(house: Town) -> None:
    def swap() -> None:
        one, two = Entry.objects.get(place=3), Entry.objects.get(place=4)
        Entry.objects.filter(pk=one.pk).update(place=None)
        Entry.objects.filter(pk=two.pk).update(place=3)
        Entry.objects.filter(pk=one.pk).update(place=4)

    faults = after(swap)
    assert faults
    assert {fault.code for fault in faults} >= {"node"}


def forge(place: int) -> None:
    """An entry is rewritten with all columns that repeat it, as one who knows the code would."""
    entry = Entry.objects.get(place=place)
    spelt = bytes(entry.spelt).replace(entry.person.encode(), b"e" * len(entry.person))
    assert spelt != bytes(entry.spelt)
    Entry.objects.filter(pk=entry.pk).update(spelt=spelt, person="e" * len(entry.person))


def chain_anew() -> None:
    """The whole tree computed over what stands there now, and the kept heads with it."""
    found_ = Journal.objects.get()
    front = tree.Front(found_.alg)
    Node.objects.all().delete()
    for entry in Entry.objects.order_by("place"):
        batch = tree.seal_batch(front, [bytes(entry.spelt)])
        front = batch.front
        for level, index, digest in batch.nodes:
            Node.objects.create(journal=found_, level=level, index=index, hash=digest)
        Head.objects.filter(size=front.size).update(root=tree.head(front, found_.key).root)
    Journal.objects.update(size=front.size, peaks=b"".join(front.peaks))


def places(verb: str) -> list[int]:
    rows = Entry.objects.filter(verb=verb).order_by("place")
    return [place for place in rows.values_list("place", flat=True) if place is not None]


def test_a_forged_entry_is_located_between_two_nodes(house: Town) -> None:
    for place in [*places("matter.open"), *places("flow.submit")]:
        faults = after(lambda place=place: forge(place))
        assert faults
        low, high = min(
            (
                tuple(map(int, one.about.split("..")))
                for one in faults
                if one.code in {"node", "front"}
            ),
            key=lambda span: span[1] - span[0],
        )
        assert low <= place <= high
        assert high - low <= 3


def test_a_forged_entry_in_a_tree_made_anew_contradicts_the_matter(house: Town) -> None:
    for place in [*places("matter.open"), *places("flow.approve"), *places("flow.submit")]:

        def lie(place: int = place) -> None:
            forge(place)
            chain_anew()

        faults = after(lie)
        assert faults
        assert {one.where.split(":")[0] for one in faults} <= {
            "matters_matter",
            "matters_event",
            "matters_answered",
            "journal_salt",
        }


def test_one_who_forges_everything_is_found_by_a_head_kept_outside(house: Town) -> None:
    """Entry, event, case and tree all lie alike: only what left the machine can tell."""
    head = Head.objects.order_by("-size").first()
    assert head is not None
    with pytest.raises(Undone), transaction.atomic():
        event = Event.objects.order_by("-pk").first()
        assert event is not None
        journal_row = Entry.objects.get(pk=event.entry_id)
        Entry.objects.filter(pk=event.entry_id).update(
            spelt=bytes(journal_row.spelt).replace(b'"post":""', b'"post":"x"')
        )
        chain_anew()
        assert found() == []
        kept = Head.objects.get(pk=head.pk)
        assert kept.root != head.root  # what was printed and sent away still says the old root
        raise Undone


def test_a_cut_tail_is_found_by_what_it_leaves(house: Town) -> None:
    def cut() -> None:
        event = Event.objects.order_by("-entry").first()
        assert event is not None
        Answered.objects.filter(matter=event.matter).delete()
        Event.objects.filter(pk=event.pk).delete()
        Entry.objects.filter(pk__gte=event.entry_id).delete()

    with pytest.raises(Undone), transaction.atomic():
        Salt.objects.all().delete()
        try:
            cut()
        except models.ProtectedError:
            Event.objects.all().delete()
        assert found()
        raise Undone


def test_only_one_matter_can_be_asked_for(house: Town) -> None:
    matter = Matter.objects.order_by("pk")[0]
    Matter.objects.filter(pk=matter.pk).update(state="closed")
    assert {one.where for one in selfcheck(matter=matter.number)} == {f"matters_matter:{matter.pk}"}
    other_one = Matter.objects.order_by("pk")[1]
    assert list(selfcheck(matter=other_one.key)) == []


def test_a_skipped_number_is_explained_by_its_entry(house: Town) -> None:
    series = Series.objects.get()
    Series.objects.update(last=series.last + 3)
    assert [one.code for one in found()] == ["series"]
    Series.objects.update(last=series.last)
    numbers.skip(code=series.code, year=series.year, to=series.last + 3, by=machine("x"))
    assert found() == []


def test_control_a_recount_that_does_not_replay_finds_no_forged_case(
    house: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness has teeth: without the recount of matters the same change goes unnoticed."""

    def change() -> object:
        return Matter.objects.update(state="closed", step="")

    assert after(change)
    monkeypatch.setattr(checking, "recount", lambda *_: iter(()))
    assert after(change) == []


def test_every_fault_has_its_sentence() -> None:
    for code in WORDS:
        assert " / " in Fault(code, "x", "y").tell()


def test_random_double_changes_are_found(house: Town) -> None:
    """Two columns at once, so that no pair of changes hides each other by accident."""
    dice = random.Random(5)
    many = [
        (name, model, row, column, value)
        for model in SEALED
        for name, row, column, value in mutations(model)
        if name not in UNSEEN
    ]
    for _ in range(int(3_000 * LONG) or 30):
        pair = dice.sample(many, 2)

        def change(pair: list[Any] = pair) -> None:
            for _, model, row, column, value in pair:
                model._base_manager.filter(pk=row.pk).update(**{column: value})

        assert after(change) != [], [one[0] for one in pair]
