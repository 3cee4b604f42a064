"""Adding, removing, scrubbing: one transaction, one line of the journal, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.office.town import Stopped, Town
from zhongshu.kernel.errors import reason
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.files import actions, jail, kinds, queries, store, subjects
from zhongshu.office.files.models import Blob, File
from zhongshu.office.files.refusal_words import REASONS, sentence
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal.models import Entry, Salt
from zhongshu.office.refusal import Refusal

from . import good
from .conftest import Drawer
from .test_store import files

pytestmark = pytest.mark.django_db


def add(raw: bytes, name: str, by: Actor, subject: str = "drawer:a", **more: bool) -> File:
    return actions.add(name=name, stream=[raw[:10], raw[10:]], subject=subject, by=by, **more)


@pytest.fixture
def wang(town: Town, drawer: Drawer) -> Actor:
    actor = town.actor("王小满")
    drawer.open_for(actor, "a")
    return actor


@pytest.mark.parametrize("suffix", good.samples())
def test_every_kind_is_kept(wang: Actor, suffix: str) -> None:
    raw = good.samples()[suffix]
    file = add(raw, f"通知.{suffix}", wang)
    assert file.blob.digest == hashlib.sha256(raw).hexdigest()
    assert suffix in kinds.KINDS[file.blob.kind].suffixes
    assert store.path_of(file.blob.digest).read_bytes() == raw
    assert file.blob.size == len(raw)
    assert str(file) == f"通知.{suffix}"
    assert str(file.blob) == file.blob.digest[:12]


def test_one_line_in_the_journal_and_the_name_can_be_forgotten(wang: Actor) -> None:
    file = add(good.pdf(), "王小满的身份证.pdf", wang)
    entry = Entry.objects.get(verb="file.add")
    assert entry.subject == "drawer:a"
    assert entry.person == wang.person
    said = json.loads(bytes(entry.spelt))
    assert said["facts"] == {"file": file.key, "digest": file.blob.digest, "kind": "pdf"}
    assert "王小满" not in bytes(entry.spelt).decode()
    assert Salt.objects.get(entry=entry).value == "王小满的身份证.pdf"


def test_the_same_bytes_lie_once(wang: Actor, folder: Path) -> None:
    one, two = (add(good.pdf(), name, wang) for name in ("一.pdf", "二.pdf"))
    assert one.blob == two.blob
    assert one.key != two.key
    assert len(files(folder)) == 1


def test_a_second_press_adds_nothing_again(wang: Actor) -> None:
    """Also one that looked before the first had written: it is asked once more inside."""
    one, two = (add(good.pdf(), "一.pdf", wang, once=True) for _ in range(2))
    assert one.key == two.key
    assert two.blob.digest == one.blob.digest
    assert Entry.objects.filter(verb="file.add").count() == 1
    actions.remove(key=one.key, by=wang)
    assert add(good.pdf(), "一.pdf", wang, once=True).key != one.key, "it was taken off meanwhile"


def nothing_kept(folder: Path) -> bool:
    return (
        not files(folder)
        and not Blob.objects.exists()
        and not File.objects.exists()
        and not Entry.objects.filter(verb="file.add").exists()
    )


REFUSED = {
    "suffix_differs": (good.pdf(), "通知.docx"),
    "kind_web": (b"<html>", "通知.txt"),
    "bad_name": (good.pdf(), "a\0.pdf"),
    "damaged": (good.pdf()[:400], "通知.pdf"),
    "empty": (b"", "通知.txt"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_leaves_nothing(wang: Actor, folder: Path, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        add(*REFUSED[code], wang)
    assert nothing_kept(folder)
    assert not Entry.objects.filter(verb="file.refuse").exists()


def test_a_suffix_may_be_written_large(wang: Actor) -> None:
    assert add(good.pdf(), "通知.PDF", wang).name == "通知.PDF"
    with pytest.raises(Refusal, match="suffix_differs"):
        add(good.pdf(), "通知", wang)
    with pytest.raises(Refusal, match="suffix_differs"):
        add(good.pdf(), "pdf", wang)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (good.pdf(["000123 机密★20年\n市水利局文件"]), "通知.pdf"),
        (good.pdf(["封面", "绝密★启用前"]), "通知.pdf"),
        (good.pdf(title="机密"), "通知.pdf"),
        (good.ofd(["机密★20年"]), "通知.ofd"),
        (good.docx(["秘密★6个月"]), "通知.docx"),
        (good.docx(["正文"], header="机密★10年"), "通知.docx"),
        (good.xlsx([["机密★10年", "x"]]), "表.xlsx"),
        ("机 密 ★ 10 年\n关于通知".encode("gb18030"), "通知.txt"),
        (good.pdf(), "【绝密】通知.pdf"),
        (good.image("PNG"), "机密★20年.png"),
    ],
)
def test_a_state_secret_leaves_one_line_without_content(
    wang: Actor, folder: Path, raw: bytes, name: str
) -> None:
    for vouched in (False, True):
        with pytest.raises(Refusal, match="secret_mark"):
            add(raw, name, wang, vouched=vouched)
    assert nothing_kept(folder)
    entries = list(Entry.objects.filter(verb="file.refuse"))
    assert len(entries) == 2
    for entry in entries:
        said = json.loads(bytes(entry.spelt))
        assert said["facts"] == {"reason": "secret_mark", "size": "1"}
        assert said["subject"] == "files:refused"
        assert not Salt.objects.filter(entry=entry).exists()


def test_doubt_is_a_persons_to_settle_and_it_is_written_down(wang: Actor, folder: Path) -> None:
    raw = good.docx(["秘密", "关于通知"])
    with pytest.raises(Refusal, match="secret_doubt"):
        add(raw, "通知.docx", wang)
    assert nothing_kept(folder)
    assert Entry.objects.filter(verb="file.refuse").count() == 1
    add(raw, "通知.docx", wang, vouched=True)
    said = json.loads(bytes(Entry.objects.get(verb="file.add").spelt))
    assert said["facts"]["vouched"] == "yes"


def test_only_who_may_change_adds_and_only_who_may_see_sees(
    town: Town, drawer: Drawer, wang: Actor, folder: Path
) -> None:
    stranger, reader = town.actor("外人"), town.actor("张科")
    drawer.open_for(reader, "a", only_look=True)
    for by, subject in (
        (stranger, "drawer:a"),
        (reader, "drawer:a"),
        (wang, "drawer:b"),
        (wang, "drawer:"),
        (wang, "nobody:a"),
        (wang, "a"),
        (machine("x"), "drawer:a"),
        (Actor("account:1"), "drawer:a"),
    ):
        with pytest.raises(Refusal, match="not_yours"):
            add(good.pdf(), "通知.pdf", by, subject)
    assert nothing_kept(folder)
    file = add(good.pdf(), "通知.pdf", wang)
    for actor, sees in ((wang, True), (reader, True), (stranger, False), (machine("x"), False)):
        assert list(queries.of("drawer:a", seen_by=actor)) == [file] * sees
        if sees:
            assert queries.find(key=file.key, seen_by=actor) == file
        else:
            with pytest.raises(File.DoesNotExist):
                queries.find(key=file.key, seen_by=actor)
    assert list(queries.of("nobody:a", seen_by=wang)) == []
    with pytest.raises(Refusal, match="not_yours"):
        actions.remove(key=file.key, by=reader)
    with pytest.raises(File.DoesNotExist):
        actions.remove(key=file.key, by=stranger)


def test_a_prefix_has_one_owner(drawer: Drawer) -> None:
    for prefix in ("drawer", "a:b"):
        with pytest.raises(ValueError, match="taken"):
            subjects.register(prefix, may_see=lambda *_: True)
    subjects.register("bare", may_see=lambda *_: True)
    try:
        assert subjects.grade("bare:x") == ""
        assert subjects.may_see(machine("x"), "bare:x")
        assert not subjects.may_change(machine("x"), "bare:x")
    finally:
        subjects.forget("bare")
    assert subjects.grade("bare:x") == ""


def test_a_removed_file_is_out_of_sight_and_its_bytes_stay(wang: Actor) -> None:
    file = add(good.pdf(), "通知.pdf", wang)
    actions.remove(key=file.key, by=wang)
    assert list(queries.of("drawer:a", seen_by=wang)) == []
    with pytest.raises(File.DoesNotExist):
        actions.remove(key=file.key, by=wang)
    assert Entry.objects.filter(verb="file.remove", subject="drawer:a").count() == 1
    assert actions.scrub(by=machine("scrub")) == []
    store.genuine(file.blob.digest).close()


def test_of_two_who_remove_at_once_one_is_told(
    wang: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(good.pdf(), "通知.pdf", wang)

    def too_late(**_: object) -> File:
        File.objects.filter(pk=file.pk).update(removed_at=clock.now())
        return file

    monkeypatch.setattr(queries, "find", too_late)
    with pytest.raises(Refusal, match="gone"):
        actions.remove(key=file.key, by=wang)


def test_a_file_is_too_large(wang: Actor, folder: Path, settings: object) -> None:
    settings.FILES_LARGEST = 100  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="too_large"):
        add(good.pdf(), "通知.pdf", wang)
    assert nothing_kept(folder)


def test_a_day_has_its_measure(wang: Actor, time: Stopped, settings: object) -> None:
    size = len(good.pdf())
    settings.FILES_A_DAY = size + 10  # type: ignore[attr-defined]
    file = add(good.pdf(), "通知.pdf", wang)
    actions.remove(key=file.key, by=wang)
    with pytest.raises(Refusal, match="too_large"):
        add(good.pdf(), "通知.pdf", wang)
    settings.FILES_A_DAY = size  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="too_much_today"):
        add(b"x", "x.txt", wang)
    time.at += timedelta(hours=15)  # after midnight in Beijing
    add(b"x", "x.txt", wang)
    settings.FILES_COUNT_A_DAY = 1  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="too_much_today"):
        add(b"x", "x.txt", wang)


@pytest.mark.parametrize("where", [(journal, "record"), (File, "save"), (jail, "inspect")])
def test_an_error_keeps_nothing_that_anybody_sees(
    wang: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[object, str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(*where, fails)
    with pytest.raises(OSError):
        add(good.pdf(), "通知.pdf", wang)
    monkeypatch.undo()
    assert not Blob.objects.exists()
    assert not File.objects.exists()


def test_bytes_whose_rows_were_rolled_back_are_swept(wang: Actor, folder: Path) -> None:
    with store.arriving([b"abc"], most=10) as arrived:
        store.keep(arrived)
    kept = add(good.pdf(), "通知.pdf", wang)
    assert actions.scrub(by=machine("scrub")) == []
    assert files(folder) == [store.path_of(kept.blob.digest).relative_to(folder).as_posix()]


def test_a_scrub_finds_flips_losses_and_swaps(wang: Actor, time: Stopped) -> None:
    """F17."""
    digests = [
        add(f"文件{number}".encode(), f"{number}.txt", wang).blob.digest for number in range(6)
    ]
    places = [store.path_of(digest) for digest in digests]
    for path in places:
        path.chmod(0o600)
    raw = bytearray(places[0].read_bytes())
    raw[3] ^= 1
    places[0].write_bytes(raw)
    places[1].unlink()
    third, fourth = places[2].read_bytes(), places[3].read_bytes()
    places[2].write_bytes(fourth)
    places[3].write_bytes(third)
    time.at += timedelta(days=1)
    found = actions.scrub(by=machine("scrub"))
    assert found == [
        (digests[0], "damaged"),
        (digests[1], "missing"),
        (digests[2], "damaged"),
        (digests[3], "damaged"),
    ]
    states = dict(Blob.objects.values_list("digest", "state"))
    assert [states[digest] for digest in digests] == [
        *("damaged", "missing", "damaged", "damaged", "sound", "sound")
    ]
    assert set(Blob.objects.values_list("checked_at", flat=True)) == {time.at}
    said = json.loads(bytes(Entry.objects.get(verb="file.scrub").spelt))
    assert said["facts"] == {"files": "6", "damaged": "4"}
    add("文件0".encode(), "又传.txt", wang)  # a good copy heals it
    assert [damage.digest for damage in actions.scrub(by=machine("scrub"))] == digests[1:4]


def test_a_scrub_does_not_overrule_what_was_kept_meanwhile(
    wang: Actor, time: Stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(b"abc", "a.txt", wang)

    def late() -> Iterator[tuple[int, str]]:
        Blob.objects.update(checked_at=time.at + timedelta(minutes=1))
        store.path_of(file.blob.digest).unlink()
        yield file.blob.pk, file.blob.digest

    monkeypatch.setattr(actions, "_all", late)
    actions.scrub(by=machine("scrub"))
    assert Blob.objects.get().state == "sound"


def test_there_is_a_sentence_in_both_languages_for_each_refusal() -> None:
    for code, (chinese, english) in REASONS.items():
        assert sentence(reason(code), "zh-hans") == chinese
        assert sentence(reason(code), "en") == english
    assert sentence(reason("too_large", most=100), "zh-hans").startswith("文件最大100 MB")
    assert sentence(reason("what is this"), "en") == REASONS["too_hard"][1]
