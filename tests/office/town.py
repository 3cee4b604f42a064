"""A small invented bureau for tests: made with plain rows, so that a test says what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.resources import files

from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import processes
from zhongshu.office.people import revision
from zhongshu.office.people.models import Account, Appointment, Person, Post, Unit

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine in the morning in Beijing
SINCE = date(2024, 1, 1)


@dataclass
class Stopped:
    """A clock that stands until it is put forward; its dice are counted."""

    at: datetime = MONDAY
    thrown: int = 0

    def now(self) -> datetime:
        return self.at

    def random(self, count: int) -> bytes:
        self.thrown += 1
        return self.thrown.to_bytes(8, "big").rjust(count, b"\x07")[-count:]


@dataclass
class Town:
    """People by name, posts by code."""

    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def unit(
        self, code: str, name: str, head: str = "", leader: str = "", parent: str = ""
    ) -> Unit:
        unit = Unit.objects.create(code=code, name=name, parent=self.units.get(parent))
        self.units[code] = unit
        for role, post in (("head", head), ("leader", leader)):
            if post:
                found = Post.objects.filter(code=post).first() or self.post(post, code)
                setattr(unit, role, found)
        unit.save()
        return unit

    def post(self, code: str, unit: str, grade: int = 1, sight: str = "own") -> Post:
        made, _ = Post.objects.get_or_create(
            code=code,
            defaults={"name": code, "unit": self.units[unit], "grade": grade, "sight": sight},
        )
        return made

    def person(self, name: str, unit: str, *posts: str, clearance: int = 1) -> Person:
        person = Person.objects.create(
            number=f"N{len(self.people):04d}", name=name, unit=self.units[unit], clearance=clearance
        )
        for code in posts:
            Appointment.objects.create(person=person, post=self.post(code, unit), since=SINCE)
        Account.objects.create(username=name, person=person, is_active=True)
        self.people[name] = person
        revision.touch()
        return person

    def actor(self, name: str) -> Actor:
        return Actor(self.people[name].key)


def flow(code: str) -> None:
    """A shipped process, proposed by one and released by another."""
    text = files("zhongshu.config").joinpath("flows", f"{code}.toml").read_text("utf-8")
    processes.release(
        process=processes.propose(text=text, by=machine("shipped")), by=machine("tests")
    )


def water_bureau() -> Town:
    """Nine invented people: enough for 签报 with its leaders, and an outsider."""
    journal.open_journal()
    town = Town()
    town.unit("leaders", "局领导")
    town.post("director", "leaders", 9, "bureau")
    town.post("deputy", "leaders", 8)
    town.unit("office", "办公室", head="office_head", leader="deputy")
    town.unit("water", "水资源科", head="water_head", leader="deputy")
    town.unit("finance", "财务科", head="finance_head", leader="deputy")
    town.person("李局", "leaders", "director", clearance=2)
    town.person("赵副", "leaders", "deputy", clearance=2)
    town.person("黄文", "office", "records_clerk")
    town.person("何主任", "office", "office_head", clearance=2)
    town.person("张科", "water", "water_head")
    town.person("王小满", "water")
    town.person("陈立", "finance", "finance_head")
    town.person("吴法", "office", "legal_officer")
    town.person("外人", "finance")
    return town


def names(town: Town) -> Mapping[str, str]:
    """Names by key."""
    return {person.key: name for name, person in town.people.items()}


__all__ = ["MONDAY", "Stopped", "Town", "clock", "flow", "names", "water_bureau"]
