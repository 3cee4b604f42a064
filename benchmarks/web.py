"""Pages and acts of the living house, with many open to-dos.

    python benchmarks/web.py [--open 1000 10000 100000] [--people 500] [--rounds 30]

Against a throw-away house (SQLite; PostgreSQL through `python -m tests.postgres`): the desk page
through Django's whole stack in one process, its queries, and one act with everything it owes,
beside Django's own floor in the same run: one UPDATE and two INSERT through its ORM in one durable
transaction.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "zhongshu.config.settings"
os.environ["ZHONGSHU_HOME"] = tempfile.mkdtemp(prefix="zhongshu-web-")
os.environ["ZHONGSHU_HTTPS"] = "0"

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from zhongshu.config import beginning
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.matters import actions, asking, processes
from zhongshu.office.matters.models import Event, Matter, Process, Todo
from zhongshu.office.people import revision
from zhongshu.office.people.models import Account, Appointment, Person, Post, Unit

settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}


def house(people: int) -> None:
    """Tables, a journal, 签报 released, so many people in one section."""
    for step in (beginning.tables, lambda: beginning.the_journal("sha256"), beginning.shipped):
        for _ in step():
            pass
    for process in Process.objects.all():
        processes.release(process=process, by=machine("bench"))
    unit = Unit.objects.create(code="water", name="水资源科")
    head = Post.objects.create(code="water_head", name="科长", unit=unit, grade=5)
    unit.head = unit.leader = head
    unit.save()
    made = [Person(number=f"{nth:05d}", name=f"人{nth}", unit=unit) for nth in range(people)]
    Person.objects.bulk_create(made)
    first, *_ = Person.objects.order_by("pk")
    Appointment.objects.create(person=first, post=head, since=date(2024, 1, 1))
    Account.objects.create(username="desk", person=first, is_active=True)
    revision.touch()


def fill(count: int, people: int) -> None:
    """So many things to do in all, spread evenly, over matters of their own."""
    have = Todo.objects.count()
    template = Matter.objects.order_by("pk").first() or _begun()
    now = clock.calendar().minute(clock.now())
    pks = list(Person.objects.order_by("pk").values_list("pk", flat=True))[:people]
    for start in range(have, count, 20_000):
        Todo.objects.bulk_create(
            Todo(
                matter=template,
                person_id=pks[nth % len(pks)],
                what="do",
                slot=nth + 10,
                node="section_head",
                at=clock.now(),
                due=now + nth * 37 % 9_000 - 1_000,
                weight=(1, 2, 3, 5, 8)[nth % 5],
                need=30,
                start_by=now + nth * 37 % 9_000 - 1_030,
            )
            for nth in range(start, min(start + 20_000, count))
        )


def _begun() -> Matter:
    by = Actor(Person.objects.order_by("-pk")[0].key)
    return actions.open_matter(
        opening=actions.Opening(kind="request", title="关于流量计的签报"), by=by
    )


def timed(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and p95, in milliseconds."""
    run()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return statistics.median(took), took[int(len(took) * 0.95) - 1]


def acted() -> None:
    """A request is sent: permission, binding, to-dos, journal, notices, search, all durable."""
    matter = _begun()
    said = asking.Said(changes={"subject": "流量计", "text": "0" * 64})
    ACTS.append((matter.key, said, matter.initiator.key))


ACTS: list[tuple[str, asking.Said, str]] = []


def one_act() -> None:
    """The act alone; its matter was begun before the clock ran."""
    key, said, who = ACTS.pop()
    actions.act(key=key, command=asking.command("submit", said), by=Actor(who))


def floor_act() -> None:
    """One UPDATE and two INSERT through the ORM, in one durable transaction."""
    with transaction.atomic(durable=True):
        Post.objects.filter(code="water_head").update(grade=5)
        Account.objects.create(username=clock.token(), office="", person=_spare())
        Unit.objects.create(code=clock.token(), name="x")


def _spare() -> Person:
    return SPARE.pop()


SPARE: list[Person] = []


def _counting(seen: list[str]) -> Callable[..., object]:
    def counted(execute: Callable[..., object], sql: str, *rest: object) -> object:
        seen.append(sql)
        return execute(sql, *rest)

    return counted


def main() -> None:
    """Print the figures and their ratios."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--open", nargs="+", type=int, default=[1_000, 10_000, 100_000])
    said.add_argument("--people", type=int, default=500)
    said.add_argument("--rounds", type=int, default=30)
    asked = said.parse_args()
    house(asked.people)
    client = Client()
    client.force_login(Account.objects.get(username="desk"))
    print(f"{connection.vendor}, {asked.people} people\n")
    first = 0.0
    for count in asked.open:
        fill(count, asked.people)
        asked_of_it: list[str] = []
        with connection.execute_wrapper(_counting(asked_of_it)):
            assert client.get("/").status_code == 200
        median, p95 = timed(lambda: client.get("/"), asked.rounds)
        first = first or median
        print(
            f"desk, {count:>9,} open  {median:7.1f} ms median {p95:7.1f} p95"
            f"  {len(asked_of_it)} queries  ratio {median / first:.2f}"
        )
    rounds = asked.rounds + 1
    for _ in range(rounds):
        acted()
    made = [Person(number=f"s{n}", name="备", unit=Unit.objects.first()) for n in range(rounds)]
    Person.objects.bulk_create(made)
    SPARE.extend(Person.objects.filter(number__startswith="s"))
    floor, _ = timed(floor_act, asked.rounds)
    act, p95 = timed(one_act, asked.rounds)
    print(f"\nfloor: 1 UPDATE + 2 INSERT by the ORM  {floor:7.2f} ms  ratio 1.00")
    owed = f"ratio {act / floor:.2f}  p95 {p95:.2f}"
    print(f"one act with everything it owes        {act:7.2f} ms  {owed}")
    print(f"{Event.objects.count()} events kept")


if __name__ == "__main__":
    main()
