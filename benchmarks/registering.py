"""How long the tray, the split view and registering take beside 10,000 registered documents.

    python benchmarks/registering.py [documents]                            SQLite
    python -m tests.postgres python benchmarks/registering.py [documents]   PostgreSQL

The documents are rows as registering leaves them, each with its matter, its case, its arrival and
the 28 keys of its text; a third of them are of one sender and alike in kind, as in a real office.
Then papers are dropped, looked at and registered through the pages. Printed is the median of
`TIMES` and the worst, in milliseconds, and what the same takes with no documents at all.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.config.settings")
os.environ["ZHONGSHU_HOME"] = tempfile.mkdtemp(prefix="zhongshu-registering-")
os.environ["ZHONGSHU_HTTPS"] = "0"
sys.path[:0] = [str(Path(__file__).parents[1])]
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from tests.apps.documents.conftest import LETTER
from tests.apps.documents.test_pages import fields, upload
from tests.office.town import flow, water_bureau

from zhongshu.apps.documents.actions import registering
from zhongshu.apps.documents.entering import Entry
from zhongshu.apps.documents.models import Arrival, Incoming, Likeness
from zhongshu.config.town.letters import Letter, pdf
from zhongshu.kernel.papers import likeness
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Case, Matter, Participant

TIMES = 15
SENDERS = ("临溪区水务所", "云泽市财政局", "省水利厅")


def bulk(count: int, by: Actor) -> None:
    """So many registered documents, each like the one that is registered first."""
    told = Entry(
        register="lower", title="关于第零件事的请示", source=SENDERS[0], sort="请示",
        document_no="水〔2025〕1号", received_at=clock.now(),
    )  # fmt: skip
    first = registering.register(key=clock.token(), entry=told, by=by)
    record, case = Incoming.objects.get(matter=first), first.case
    arrival = Arrival.objects.get(matter=first)
    dice = random.Random(7)
    for at in range(0, count, 1000):
        matters, serials = [], range(first.serial + at + 1, first.serial + at + 1001)
        for serial in serials:
            values = {field.attname: getattr(first, field.attname) for field in Matter._meta.fields}
            values |= {"id": None, "key": clock.token(), "serial": serial}
            values |= {"number": f"下收〔2026〕{serial}号", "title": f"关于第{serial}件事的请示"}
            matters.append(Matter(**values))
        Matter.objects.bulk_create(matters)
        Case.objects.bulk_create(Case(matter=one, text=case.text) for one in matters)
        Participant.objects.bulk_create(
            Participant(matter=one, person_id=first.initiator_id, since=first.opened_at)
            for one in matters
        )
        _records(record, arrival, matters, dice)
    first.series.last = first.serial + count
    first.series.save()


def _records(
    record: Incoming, arrival: Arrival, matters: list[Matter], dice: random.Random
) -> None:
    rows, came, keys = [], [], []
    for n, matter in enumerate(matters):
        values = {field.attname: getattr(record, field.attname) for field in Incoming._meta.fields}
        values |= {"matter_id": matter.pk, "source": SENDERS[n % 3]}
        values |= {
            "document_no": f"水〔2025〕{matter.serial}号",
            "document_key": f"水{matter.serial}",
        }
        rows.append(Incoming(**values))
        sketch = dice.getrandbits(64) - (1 << 63)
        came.append(
            Arrival(
                key=clock.token(),
                batch="x",
                state="registered",
                by_id=arrival.by_id,
                at=arrival.at,
                digest=f"{matter.serial:064x}",
                document_key=f"水{matter.serial}",
                title_key=f"{matter.serial:064x}",
                sketch=sketch,
                matter=matter,
                done_by_id=arrival.by_id,
                done_at=arrival.at,
            )
        )
    Incoming.objects.bulk_create(rows)
    for one in Arrival.objects.bulk_create(came):
        assert one.sketch is not None
        keys += [Likeness(arrival=one, key=key) for key in likeness.keys(one.sketch % (1 << 64))]
    Likeness.objects.bulk_create(keys, batch_size=7000)


def letter(serial: int) -> Letter:
    """One more paper of the busiest sender."""
    return LETTER._replace(
        number=f"临水所请〔2026〕{serial}号",
        title=f"关于申请第{serial}批应急物资的请示",
        text=(f"第{serial}批。{LETTER.text[0]}", *LETTER.text[1:]),
    )


def timed(what: str, work: Callable[[int], object]) -> None:
    """The median and the worst of some runs, the first of which does not count."""
    spans = []
    for nth in range(TIMES + 1):
        start = time.perf_counter()
        work(nth)
        spans.append((time.perf_counter() - start) * 1000)
    best = sorted(spans[1:])
    print(f"{what:<28}{statistics.median(best):8.1f} ms   worst {best[-1]:8.1f} ms", flush=True)


def measure(client: Client, start: int) -> None:
    """Drop, look, register, through the pages."""
    opened: list[str] = []

    def drop(nth: int) -> None:
        answer = upload(client, (f"{nth}.pdf", pdf(letter(start + nth))))
        assert answer.status_code == 302  # type: ignore[attr-defined]
        opened.append(answer.url)  # type: ignore[attr-defined]

    def register(nth: int) -> None:
        answer = client.post(opened[nth], sent[nth] | {"enter": "1"})
        assert answer.status_code == 302, answer.content.decode()[:3000]

    timed("drop and read one paper", drop)
    timed("the tray", lambda _: client.get("/documents/tray/"))
    timed("the split view", lambda nth: client.get(opened[nth]))
    sent = [fields(client.get(where).content.decode()) for where in opened]
    timed("register", register)


def main(count: int) -> None:
    """Without documents, then with so many."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.FILES_SPARE = 0
    town = water_bureau()
    town.person("许初", "office", "records_head", clearance=2)
    flow("incoming")
    client = Client()
    client.force_login(town.people["黄文"].account)
    print("no documents")
    measure(client, 1)
    start = time.perf_counter()
    bulk(count, town.actor("黄文"))
    print(f"\n{count:,} documents, made in {time.perf_counter() - start:.0f} s")
    measure(client, 1000)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
