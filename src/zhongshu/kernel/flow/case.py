"""The state of one case: activations, slots, decisions, readings, and the events that made it.

Named tuples instead of dataclasses: a step builds a dozen of them, and a tuple is built and
changed three times as fast (docs/adr/0002). They are as frozen, and compared by value.
Fields that rarely differ from their default come last: a row is written without those at its end.
Times are working-minute ordinals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from zhongshu.kernel.errors import Reason

from .condition import Value
from .swift import swift

CaseState = Literal[
    "draft",
    "running",
    "returned",
    "suspended",
    "approved",
    "rejected",
    "withdrawn",
    "terminated",
    "lapsed",
    "closed_by_override",
]
ENDED: frozenset[CaseState] = frozenset(
    {"approved", "rejected", "withdrawn", "terminated", "lapsed", "closed_by_override"}
)
DRAFTING: frozenset[CaseState] = frozenset({"draft", "returned"})
Verdict = Literal["approve", "disapprove", "abstain", "done", "instruct"]
SlotState = Literal["waiting", "open", "lent", "blocked", "decided", "void"]
PENDING = frozenset({"waiting", "open", "lent", "blocked"})
Mark = Literal["", "stale", "superseded"]
ActState = Literal["open", "passed", "failed", "returned", "void"]


class Actor(NamedTuple):
    """Who acts: the person and the post he acts in. The machine is `system:<what>`."""

    person: str
    post: str = ""

    @property
    def is_machine(self) -> bool:
        """Whether this is the machine."""
        return self.person.startswith("system:")


class Content(NamedTuple):
    """The form as it stands: values, a digest of each, their authors, a digest of the whole."""

    values: Mapping[str, Value] = {}
    digests: Mapping[str, str] = {}
    authors: Mapping[str, tuple[str, ...]] = {}
    digest: str = ""


@swift
class Decision(NamedTuple):
    """What somebody decided. Never edited; a decision taken back moves to `Slot.past`.

    `seen` is the digest of all content shown, `relied` that of the fields the node stands on.
    `principal` is whose duty it was; it differs from `actor` only when acting on his behalf.
    """

    verb: Verdict
    actor: str
    principal: str
    at: int
    seen: str
    relied: str
    opinion: str = ""
    reserved: bool = False
    origin: int = 0  # the slot it was first given at, when carried into a new opening


class Via(NamedTuple):
    """How the slot came to its holder: transfer, stand_in, fallback, claim, assign, override."""

    how: str
    person: str
    reason: str = ""


class Ask(NamedTuple):
    """An opinion asked for. `lend` makes the owner wait, `consult` does not."""

    id: int
    kind: Literal["lend", "consult"]
    to: str
    question: str
    state: Literal["open", "answered", "recalled", "lapsed"] = "open"
    answer: str = ""
    late: bool = False
    due: int | None = None


@swift
class Slot(NamedTuple):
    """One seat of one activation."""

    id: int
    seat: int  # index into the node's seats; -1 for an added signer
    principal: str  # whose duty it is; "" while a pool is unclaimed
    state: SlotState
    holder: str = ""
    duty: str = ""
    rev: int = 0
    since: int = 0
    due: int | None = None
    decision: Decision | None = None
    opened: bool = False
    rung: int = 0  # how far up the ladder of reminders
    weight: int = 1
    veto: bool = False
    named: bool = False  # the principal was named by a person and is not looked up again
    via: tuple[Via, ...] = ()
    also: str = ""  # a stand-in who shares the slot
    behalf: str = ""  # for whom a stand-in holds it
    cause: str = ""
    reasons: tuple[Reason, ...] = ()  # why it is blocked
    kind: Literal["base", "before", "after", "beside"] = "base"
    binding: bool = True
    parent: int = 0
    adder: str = ""
    claim_by: int | None = None  # when an unclaimed pool is assigned
    past: tuple[Decision, ...] = ()
    asks: tuple[Ask, ...] = ()
    ref: str = ""  # of a seat named by the form: the post, unit or person it names


@swift
class Activation(NamedTuple):
    """One opening of one node."""

    id: int
    node: str
    round: int
    state: ActState
    parents: tuple[int, ...] = ()
    scope: tuple[int, ...] = ()  # the splits around it, outermost first
    slots: tuple[Slot, ...] = ()
    relied: str = ""
    out: tuple[str, ...] = ()  # the nodes it led to
    mark: Mark = ""
    carried: int = 0  # the activation whose approval it carries
    cause: str = ""
    effects: tuple[str, ...] = ()  # outward effects that have happened
    child: str = ""  # of a case node: what became of the sub-case


class Reading(NamedTuple):
    """A copy to read. Never decides, keeps the version it was sent with."""

    id: int
    to: str
    by: str
    version: str
    round: int
    expects: Literal["nothing", "receipt", "opinion"] = "receipt"
    state: Literal["queued", "sent", "opened", "acknowledged", "lapsed", "recalled"] = "sent"
    group: int = 0
    due: int | None = None
    gap: int | None = None  # ordered circulation: working minutes before the next is sent anyway
    pass_on: Literal["none", "clerk", "free"] = "none"
    opinion: str = ""
    at: int = 0


@swift
class Head(NamedTuple):
    """The facts of a case that fit on one line."""

    id: str
    definition: str  # digest of the pinned definition
    initiator: str
    drafters: tuple[str, ...] = ()  # the initiator, and whoever took the draft over
    state: CaseState = "draft"
    revision: int = 0
    round: int = 1
    next_id: int = 1
    since: int = 0  # start of the present counted or stopped stretch
    keys: tuple[str, ...] = ()  # idempotency keys of the latest commands
    clearance: int = 0
    returns: int = 0
    carry: str = ""  # how the present round treats earlier approvals
    counted: int = 0
    stopped: int = 0
    until: int | None = None  # planned end of a suspension; last minute for a counter-case
    skipped: tuple[str, ...] = ()
    urged: tuple[tuple[str, int, int], ...] = ()  # person, minute, how often
    parent: tuple[str, int] | None = None  # the calling case and its activation
    link: tuple[str, str] | None = None  # a reopened or countered case, and which
    lapses: int | None = None  # when a request loses its point
    effects: tuple[tuple[str, str], ...] = ()  # what left the house, and from which node


class Case(NamedTuple):
    """A case: its head, its content, the activations that still matter, its readings.

    Activations that can no longer matter (superseded, or void without a word that may be kept)
    leave the case when a step ends;
    the event that retired them holds their last form, so the record stays whole while the cost
    of a step does not grow with the length of the history.
    """

    head: Head
    content: Content
    acts: Mapping[int, Activation]
    readings: Mapping[int, Reading]

    @property
    def state(self) -> CaseState:
        """The state of the case."""
        return self.head.state


class Note(NamedTuple):
    """One thing that happened in a step, for the journal line and for notices."""

    what: str
    about: tuple[tuple[str, str], ...] = ()


class Event(NamedTuple):
    """One step, whole: who did what, what it meant, and every row that it changed."""

    number: int
    verb: str
    by: Actor
    minute: int
    key: str
    notes: tuple[Note, ...]
    head: Head
    content: Content | None
    acts: tuple[Activation, ...]
    readings: tuple[Reading, ...]
    retired: tuple[int, ...]


class Asked(NamedTuple):
    """Somebody has something to do now, and how it came to him; person "" for an unclaimed pool."""

    person: str
    slot: int
    node: str
    via: tuple[Via, ...]
    due: int | None


class Effect(NamedTuple):
    """Something outside the case that must now happen."""

    what: str
    about: tuple[tuple[str, str], ...] = ()


class Outcome(NamedTuple):
    """The answer yes: the new case, the event that made it, and what follows."""

    case: Case
    event: Event | None  # None: the same command again, nothing changed
    asked: tuple[Asked, ...] = ()
    effects: tuple[Effect, ...] = ()


def apply(case: Case, event: Event) -> Case:
    """The case after the event. Folding the events over the first case gives the last."""
    acts = {**case.acts, **{act.id: act for act in event.acts}}
    for old in event.retired:
        acts.pop(old, None)
    readings = {**case.readings, **{reading.id: reading for reading in event.readings}}
    content = case.content if event.content is None else event.content
    return Case(event.head, content, acts, readings)
