"""Heads in a second place: added to, never changed, and an older or another journal is noticed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.office.matters.test_act import opened
from tests.office.town import Stopped, Town
from zhongshu.config import outside
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import queries as journals
from zhongshu.office.journal.models import Entry, Head, Journal, Node


def lines(tmp_path: Path) -> list[str]:
    path = next((tmp_path / "heads").glob("heads-*.jsonl"))
    return path.read_text("utf-8").splitlines()


def codes() -> list[str]:
    return [one.code for one in outside.compare() if one.code != "heads_same_disk"]


def test_a_head_goes_out_with_the_last_numbers(home: Path, town: Town, tmp_path: Path) -> None:
    opened(town)
    kept = outside.publish()
    assert kept is not None
    assert json.loads(lines(tmp_path)[0])["numbers"] == {"request/2026": 1}
    assert Head.objects.get().size == kept.head.size == Entry.objects.count()
    assert codes() == []


def test_once_a_day(home: Path, town: Town, tmp_path: Path, time: Stopped) -> None:
    outside.publish_daily()
    time.at += timedelta(hours=2)
    outside.publish_daily()
    assert len(lines(tmp_path)) == 1
    time.at += timedelta(hours=24)
    outside.publish_daily()
    assert len(lines(tmp_path)) == 2


def test_without_a_second_place_only_the_table_has_it(
    home: Path, town: Town, settings: Settings
) -> None:
    settings.HEADS = ""
    outside.publish_daily()
    opened(town)
    outside.publish_daily()
    assert Head.objects.count() == 1
    assert codes() == ["heads_unset"]


def test_without_a_second_place_the_table_gets_one_a_day(
    home: Path, town: Town, settings: Settings, time: Stopped
) -> None:
    settings.HEADS = ""
    outside.publish_daily()
    opened(town)
    time.at += timedelta(days=1)
    outside.publish_daily()
    assert Head.objects.count() == 2


def test_what_grew_since_is_no_older_state(home: Path, town: Town) -> None:
    outside.publish()
    opened(town)
    journal.seal()
    assert codes() == []


def test_a_cut_tail_is_an_older_state(home: Path, town: Town) -> None:
    opened(town)
    outside.publish()
    Journal.objects.update(size=1)
    assert codes() == ["older_state"]


def test_a_rewritten_journal_is_another_history(home: Path, town: Town) -> None:
    outside.publish()
    assert codes() == []
    entry = Entry.objects.get(place=1)
    entry.spelt = bytes(entry.spelt).replace(b"shipped", b"nobody!")
    entry.save()
    Node.objects.all().delete()
    assert codes() == ["other_history"]


def test_heads_of_a_journal_nobody_has_here_are_another_history(
    home: Path, town: Town, tmp_path: Path
) -> None:
    outside.publish()
    path = next((tmp_path / "heads").glob("*.jsonl"))
    path.rename(path.with_name(f"heads-{'0' * 32}.jsonl"))
    assert codes() == ["other_history"]


def test_a_line_that_a_power_cut_left_is_passed_over(
    home: Path, town: Town, tmp_path: Path
) -> None:
    outside.publish()
    path = next((tmp_path / "heads").glob("*.jsonl"))
    with path.open("a") as out:
        out.write('{"at": "2026-')
    assert codes() == []
    opened(town)
    outside.publish()
    kept = outside.read(tmp_path / "heads")[journals.current().key]
    assert [one.head.size for one in kept] == [3, 4]


def test_a_place_that_cannot_be_written_is_told(home: Path, town: Town, tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("a file")
    assert codes() == ["heads_unreachable"]


def test_nothing_goes_out_of_a_house_without_entries(home: Path, db: None) -> None:
    Journal.objects.create(key="0" * 32, alg="sha256", opened_at="2026-01-01T00:00Z")
    journal.forget_open()
    assert outside.publish() is None


def test_heads_above_a_confirmed_restore_no_longer_count(
    home: Path, town: Town, tmp_path: Path, time: Stopped
) -> None:
    opened(town)
    outside.publish()
    Journal.objects.update(size=3)
    head = journals.front_of(journals.current()).head
    assert head is not None
    outside.supersede(tmp_path / "heads", head._replace(size=3), time.at)
    assert codes() == []
    assert outside.read(tmp_path / "heads")[head.journal][0].superseded


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6])
def test_the_root_at_every_earlier_size_is_found_again(home: Path, town: Town, size: int) -> None:
    sizes = {}
    for _ in range(3):
        opened(town)
        journal.seal()
        head = journals.front_of(journals.current()).head
        assert head is not None
        sizes[head.size] = head.root
    found = journals.current()
    if size in sizes:
        assert journals.root_at(found, size) == sizes[size]
    assert journals.root_at(found, size) != ""
