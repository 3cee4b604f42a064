"""F06 and F07 for the tray: the button pressed by one clerk many times at once, and two clerks at
once on one paper; also one registers while another returns it, and a paper without file.

    python -m tests.faults.arrivals COUNT

Whoever loses is told of the winner; there is one matter, one number, and the register has no gap.
FAULTS_CONTROL=naive claims without asking who was faster, which the harness has to notice.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connections

from tests.apps.documents.conftest import LETTER, entry
from tests.office import town as towns
from zhongshu.apps.documents import entering
from zhongshu.apps.documents.actions import arriving, registering, returning
from zhongshu.apps.documents.models import Arrival, Incoming, Return
from zhongshu.config.town.letters import pdf
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files.models import File
from zhongshu.office.matters.models import Event, Matter, Series
from zhongshu.office.refusal import Conflict, Refusal

from . import house
from .race import CONTROL, at_once

KINDS = ("double", "clerks", "return", "paper")


def build() -> tuple[Actor, Actor]:
    """Tables, a small bureau, its two clerks."""
    call_command("migrate", verbosity=0)
    town = towns.water_bureau()
    town.person("林知夏", "office", "records_clerk")
    town.person("许初", "office", "records_head", clearance=2)
    towns.flow("incoming")
    return town.actor("黄文"), town.actor("林知夏")


def claim_anyway(key: str, told: Any, by: Actor, state: Any) -> Arrival:
    """The control: what claiming must never be. It does not ask whether somebody was faster."""
    usual = {"batch": key, "by_id": 1, "at": clock.now()}
    arrival, _ = Arrival.objects.get_or_create(key=key, defaults=usual)
    Arrival.objects.filter(key=key).update(state=state, done_by=1)
    return arrival


def press(kind: str, key: str, told: Any, by: Actor, nth: int) -> str:
    """One press; the key of the matter it came to, or who was faster."""
    for _ in range(50):
        try:
            if kind == "return" and nth % 2:
                back = returning.Back(("R01",))
                made = returning.at_registration(key=key, entry=told, back=back, by=by)
                return made.matter.key
            return registering.register(key=key, entry=told, by=by).key
        except Conflict as no:
            return f"told {dict(no.refused.reasons[0].about).get('person', '')}"
        except Refusal as no:
            return f"refused {no.refused.codes}"
        except DatabaseError:
            connections.close_all()
    raise TimeoutError


def one(kind: str, nth: int, clerks: tuple[Actor, Actor]) -> list[str]:
    """One race; what is wrong with how it ended."""
    number, title = f"水〔2026〕{nth + 1}号", f"关于第{nth}件事情的请示"
    letter = LETTER._replace(number=number, title=title, text=(f"第{nth}件。",))
    key = clock.token()
    if kind != "paper":
        came = arriving.Came("来文.pdf", [pdf(letter)])
        key = arriving.receive(came=came, batch=key, by=clerks[0], soon=True).key
    told = entry(title=title, document_no=number)
    both = kind in ("clerks", "return")
    count = 2 if both or nth % 2 else 8
    before = Matter.objects.count(), Event.objects.count()
    answers = at_once(
        *(lambda n=n: press(kind, key, told, clerks[n % 2 if both else 0], n) for n in range(count))
    )
    return list(_wrong(kind, key, [str(one) for one in answers], before))


def _wrong(kind: str, key: str, answers: list[str], before: tuple[int, int]) -> Any:
    """What does not hold after a race."""
    arrival = Arrival.objects.select_related("matter", "done_by").get(key=key)
    won = arrival.matter.key if arrival.matter else ""
    if Matter.objects.count() != before[0] + 1 or Event.objects.count() != before[1] + 1:
        yield f"{kind}: {Matter.objects.count() - before[0]} matters"
    if Incoming.objects.filter(matter__key=won).count() != 1:
        yield f"{kind}: no row in the register"
    told = f"told {arrival.done_by.name if arrival.done_by else ''}"
    losers = Counter(answers)
    allowed = {won, told} if kind in ("clerks", "return") else {won}
    if not set(losers) <= allowed or not losers[won]:
        yield f"{kind}: {dict(losers)}"
    if kind == "return" and Return.objects.filter(matter__key=won).exists() != (
        arrival.state == Arrival.State.RETURNED
    ):
        yield "return: state and slip differ"
    if File.objects.filter(subject=f"arrival:{key}").exists():
        yield f"{kind}: the file stayed behind"


def main(words: list[str]) -> None:
    """Run so many races of each kind and print what they came to."""
    if CONTROL == "naive":
        entering._claim = claim_anyway  # type: ignore[assignment]
    clerks, broken = build(), []
    for nth in range(int(words[0]) * len(KINDS)):
        broken += one(KINDS[nth % len(KINDS)], nth, clerks)
    for series in Series.objects.filter(code__startswith="incoming"):
        given = sorted(Matter.objects.filter(series=series).values_list("serial", flat=True))
        if given != list(range(1, series.last + 1)):
            broken.append(f"numbers {given} of {series.last}")
    broken += house.broken(set())
    print(json.dumps({"races": nth + 1, "broken": broken[:20]}, ensure_ascii=False))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
    main(sys.argv[1:])
