"""Pages of supervision with many open tasks: processor time and queries of each.

    python benchmarks/supervision.py [--open 5000] [--rounds 10]

Against a throw-away house (SQLite; PostgreSQL through `python -m tests.postgres`), through Django's
whole stack in one process. The aim is a tenth of a second of processor time for every page. The
papers set in type and the spreadsheets are listed apart: they are asked for, not opened.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

os.environ["DJANGO_SETTINGS_MODULE"] = "zhongshu.config.settings"
os.environ["ZHONGSHU_HOME"] = tempfile.mkdtemp(prefix="zhongshu-supervision-")
os.environ["ZHONGSHU_HTTPS"] = "0"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client

from zhongshu.apps.needs import actions as needs
from zhongshu.apps.supervision import actions
from zhongshu.apps.supervision.founding import Establishing
from zhongshu.apps.supervision.models import Bulletin, Phase, Task
from zhongshu.apps.targets import actions as targets
from zhongshu.apps.targets.models import Indicator
from zhongshu.config import beginning
from zhongshu.kernel.supervision.targets import COLUMNS
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Matter, Process
from zhongshu.office.people import revision
from zhongshu.office.people.models import Account, Appointment, Person, Post, Unit

settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
AIM = 100.0
SECTIONS = 12


def house() -> dict[str, Person]:
    """A chief, an office that supervises, twelve sections each with its head."""
    for step in (beginning.tables, lambda: beginning.the_journal("sha256"), beginning.shipped):
        for _ in step():
            pass
    for process in Process.objects.all():
        processes.release(process=process, by=machine("bench"))
    top = Unit.objects.create(code="leaders", name="局领导")
    office = Unit.objects.create(code="office", name="办公室")
    chief = Post.objects.create(code="director", name="局长", unit=top, grade=9, sight="bureau")
    clerk = Post.objects.create(
        code="supervision", name="督办员", unit=office, grade=3, sight="bureau"
    )
    head = Post.objects.create(code="office_head", name="办公室主任", unit=office, grade=5)
    found = {
        "chief": person("局长", top, chief),
        "clerk": person("督办员", office, clerk),
        "head": person("办公室主任", office, head),
    }
    for n in range(SECTIONS):
        unit = Unit.objects.create(code=f"s{n}", name=f"第 {n + 1} 科")
        unit.head = Post.objects.create(code=f"s{n}_head", name="科长", unit=unit, grade=5)
        unit.leader = chief
        unit.save()
        found[f"s{n}"] = person(f"科长{n + 1}", unit, unit.head)
    revision.touch()
    return found


def person(name: str, unit: Unit, post: Post) -> Person:
    """Somebody who holds a post and can sign in."""
    made = Person.objects.create(number=name, name=name, unit=unit, clearance=2)
    Appointment.objects.create(person=made, post=post, since=date(2024, 1, 1))
    Account.objects.create(username=name, person=made, is_active=True)
    return made


def fill(count: int, by: Actor) -> Task:
    """So many open tasks of all lights, due around now, like one that was really established."""
    due = clock.local(clock.now()).date() + timedelta(days=30)
    new = Establishing(
        title="管段包裹",
        source="meeting_decision",
        rhythm="meeting",
        requirement="全部包裹并验收",
        lead="s0",
        due_on=due,
        origin="",
    )
    first = actions.establish(new=new, by=by)
    like = Task.objects.get(pk=first.pk)
    units = list(Unit.objects.filter(code__startswith="s"))
    sources = [one for one, _ in Task.Source.choices]
    minute = clock.calendar().minute(clock.now())
    matters = [
        Matter(
            kind=first.kind,
            series=first.series,
            serial=n,
            number=f"督〔2026〕{n}号",
            title=f"督办事项 {n}：积水点整治与验收",
            unit=first.unit,
            initiator=first.initiator,
            responsible=first.responsible,
            process=first.process,
            due=minute + n * 37 % 24_000 - 12_000,
            due_at=clock.calendar().at(minute + n * 37 % 24_000 - 12_000),
            opened_at=first.opened_at,
            touched_at=first.touched_at,
            key=f"{n:032x}",
        )
        for n in range(2, count + 2)
    ]
    Matter.objects.bulk_create(matters, batch_size=1000)
    Task.objects.bulk_create(
        [
            Task(
                matter=row,
                source=sources[n % len(sources)],
                rhythm="meeting",
                requirement="全部整治并验收，附照片",
                lead=units[n % len(units)],
                phase=Phase.DOING,
                start=minute - 20_000,
                due=row.due,
                first_due_at=row.due_at,
                reported_at=clock.now() if n % 3 else None,
                assigned_at=clock.now() - timedelta(days=3 + n % 60),
                progress=n % 100,
                latest="已完成一半，正在验收",
                red=row.due,
                amber=row.due - 3 * 420,
                chases=n % 6,
            )
            for n, row in enumerate(matters)
        ],
        batch_size=1000,
    )
    return like


def aims(keeper: Actor, chief: Actor) -> None:
    """A tree of eight targets, forty indicators, eighty measures; three hundred needs."""
    rows = [list(COLUMNS)]
    for t in range(8):
        rows.append(line("目标", f"{t}", f"目标 {t}", "12.5"))
        for i in range(5):
            rows.append(
                [
                    *("指标", f"{t}.{i}", f"指标 {t}.{i}", "2.5", "发展型", "处", "0", "100"),
                    *("25", "50", "75", "100", "", f"第 {i + 1} 科", "", "月报", ""),
                ]
            )
            for m in range(2):
                measure = line("措施", f"{t}.{i}.{m}", f"措施 {t}.{i}.{m}", "")
                measure[13] = f"第 {i + 1} 科"
                rows.append(measure)
    year = clock.local(clock.now()).year
    plan = targets.propose(year=year, rows=rows, basis="局长办公会", by=keeper)
    targets.decide(key=plan.key, approved=True, words="", by=chief)
    tasks = Task.objects.order_by("-pk")[:60]
    for n, task in enumerate(tasks):
        task.origin = f"target:{year}:{n % 8}.{n % 5}.{n % 2}"
    Task.objects.bulk_update(tasks, ["origin"])
    for n in range(300):
        asking = needs.Asking(
            unit=f"s{n % SECTIONS}", what=f"需求 {n}", sort="物资", channel="visit", lead="office"
        )
        needs.register(new=asking, by=keeper)
    lacking = needs.Lacking(
        what="泵车", sort="设备", measure="台", required=Decimal(4), owner="office"
    )
    needs.lack(new=lacking, by=keeper)


def line(level: str, code: str, name: str, weight: str) -> list[str]:
    """A row of the table of targets with little in it."""
    return [level, code, name, weight, *[""] * (len(COLUMNS) - 4)]


def pages(task: Task) -> Iterator[str]:
    """Every page that grows with the number of tasks, and those that show one."""
    bulletin = Bulletin.objects.defer("standing").first()
    assert bulletin is not None
    indicator = Indicator.objects.order_by("pk").first()
    assert indicator is not None
    yield from ("/supervision/", "/supervision/?light=red&whose=charge", "/supervision/?page=200")
    yield from ("/supervision/?state=all&source=meeting_decision", "/supervision/new/")
    yield f"/supervision/t/{task.matter.key}/"
    yield from ("/supervision/bulletins/", f"/supervision/bulletins/{bulletin.key}/")
    yield from ("/supervision/year/", "/supervision/year/?by=leader", "/supervision/rules/")
    yield from ("/targets/", f"/targets/i/{indicator.key}/", "/targets/score/")
    yield from ("/ledgers/", "/ledgers/assigned/", "/ledgers/needed/", "/ledgers/lacking/")
    yield from ("/needs/", "/needs/shortages/")


def papers() -> Iterator[str]:
    """What is taken away."""
    bulletin = Bulletin.objects.defer("standing").first()
    assert bulletin is not None
    yield from (f"/supervision/bulletins/{bulletin.key}/pdf/", "/supervision/year/pdf/")
    yield from ("/targets/score/pdf/", "/supervision/export/", "/supervision/print/")


def counting(seen: list[str]) -> Callable[..., object]:
    """Notes every statement."""

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        seen.append(sql)
        return execute(sql, *rest)

    return note


def measured(client: Client, address: str, rounds: int) -> tuple[float, float, int]:
    """Least and median processor time in milliseconds, and how many queries."""
    client.get(address)
    seen: list[str] = []
    with connection.execute_wrapper(counting(seen)):
        assert client.get(address).status_code == 200, address
    took = []
    for _ in range(rounds):
        began = time.process_time()
        client.get(address)
        took.append((time.process_time() - began) * 1000)
    return min(took), statistics.median(took), len(seen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=10)
    asked = parser.parse_args()
    people = house()
    keeper, chief = Actor(people["clerk"].key), Actor(people["chief"].key)
    task = fill(asked.open, keeper)
    aims(keeper, chief)
    actions.issue(by=keeper)
    worse = Task.objects.order_by("pk").values("pk")[1000:1200]
    Task.objects.filter(pk__in=list(worse.values_list("pk", flat=True))).update(red=0)
    actions.issue(by=keeper)
    print(f"{Task.objects.count():,} tasks on {connection.vendor}")
    over = 0
    for name in ("clerk", "chief", "s1"):
        client = Client()
        client.force_login(Account.objects.get(person=people[name]))
        for address in pages(task):
            if name == "s1" and "/t/" in address:
                continue
            least, median, queries = measured(client, address, asked.rounds)
            over += median > AIM
            print(f"{name:6} {least:7.1f} {median:7.1f} ms {queries:3} queries  {address[:60]}")
        for address in papers() if name == "clerk" else ():
            least, median, queries = measured(client, address, 3)
            print(f"{name:6} {least:7.1f} {median:7.1f} ms {queries:3} queries  {address[:60]}")
    print(f"{over} pages over {AIM:.0f} ms of processor time")


if __name__ == "__main__":
    main()
