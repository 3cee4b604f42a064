"""What comes into the tray: kept or refused whole, read soon or later, set aside, destroyed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from tests.office.files import good
from tests.office.town import Stopped, Town
from zhongshu.apps.documents import reading, recordsoffice
from zhongshu.apps.documents.actions import arriving
from zhongshu.apps.documents.models import Arrival, Likeness
from zhongshu.apps.documents.queries import tray
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files.models import Blob, File
from zhongshu.office.journal.models import Entry, Salt
from zhongshu.office.people.models import Leave, StandIn
from zhongshu.office.refusal import Conflict, Refusal

from .conftest import LETTER, drop

State = Arrival.State


def come(by: Actor, raw: bytes, name: str, *, soon: bool = True, vouched: bool = False) -> Arrival:
    came = arriving.Came(name, [raw], vouched)
    return arriving.receive(came=came, batch=clock.token(), by=by, soon=soon)


def test_a_small_paper_is_read_at_once(clerk: Actor) -> None:
    arrival = drop(clerk)
    assert arrival.state == State.READY
    read = {name: reading.shown(arrival.reading, name).value for name in EXPECTED}
    assert read == EXPECTED
    assert arrival.document_key == "临水所请202621号"
    assert arrival.sketch is not None
    assert Likeness.objects.filter(arrival=arrival).count() == 28
    assert "应急泵车" in Blob.objects.get().text
    assert not DBTaskResult.objects.exists()


EXPECTED = {
    "title": LETTER.title,
    "document_no": LETTER.number,
    "source": LETTER.source,
    "signer": LETTER.signer,
    "addressee": LETTER.addressee,
    "sort": "请示",
    "dated": "2026-11-20",
    "wanted_by": "2026-12-10",
    "contact": "何青禾 0571-5550108",
    "purpose": "action",
}


def test_each_write_has_its_line(clerk: Actor) -> None:
    arrival = drop(clerk)
    lines = Entry.objects.filter(subject=f"arrival:{arrival.key}").order_by("pk")
    assert [(one.verb, one.person) for one in lines] == [
        ("file.add", clerk.person),
        ("arrival.add", clerk.person),
        ("arrival.read", "system:reading"),
    ]


def test_a_batch_and_a_scan_are_read_in_the_background(clerk: Actor) -> None:
    later = drop(clerk, soon=False)
    scan = come(clerk, good.image("PNG"), "扫描.png")
    assert (later.state, scan.state) == (State.WAITING, State.WAITING)
    assert DBTaskResult.objects.count() == 2
    arriving.read_later.func(later.key)
    later.refresh_from_db()
    assert later.state == State.READY


def test_read_again_nothing_changes(clerk: Actor) -> None:
    arrival = drop(clerk)
    before = Entry.objects.count()
    arriving.read(key=arrival.key)
    arriving.read(key="f" * 32)
    assert Entry.objects.count() == before


def test_what_has_no_words_is_to_be_entered_by_hand(clerk: Actor) -> None:
    arrival = come(clerk, good.docx([""]), "白纸.docx")
    assert (arrival.state, arrival.why) == (State.UNREADABLE, "nothing_read")
    assert arrival.sketch is None


def test_what_cannot_be_read_says_why(clerk: Actor, settings: object) -> None:
    arrival = drop(clerk, soon=False)
    next((Path(settings.FILES_ROOT)).glob("??/??/*")).unlink()  # type: ignore[attr-defined]
    arriving.read(key=arrival.key)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.why) == (State.UNREADABLE, "bytes_missing")


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (good.pdf(["机密★20年\n市水利局文件"]), "通知.pdf", "secret_mark"),
        (good.pdf(["秘密\n市水利局文件"]), "通知.pdf", "secret_doubt"),
        (b"<html>", "通知.txt", "kind_web"),
        (good.pdf()[:300], "通知.pdf", "damaged"),
        (good.pdf(), "通知.docx", "suffix_differs"),
    ],
)
def test_what_is_refused_leaves_nothing(clerk: Actor, raw: bytes, name: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        come(clerk, raw, name)
    assert not Arrival.objects.exists()
    assert not File.objects.exists()


def test_a_doubt_is_the_persons_to_settle(clerk: Actor) -> None:
    arrival = come(clerk, good.pdf(["秘密\n市水利局文件"]), "通知.pdf", vouched=True)
    assert arrival.vouched
    assert arrival.reading["doubt"]


def test_a_mark_found_only_by_reading_destroys_it(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    """As with a scan: its words are not known when it is kept."""
    arrival = drop(clerk, name="很要紧.pdf", soon=False)
    twin = drop(clerk, name="同.pdf", soon=False)
    Arrival.objects.filter(pk=twin.pk).update(same_as=arrival)
    monkeypatch.setattr(reading.secrecy, "in_paper", lambda *_: reading.secrecy.Verdict.MARK)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        arriving.read(key=arrival.key)
    assert not Arrival.objects.filter(pk=arrival.pk).exists()
    assert not File.objects.exists()
    assert not Blob.objects.exists()
    assert not Salt.objects.filter(value="很要紧.pdf").exists()
    entry = Entry.objects.get(verb="file.refuse")
    assert entry.person == "system:reading"


def test_only_the_records_office_puts_anything_in(office: Town) -> None:
    for name in ("王小满", "何主任", "李局"):
        with pytest.raises(Refusal, match="not_records"):
            drop(office.actor(name))
    assert not File.objects.exists()
    assert drop(office.actor("许初")).state == State.READY


def test_who_stands_in_keeps_the_registers_meanwhile(office: Town, time: Stopped) -> None:
    wang, huang = office.people["王小满"], office.people["黄文"]
    span = {"start": time.at - timedelta(hours=1), "end": time.at + timedelta(days=3)}
    StandIn.objects.create(principal=huang, deputy=wang, mode="when_away", **span)
    office.person("新人", "office")  # so that the bureau is read anew
    assert not recordsoffice.keeps(office.actor("王小满"))
    Leave.objects.create(person=huang, **span)
    office.person("新人二", "office")
    assert recordsoffice.keeps(office.actor("王小满"))
    time.at += timedelta(days=4)
    assert not recordsoffice.keeps(office.actor("王小满"))


def test_nobody_keeps_registers_without_a_process(town: Town) -> None:
    assert recordsoffice.posts() == frozenset()
    assert not recordsoffice.keeps(town.actor("黄文"))


def test_what_was_typed_is_kept_for_later(clerk: Actor) -> None:
    arrival = drop(clerk)
    arriving.keep(key=arrival.key, typed={"title": "改过的标题"}, by=clerk)
    arrival.refresh_from_db()
    assert tray.value(arrival, "title") == "改过的标题"
    assert tray.value(arrival, "source") == LETTER.source
    with pytest.raises(Refusal, match="secret_title"):
        arriving.keep(key=arrival.key, typed={"title": "机密★20年"}, by=clerk)


def test_a_paper_without_file_comes_into_the_tray_when_kept(clerk: Actor) -> None:
    key = clock.token()
    arriving.keep(key=key, typed={"title": "电话记录"}, by=clerk)
    (row,) = tray.page(keys=tray.order(seen_by=clerk), seen_by=clerk)
    assert (row.arrival.key, row.title) == (key, "电话记录")


def test_the_same_is_set_aside_and_points_to_the_earlier(clerk: Actor) -> None:
    first, second = drop(clerk), drop(clerk, name="又来.pdf")
    arriving.same(key=second.key, of=first.key, by=clerk)
    second.refresh_from_db()
    assert (second.state, second.same_as, second.done_by_id) == (
        State.DISMISSED, first, second.by_id
    )  # fmt: skip
    assert tray.count(seen_by=clerk) == 1
    with pytest.raises(Conflict, match="done_by"):
        arriving.same(key=second.key, of=first.key, by=clerk)


@pytest.mark.parametrize("of", ["itself", "nothing"])
def test_the_same_as_what(clerk: Actor, of: str) -> None:
    arrival = drop(clerk)
    with pytest.raises(Refusal, match="no_arrival"):
        arriving.same(key=arrival.key, of=arrival.key if of == "itself" else "f" * 32, by=clerk)


def test_not_the_same_needs_a_reason(clerk: Actor) -> None:
    first, second = drop(clerk), drop(clerk)
    with pytest.raises(Refusal, match="opinion_needed"):
        arriving.apart(key=second.key, of=first.key, why=" ", by=clerk)
    arriving.apart(key=second.key, of=first.key, why="更正后重发", by=clerk)
    second.refresh_from_db()
    assert second.apart == {first.key: "更正后重发"}
    assert Salt.objects.filter(entry__verb="arrival.apart", value="更正后重发").exists()
    with pytest.raises(Refusal, match="no_arrival"):
        arriving.apart(key="f" * 32, of=first.key, why="x", by=clerk)


def test_a_person_may_destroy_what_he_knows_to_be_secret(clerk: Actor) -> None:
    arrival = drop(clerk)
    arriving.destroy(key=arrival.key, by=clerk)
    assert not Arrival.objects.exists()
    assert not File.objects.exists()
    with pytest.raises(Refusal, match="no_arrival"):
        arriving.destroy(key=arrival.key, by=clerk)
