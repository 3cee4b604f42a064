"""What a person may do about a matter now, found out by trying: a dry run is the real function.

Verbs that still need somebody to be named cannot be tried before he is; they are offered where the
process allows them at all, and `choices` later tells whom the engine would take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from zhongshu.kernel.errors import Reason, Refused
from zhongshu.kernel.flow import Actor, Case, Definition, Facts, act, path
from zhongshu.kernel.flow.case import DRAFTING, Activation, Outcome, Slot
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.flow.commands import Command
from zhongshu.kernel.flow.definition import Node, SeatKind
from zhongshu.kernel.flow.verbs.deciding import SAID_AT
from zhongshu.office import clock
from zhongshu.office.actor import Actor as OfficeActor
from zhongshu.office.people import queries as people

from .asking import VERBS, Said, command
from .models import Matter
from .processes import definition
from .safety import unsafe

FILLED = "（意见）"  # stands for the opinion that is still to be typed
ADDS = ("add_before", "add_after", "add_beside")


class Offer(NamedTuple):
    """A verb that may be used, with what identifies it on the page."""

    verb: str
    slot: int = 0
    rev: int = 0
    ask: int = 0
    reading: int = 0
    node: str = ""
    behalf: str = ""

    @property
    def label(self) -> str:
        """The verb as people say it."""
        return VERBS[self.verb].label

    @property
    def icon(self) -> str:
        """The picture on its button."""
        return VERBS[self.verb].icon

    @property
    def hint(self) -> str:
        """The key that presses it."""
        return VERBS[self.verb].key.upper()

    @property
    def number(self) -> int:
        """What it is about: an opinion asked for, a copy, or a slot."""
        return self.ask or self.reading or self.slot

    @property
    def needs(self) -> tuple[str, ...]:
        """What the page must ask for."""
        return VERBS[self.verb].needs


class Trial(NamedTuple):
    """A case and everything needed to try a verb on it."""

    definition: Definition
    case: Case
    facts: Facts
    by: Actor

    def tries(self, make: Callable[[Actor], Command]) -> Outcome | Refused:
        """What this command would do, told by the function that does it. Nothing is kept."""
        return act(self.definition, self.case, make(self.by), self.facts)

    def takes(self, verb: str, said: Said) -> bool:
        """Whether the engine would take this verb with these words."""
        return isinstance(self.tries(command(verb, said)), Outcome)

    def asks_only(self, verb: str, said: Said) -> bool:
        """Whether the engine would take it once what the step asks for is filled in."""
        found = self.tries(command(verb, said))
        return isinstance(found, Outcome) or set(found.codes) == {"missing_field"}

    def ends_it(self, verb: str, said: Said) -> Reason | None:
        """Why this verb, which the engine would take, would leave nobody to go on."""
        return unsafe(self.definition, self.case, command(verb, said)(self.by), people.bureau())


def trial_of(matter: Matter, by: OfficeActor) -> Trial:
    """The case of a matter, with everything needed to try a verb on it."""
    now = clock.now()
    facts = Facts(now, clock.calendar(), people.directory(at=now))
    case = load_case(matter.case.text)
    return Trial(definition(matter.process_id), case, facts, Actor(by.person, by.post))


def offers(trial: Trial) -> tuple[Offer, ...]:
    """Every verb this person may use now, the most likely first."""
    return tuple(dict.fromkeys(_offers(trial)))


def _offers(trial: Trial) -> Iterator[Offer]:
    person, case = trial.by.person, trial.case
    if case.state in DRAFTING and person in case.head.drafters:
        yield Offer("submit")
    for act_ in path.live(case.acts):
        for slot in act_.slots:
            yield from _at_slot(trial, act_, slot)
    for reading in case.readings.values():
        if reading.to == person and trial.takes("acknowledge", Said(reading=reading.id)):
            yield Offer("acknowledge", reading=reading.id)
    yield from _on_case(trial)


def _on_case(trial: Trial) -> Iterator[Offer]:
    words = Said(opinion=FILLED, to=(trial.by.person,), until=trial.facts.minute + 1)
    for verb in ("circulate", "recall", "cancel", "suspend", "resume", "reopen"):
        if trial.takes(verb, words):
            yield Offer(verb)


def _at_slot(trial: Trial, act_: Activation, slot: Slot) -> Iterator[Offer]:
    offer = Offer("", slot.id, slot.rev, node=act_.node)
    if act_.state == "open":
        yield from _at_open(trial, act_, slot, offer)
    if slot.state == "decided" and trial.takes("take_back", said(offer)):
        yield offer._replace(verb="take_back")


def _at_open(trial: Trial, act_: Activation, slot: Slot, offer: Offer) -> Iterator[Offer]:
    person, node = trial.by.person, trial.definition.by_id[act_.node]
    mine = path.holds(slot, person)
    if slot.state == "open" and mine:
        behalf = path.acting_for(slot, person)
        held = offer._replace(behalf=behalf if behalf != person else "")
        yield from _words(trial, node, slot, held)
        yield from _ways_on(trial, act_, slot, held)
    elif slot.state == "open" and not slot.holder:
        yield from _unclaimed(trial, node, offer)
    for ask in slot.asks:
        if ask.state == "open" and ask.to == person:
            yield offer._replace(verb="answer", ask=ask.id)
    for verb in ("drop_signer", "urge"):
        if not mine and trial.takes(verb, said(offer)):
            yield offer._replace(verb=verb)


def _words(trial: Trial, node: Node, slot: Slot, offer: Offer) -> Iterator[Offer]:
    """What the holder of a slot may say."""
    seen = trial.case.content.digest
    added = slot.kind in {"before", "after"}
    for verb in ("approve", "disapprove") if added else SAID_AT[node.kind]:
        if trial.asks_only(verb, said(offer, seen)):
            yield offer._replace(verb=verb)


def _ways_on(trial: Trial, act_: Activation, slot: Slot, offer: Offer) -> Iterator[Offer]:
    """How the holder of a slot may pass it back or on, or ask others."""
    node, seen = trial.definition.by_id[act_.node], trial.case.content.digest
    back = next(iter(path.targets(trial.definition, trial.case.acts, act_)), "")
    adds = ADDS[: 3 if node.beside else 2] if slot.kind == "base" else ()
    at_unit = any(seat.kind is SeatKind.UNIT for seat in node.seats)
    allowed = {
        "send_back": bool(back) and trial.takes("send_back", said(offer, seen, to=back)),
        "transfer": bool(node.transfer) and node.delegable,
        **{verb: bool(node.add) for verb in adds},
        "consult": bool(node.consult),
        "lend": bool(node.consult),
        "give_up": trial.takes("give_up", said(offer)),
        "assign": at_unit,
    }
    yield from (offer._replace(verb=verb) for verb, yes in allowed.items() if yes)


def _unclaimed(trial: Trial, node: Node, offer: Offer) -> Iterator[Offer]:
    if trial.takes("claim", said(offer)):
        yield offer._replace(verb="claim")
    if node.assign and trial.by.person in trial.facts.people.posts.get(node.assign, ()):
        yield offer._replace(verb="assign")


class Choices(NamedTuple):
    """Whom or what one may choose; `barred` are people with whom nobody could go on after."""

    able: tuple[str, ...]
    barred: tuple[str, ...] = ()


def choices(trial: Trial, offer: Offer) -> Choices:
    """The people or nodes that the engine would take for this verb, each one tried."""
    seen = trial.case.content.digest
    if "node" in offer.needs:
        acts = trial.case.acts
        here = next(a for a in acts.values() if any(s.id == offer.slot for s in a.slots))
        return Choices(tuple(path.targets(trial.definition, acts, here)))
    able = [
        person.id
        for person in trial.facts.people.people.values()
        if not person.gone and trial.takes(offer.verb, said(offer, seen, to=person.id))
    ]
    barred = [one for one in able if trial.ends_it(offer.verb, said(offer, seen, to=one))]
    return Choices(tuple(one for one in able if one not in barred), tuple(barred))


def said(offer: Offer, seen: str = "", to: str = "") -> Said:
    """What a press of its button would say before anything is typed."""
    return Said(
        slot=offer.slot,
        rev=offer.rev,
        seen=seen,
        opinion=FILLED,
        to=(to,) if to else (),
        ask=offer.ask,
        reading=offer.reading,
    )
