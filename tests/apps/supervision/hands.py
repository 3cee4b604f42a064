"""What people press, in short: the engine's verbs by name of person and matter."""

from __future__ import annotations

from tests.office.files import good
from tests.office.town import Town
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office.files import actions as files
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal.faults import Fault
from zhongshu.office.matters import actions, asking
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.selfcheck import selfcheck


def unsound() -> list[Fault]:
    """What the house finds wrong with itself."""
    journal.seal()
    return list(selfcheck())


def press(town: Town, who: str, matter: Matter, verb: str, **said: object) -> Matter:
    """Press a button at the step this person holds, or one that needs no step."""
    person = town.people[who].key
    case = load_case(Matter.objects.select_related("case").get(pk=matter.pk).case.text)
    slots = [s for a in case.acts.values() if a.state == "open" for s in a.slots]
    mine = next((s for s in slots if person in {s.holder, s.also} and s.state == "open"), None)
    words = asking.Said(
        slot=mine.id if mine else 0,
        rev=mine.rev if mine else 0,
        seen=case.content.digest,
        **said,  # type: ignore[arg-type]
    )
    return actions.act(
        key=matter.key, command=asking.command(verb, words), by=town.actor(who)
    ).matter


def attach(town: Town, who: str, matter: Matter, name: str = "验收单.pdf") -> tuple[str, str]:
    """Keep a file of the matter; its key and its digest."""
    kept = files.add(
        name=name,
        stream=[good.pdf((f"{name}，验收合格",))],
        subject=f"matter:{matter.key}",
        by=town.actor(who),
    )
    return kept.key, kept.blob.digest


def deliver(town: Town, who: str, matter: Matter, result: str = "126 处完成并验收") -> Matter:
    """Hand in the result with a paper that proves it."""
    _, digest = attach(town, who, matter)
    return press(town, who, matter, "done", changes={"result": result, "evidence": (digest,)})
