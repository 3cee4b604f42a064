"""A year of documents as plain rows: for what must not grow with their number."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.office.town import Town, clock
from zhongshu.apps.documents.models import Incoming, Pace, Passage
from zhongshu.apps.documents.names import number_key
from zhongshu.apps.documents.pacing import rounded
from zhongshu.kernel.flow import begin
from zhongshu.kernel.flow.case import Actor
from zhongshu.kernel.flow.codec import dump_case
from zhongshu.office.matters.models import Case, Matter, Participant, Series, Todo
from zhongshu.office.matters.processes import definition, released
from zhongshu.office.people import queries as people

STEPS = ("review", "propose", "instruct", "lead", "assist", "check", "archive")
KEY = ("month", "node", "unit_id", "grade", "span")
SOURCES = tuple(f"云泽市第{n}单位" for n in range(80))


def year(town: Town, count: int, open_share: float = 0.03) -> None:
    """So many documents, the oldest a year ago; a few are still open."""
    dice, now = Random(7), clock.now()
    process = released("incoming")
    flow = definition(process.pk)
    series, _ = Series.objects.get_or_create(code="incoming.superior", year=2025)
    clerk = town.people["林知夏"]
    everybody = list(town.people.values())
    matters, incoming = [], []
    for n in range(count):
        at = now - timedelta(minutes=(count - n) * 525_600 // count)
        open_ = n > count * (1 - 2 * open_share) and dice.random() < 0.5
        matters.append(
            Matter(
                kind="incoming",
                series=series,
                serial=n + 1,
                number=f"上收〔2025〕{n + 1}号",
                title=f"关于第{n}项工作的通知",
                unit=clerk.unit,
                initiator=clerk,
                responsible=clerk,
                process=process,
                state="running" if open_ else "approved",
                step="主办" if open_ else "",
                opened_at=at,
                touched_at=at,
                due_at=at + timedelta(days=9),
                closed_at=None if open_ else at + timedelta(days=dice.randrange(1, 14)),
            )
        )
    Matter.objects.bulk_create(matters, batch_size=500)
    for matter in matters:
        incoming.append(
            Incoming(
                matter=matter,
                register=dice.choice(Incoming.Register.values),
                source=dice.choice(SOURCES),
                document_no=f"云办〔2025〕{matter.serial}号",
                document_key=number_key(f"云办〔2025〕{matter.serial}号"),
                purpose=dice.choice(Incoming.Purpose.values),
                received_at=matter.opened_at,
                open=matter.closed_at is None,
            )
        )
    Incoming.objects.bulk_create(incoming, batch_size=500)
    _rest(matters, everybody, dice, dump_case(begin(flow, "x", Actor(clerk.key))))
    people.forget()


def _rest(matters: list[Matter], everybody: list, dice: Random, case: str) -> None:
    passages, todos, came, cases = [], [], [], []
    for matter in matters:
        cases.append(Case(matter=matter, text=case))
        for slot, node in enumerate(STEPS):
            person = dice.choice(everybody)
            came.append(Participant(matter=matter, person=person, since=matter.opened_at))
            minutes = dice.randrange(1, 2000)
            passages.append(
                Passage(
                    matter=matter,
                    slot=slot,
                    node=node,
                    unit_id=person.unit_id,
                    person=person,
                    minutes=minutes,
                    span=rounded(minutes),
                    late=dice.random() < 0.1,
                    month=matter.opened_at.year * 100 + matter.opened_at.month,
                )
            )
        if matter.closed_at is None:
            todos.append(
                Todo(
                    matter=matter,
                    person=dice.choice(everybody),
                    what="do",
                    slot=9,
                    node="lead",
                    at=matter.opened_at,
                    due=1 << 40,
                    weight=1,
                    need=30,
                    start_by=(1 << 40) - 30,
                )
            )
    Case.objects.bulk_create(cases, batch_size=500)
    Passage.objects.bulk_create(passages, batch_size=500)
    paces: dict[tuple, Pace] = {}
    for one in passages:
        key = (one.month, one.node, one.unit_id, one.matter.grade, one.span)
        pace = paces.setdefault(key, Pace(**dict(zip(KEY, key, strict=True))))
        pace.number += 1
        pace.late += one.late
    Pace.objects.bulk_create(paces.values(), batch_size=500)
    Participant.objects.bulk_create(came, batch_size=500, ignore_conflicts=True)
    Todo.objects.bulk_create(todos, batch_size=500)
