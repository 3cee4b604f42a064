"""A file changes hands: both owners asked, journalled, in the caller's transaction; and gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import transaction

from tests.office.files import good
from tests.office.town import Town
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions, queries, store
from zhongshu.office.files.models import Blob, File
from zhongshu.office.journal.models import Entry
from zhongshu.office.refusal import Refusal

from .conftest import Drawer


@pytest.fixture
def wang(town: Town) -> Actor:
    return town.actor("王小满")


def put(drawer: Drawer, wang: Actor) -> File:
    subject = drawer.open_for(wang, "a")
    return actions.add(name="通知.pdf", stream=[good.pdf()], subject=subject, by=wang)


def hand(file: File, to: str, by: Actor) -> File:
    with transaction.atomic():
        return actions.hand(key=file.key, to=to, by=by)


def test_it_lies_with_the_other_and_no_longer_here(drawer: Drawer, wang: Actor) -> None:
    file, other = put(drawer, wang), drawer.open_for(wang, "b")
    assert hand(file, other, wang).subject == other
    assert list(queries.of(other, seen_by=wang)) == [file]
    assert list(queries.of("drawer:a", seen_by=wang)) == []
    entry = Entry.objects.get(verb="file.hand")
    said = json.loads(bytes(entry.spelt))["facts"]
    assert entry.subject == "drawer:b"
    assert said == {"file": file.key, "digest": file.blob.digest, "from": "drawer:a"}


@pytest.mark.parametrize("missing", ["from", "to"])
def test_both_owners_are_asked(drawer: Drawer, wang: Actor, missing: str) -> None:
    file = put(drawer, wang)
    drawer.open_for(wang, "b", only_look=missing == "to")
    if missing == "from":
        drawer.changes.clear()
        drawer.changes.add((wang.person, "b"))
    with pytest.raises(Refusal, match="not_yours"):
        hand(file, "drawer:b", wang)
    assert File.objects.get().subject == "drawer:a"
    assert not Entry.objects.filter(verb="file.hand").exists()


def test_what_one_may_not_see_is_not_there(drawer: Drawer, wang: Actor) -> None:
    file = put(drawer, wang)
    drawer.sees.clear()
    with pytest.raises(File.DoesNotExist):
        hand(file, "drawer:b", wang)


def test_who_is_late_is_refused(
    drawer: Drawer, wang: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = put(drawer, wang), drawer.open_for(wang, "b")
    File.objects.update(subject="drawer:c")  # somebody was faster, after we had read it
    monkeypatch.setattr(queries, "find", lambda **_: file)
    with pytest.raises(Refusal, match="gone"):
        hand(file, other, wang)


def test_words_are_kept_for_the_search(drawer: Drawer, wang: Actor) -> None:
    file = put(drawer, wang)
    with transaction.atomic():
        actions.keep_text(digest=file.blob.digest, text="一\0二")
    assert Blob.objects.get().text == "一二"


def test_destroyed_nothing_stays_but_the_event(
    drawer: Drawer, wang: Actor, folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    file = put(drawer, wang)
    digest = file.blob.digest
    image = folder / "cache" / digest[:2] / f"{digest}-1-960.png"
    image.parent.mkdir(parents=True)
    image.touch()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():  # type: ignore[operator]
        actions.destroy(digest=digest, by=wang)
        assert store.path_of(digest).exists()
    assert not store.path_of(digest).exists()
    assert not image.exists()
    assert not File.objects.exists()
    assert not Blob.objects.exists()
    entry = Entry.objects.get(verb="file.refuse")
    assert entry.subject == "files:refused"
    assert json.loads(bytes(entry.spelt))["facts"] == {"reason": "secret_mark", "size": "1"}
