"""What the harnesses share: a bureau on the disk, acts that any client could ask for, invariants.

An act is asked for in two steps, as a browser does: what may I press here (a plan, which is plain
data), and then the plan with a key of its own, again and again until there is an answer.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from tests.office import town as towns
from zhongshu.config import home
from zhongshu.kernel.flow import Facts
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions, asking, kinds, offers, processes
from zhongshu.office.matters.models import Answered, Matter
from zhongshu.office.matters.selfcheck import selfcheck
from zhongshu.office.people import queries as people

kinds.register(kinds.Kind("request", "签报", "签报〔{year}〕{serial}号", "request"))
FORM = {"subject": "购置流量计", "text": "拟购置 3 台。"}
Plan = dict[str, Any]


def build(matters: int) -> list[str]:
    """Tables, a small bureau and some drafts; the keys of the matters."""
    call_command("migrate", verbosity=0)
    town = towns.water_bureau()
    towns.flow("request")
    return [open_one(town.actor("王小满")) for _ in range(matters)]


def open_one(by: Actor) -> str:
    """One more draft."""
    opening = actions.Opening(kind="request", title="购置流量计的签报")
    return actions.open_matter(opening=opening, by=by).key


def plans(key: str) -> list[Plan]:
    """Everything that anybody may do about a matter now."""
    matter = Matter.objects.select_related("case", "process").get(key=key)
    flow, case = processes.definition(matter.process_id), load_case(matter.case.text)
    facts = Facts(clock.now(), clock.calendar(), people.directory())
    found: list[Plan] = []
    for person in sorted(people.bureau().pks):
        trial = offers.Trial(flow, case, facts, kernel.Actor(person))
        found += [
            {"matter": key, "who": person, **plan}
            for offer in offers.offers(trial)
            for plan in _filled(trial, offer)
        ]
    return found


def _filled(trial: offers.Trial, offer: offers.Offer) -> Iterator[Plan]:
    said: Plan = {
        "slot": offer.slot,
        "rev": offer.rev,
        "seen": trial.case.content.digest,
        "opinion": "意见",
        "ask": offer.ask,
        "reading": offer.reading,
        "until": trial.facts.minute + 600,
    }
    needs = set(offer.needs)
    if "fields" in needs and offer.verb == "submit":
        said["changes"] = FORM
    if needs & {"person", "people", "node"}:
        for one in offers.choices(trial, offer)[:2]:
            yield {"verb": offer.verb, "said": said | {"to": [one]}}
    else:
        yield {"verb": offer.verb, "said": said}


def do(plan: Plan, once: str) -> actions.Done:
    """Carry a plan out."""
    said = dict(plan["said"])
    said["to"] = tuple(said.get("to", ()))
    return actions.act(
        key=plan["matter"],
        command=asking.command(plan["verb"], asking.Said(**said)),
        by=Actor(plan["who"]),
        once=once,
    )


def choose(keys: list[str], dice: random.Random) -> Plan:
    """Something that somebody may do somewhere, mostly what moves a matter on."""
    while True:
        found = plans(dice.choice(keys))
        forward = [p for p in found if p["verb"] in {"submit", "approve", "done"}]
        if found:
            return dice.choice(forward if forward and dice.random() < 0.5 else found)


def broken(acknowledged: set[str]) -> list[str]:
    """What does not hold now: acknowledged and lost, answered twice, and all that a recount finds.

    A new process asks this, so nothing that was kept in memory helps.
    """
    keys = set(Answered.objects.values_list("key", flat=True))
    faults = [f"lost {key}" for key in sorted(acknowledged - keys)[:5]]
    journal.seal()
    faults += [f"{fault.code} {fault.where} {fault.about}" for fault in selfcheck()]
    return faults


@contextmanager
def folder() -> Iterator[Path]:
    """A place for a house, taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="zhongshu-faults-") as place:
        yield Path(place)


def close() -> None:
    """Let go of the database."""
    connections.close_all()
    people.forget()
    journal.forget_open()
    processes.definition.cache_clear()


def main(words: list[str]) -> None:
    """`build N` prints the keys of N drafts; `broken FILE` what does not hold, as JSON."""
    if words[0] == "build":
        home.make(Path(os.environ["ZHONGSHU_HOME"]))
        print(json.dumps(build(int(words[1]))))
    else:
        print(json.dumps(broken(set(Path(words[1]).read_text("utf-8").split()))))


if __name__ == "__main__":
    main(sys.argv[1:])
