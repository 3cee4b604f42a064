"""Bytes under their digest: whole or not at all, and never anywhere else."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.office.files import names, store
from zhongshu.office.refusal import Refusal

DIGEST = hashlib.sha256(b"abc").hexdigest()


def keep(*chunks: bytes) -> str:
    with store.arriving(chunks, most=100) as arrived:
        store.keep(arrived)
    return arrived.digest


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    )


def test_bytes_lie_under_their_digest(folder: Path) -> None:
    assert keep(b"a", b"bc") == DIGEST
    place = folder / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert place.read_bytes() == b"abc"
    assert stat.S_IMODE(place.stat().st_mode) == 0o400
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert files(folder) == [place.relative_to(folder).as_posix()]
    with store.genuine(DIGEST) as file:
        assert file.read() == b"abc"


def test_what_is_not_kept_is_gone(folder: Path) -> None:
    with store.arriving([b"abc"], most=100) as arrived:
        assert arrived.size == 3
        assert arrived.file.fileno()
    with pytest.raises(KeyError), store.arriving([b"abc"], most=100):
        raise KeyError
    assert files(folder) == []


def test_too_large_is_refused_before_it_is_written(folder: Path) -> None:
    taken = []

    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            taken.append(1)
            yield b"x" * 40

    with pytest.raises(Refusal, match="too_large"), store.arriving(endless(), most=100):
        pass
    assert len(taken) == 3
    assert files(folder) == []


def test_a_sender_who_breaks_off_leaves_nothing(folder: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"abc"
        raise ConnectionResetError

    with pytest.raises(Refusal), store.arriving(broken(), most=100):
        pass
    assert files(folder) == []


def test_a_full_disk_is_a_refusal(
    folder: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "free")(10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    settings.FILES_SPARE = 11  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="disk_full"):
        keep(b"abc")
    settings.FILES_SPARE = 10  # type: ignore[attr-defined]
    assert keep(b"abc") == DIGEST


@pytest.mark.parametrize("call", ["fsync", "write", "replace", "mkdir"])
def test_an_error_of_the_disk_leaves_nothing(
    folder: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F04, F05: each call that may fail."""
    store.root()

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "no space")

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    elif call == "write":
        monkeypatch.setattr(os, "fchmod", lambda *_: None)
        monkeypatch.setattr(store, "_check_room", fails)
    elif call == "replace":
        monkeypatch.setattr(Path, "replace", fails)
    else:
        real = Path.mkdir
        monkeypatch.setattr(
            Path,
            "mkdir",
            lambda self, *a, **k: fails() if len(self.name) == 2 else real(self, *a, **k),
        )
    with pytest.raises(Refusal, match="disk_full"):
        keep(b"abc")
    assert files(folder) == []


def test_everything_is_on_the_disk_before_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written, synced, renamed, the folder synced: in this order."""
    store.root()
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    keep(b"abc")
    assert done == ["file", "folder", "folder", "rename", "folder"]


def place(digest: str) -> Path:
    path = store.path_of(digest)
    path.chmod(0o600)
    return path


def test_a_flipped_bit_is_never_served() -> None:
    """F17."""
    place(keep(b"abc")).write_bytes(b"abb")
    with pytest.raises(Refusal, match="bytes_damaged"):
        store.genuine(DIGEST)
    place(DIGEST).write_bytes(b"")
    with pytest.raises(Refusal, match="bytes_damaged"):
        store.genuine(DIGEST)


def test_missing_bytes_are_never_served() -> None:
    store.path_of(keep(b"abc")).unlink()
    with pytest.raises(Refusal, match="bytes_missing"):
        store.genuine(DIGEST)


def test_a_link_in_their_place_is_not_followed(tmp_path: Path) -> None:
    """S14: even to the very same bytes."""
    path = store.path_of(keep(b"abc"))
    (tmp_path / "elsewhere").write_bytes(b"abc")
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refusal, match="bytes_missing"):
        store.genuine(DIGEST)


def test_swapped_bytes_are_never_served() -> None:
    one, two = keep(b"one"), keep(b"two")
    first, second = place(one).read_bytes(), place(two).read_bytes()
    place(one).write_bytes(second)
    place(two).write_bytes(first)
    for digest in (one, two):
        with pytest.raises(Refusal, match="bytes_damaged"):
            store.genuine(digest)


def test_a_disk_that_cannot_be_read_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(b"abc")

    def fails(_: object) -> str:
        raise OSError(5, "input/output error")

    monkeypatch.setattr(store, "digest_of", fails)
    with pytest.raises(Refusal, match="bytes_damaged"):
        store.genuine(DIGEST)


def test_the_same_bytes_again_heal_a_damaged_copy() -> None:
    place(keep(b"abc")).write_bytes(b"bad")
    assert keep(b"abc") == DIGEST
    store.genuine(DIGEST).close()


def test_a_sweep_takes_what_nobody_knows_and_what_is_stale(folder: Path) -> None:
    kept, orphan = keep(b"kept"), keep(b"orphan")
    fresh, stale = folder / "coming" / "fresh", folder / "coming" / "stale"
    for path in (fresh, stale):
        path.write_bytes(b"x")
    os.utime(stale, (1000, 1000))
    assert store.sweep([kept], before=2000) == 2
    assert sorted(files(folder)) == sorted(
        [store.path_of(kept).relative_to(folder).as_posix(), "coming/fresh"]
    )
    assert not store.path_of(orphan).exists()
    assert store.sweep([kept], before=0) == 0


def test_page_images_are_forgotten_by_age(folder: Path) -> None:
    image = folder / "cache" / "ab" / "x.png"
    image.parent.mkdir(parents=True)
    image.write_bytes(b"x")
    assert store.sweep_pages(before=0) == 0
    os.utime(image, (1000, 1000))
    assert store.sweep_pages(before=2000) == 1
    assert not image.exists()


def test_what_vanishes_while_it_is_swept_is_no_error(folder: Path) -> None:
    assert store._forget(folder / "gone", 0) is False


@given(st.text(max_size=80))
def test_no_text_but_a_digest_becomes_a_path(text: str) -> None:
    """S14."""
    if store.DIGEST.fullmatch(text):
        return
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(text)


@pytest.mark.parametrize(
    "bad", ["../x", "/etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "é" * 64]
)
def test_near_digests_are_none(bad: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(bad)


@given(st.text(max_size=300))
def test_a_name_is_text_without_places_and_hidden_marks(name: str) -> None:
    try:
        clean = names.clean(name)
    except Refusal as no:
        assert no.refused.codes[0] in ("bad_name", "name_too_long")
        return
    assert clean == names.clean(clean), "cleaning again changes nothing"
    assert not set(clean) & set("/\\\0\r\n\u202e\u2066\u200b")
    assert 0 < len(clean) <= names.LONGEST


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("通知.pdf", "通知.pdf"),
        ("C:\\Users\\x\\通知.pdf", "通知.pdf"),
        ("../../etc/passwd", "passwd"),
        ("gnp.\u202etxt", "gnp.txt"),
        ("e\u0301.pdf", "é.pdf"),
        (" 通知 .pdf. ", "通知 .pdf"),
        ("𠮷田.pdf", "𠮷田.pdf"),
        ("一" * 196 + ".pdf", "一" * 196 + ".pdf"),
    ],
)
def test_names(given_: str, kept: str) -> None:
    assert names.clean(given_) == kept


@pytest.mark.parametrize(
    "bad", ["", ".", "..", "/", "a\0b", "a\nb", "a\x7fb", "\u202e", "\ud800", "a\u2028b"]
)
def test_bad_names(bad: str) -> None:
    with pytest.raises(Refusal, match="bad_name"):
        names.clean(bad)


def test_a_long_name_is_refused_and_not_cut() -> None:
    with pytest.raises(Refusal, match="name_too_long"):
        names.clean("一" * 201)
