"""What a process is: nodes, seats, counting rules, edges, limits. 流程定义.

Everything here is frozen data without behaviour that could be configured: no script, no formula,
no template. A published definition never changes; a case names the digest of its own and keeps it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple

from zhongshu.kernel.worktime import Limit

from .canonical import canonical, plain
from .condition import Condition

DRAFT = "draft"


class NodeKind(StrEnum):
    """What happens at a node."""

    DRAFT = "draft"  # 拟稿: where the case begins, and where it is returned to
    DECIDE = "decide"  # 审批: yes or no, never by the initiator
    TASK = "task"  # 办理: work to be done; may fill in fields
    ACKNOWLEDGE = "acknowledge"  # 阅办: to have been read, as a gate
    INSTRUCT = "instruct"  # 批示: a leader's free text, never counted as a yes
    SPLIT = "split"  # 并行: every branch
    INCLUSIVE = "inclusive"  # 包容: every branch whose condition holds
    JOIN = "join"  # 汇合
    CASE = "case"  # 子流程
    END = "end"  # 办结


HANDLED = frozenset(
    {NodeKind.DECIDE, NodeKind.TASK, NodeKind.ACKNOWLEDGE, NodeKind.INSTRUCT}
)  # nodes at which people sit
SPLITS = frozenset({NodeKind.SPLIT, NodeKind.INCLUSIVE})


class SeatKind(StrEnum):
    """How the person of a seat is found."""

    POST = "post"
    PERSON = "person"
    UNIT = "unit"  # 部门: its head, who may assign inside
    POOL = "pool"  # 认领: whoever of the post or unit claims it
    FIELD = "field"  # a person, post or unit that the form names
    RELATION = "relation"  # relation to the initiator


RELATIONS = ("unit_head", "unit_leader", "upper_head", "initiator")


class Counting(StrEnum):
    """When a node passes (engine rule 4)."""

    ALL = "all"  # 会签
    COUNT = "count"  # 或签 (1), 票签 (n)
    AT_LEAST = "at_least"  # W·p/q or more
    MORE_THAN = "more_than"  # more than W·p/q
    SEQUENTIAL = "sequential"  # 依次


class Rule(NamedTuple):
    """A counting rule: `count` uses `n`, the two ratios use `p` and `q`."""

    kind: Counting = Counting.ALL
    n: int = 1
    p: int = 1
    q: int = 1


@dataclass(frozen=True)
class Seat:
    """One chair at a node; resolved to people when the node opens."""

    kind: SeatKind
    ref: str
    name: str = ""
    weight: int = 1
    veto: bool = False
    duty: str = ""
    not_own_unit: bool = False  # nobody of the initiator's unit
    above_initiator: bool = False  # at least one rank above the initiator


@dataclass(frozen=True)
class Edge:
    """A way onward. Edges are tried in order; one without condition is the else."""

    to: str
    when: Condition | None = None


@dataclass(frozen=True)
class Field:
    """A field of the form. `number` is whole (money in 分); `file` holds a digest."""

    name: str
    label: str
    type: Literal["number", "text", "choice", "date", "flag", "person", "post", "unit", "file"]
    many: bool = False
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """One step. Which attributes matter depends on `kind`; the release check says what is odd."""

    id: str
    name: str
    kind: NodeKind
    edges: tuple[Edge, ...] = ()
    seats: tuple[Seat, ...] = ()
    rule: Rule = Rule()
    race: bool = False  # 或签 where the first word decides, yes or no
    hold_open: bool = False
    abstain: bool = False
    min_people: int = 1
    limit: Limit | None = None
    relies: tuple[str, ...] | None = None  # None: on everything
    edits: tuple[str, ...] = ()
    always_fresh: bool = False
    delegable: bool = True
    on_fail: str = "end"  # "end", "edge" or the id of the node to return to
    fail_edges: tuple[Edge, ...] = ()
    returns: tuple[str, ...] = ("any",)  # "any", "draft", "previous" or node ids; empty: never
    fallback: str = ""
    transfer: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    consult: tuple[str, ...] = ("any",)
    circulate: tuple[str, ...] = ("any",)
    beside: bool = False  # beside-signers although the rule is a count or a ratio
    add_depth: int = 1
    claim_within: Limit | None = None
    assign: str = ""  # the post that assigns what nobody claimed
    take_back: Literal["undecided", "unopened", "never"] = "undecided"
    effects: tuple[str, ...] = ()
    split: str = ""  # of a join: the split that it closes
    sub: str = ""  # of a case node: the definition it starts

    @cached_property
    def decides(self) -> bool:
        """Whether yes or no is said here."""
        return self.kind is NodeKind.DECIDE

    @cached_property
    def in_line(self) -> bool:
        """Whether its people are asked one after the other."""
        return self.rule.kind is Counting.SEQUENTIAL

    @cached_property
    def people_needed(self) -> int:
        """The fewest people who must have a say at this node."""
        votes = self.rule.n if self.rule.kind is Counting.COUNT else 1
        return max(self.min_people, votes)

    @property
    def ways(self) -> tuple[str, ...]:
        """The nodes that can come next."""
        ahead = self.fail_edges if self.on_fail == "edge" else ()
        return tuple(edge.to for edge in (*self.edges, *ahead))

    def duty_of(self, seat: Seat | None) -> str:
        """The duty done at a seat; a node without named duties is one duty."""
        return (seat.duty if seat else "") or self.id


@dataclass(frozen=True)
class Definition:
    """A process in one version."""

    id: str
    name: str
    version: int
    nodes: tuple[Node, ...]
    fields: tuple[Field, ...] = ()
    kind: str = ""
    conflicts: tuple[tuple[str, str], ...] = ()
    min_deciders: int = 1
    carry: Literal["replay", "smart", "straight"] = "smart"
    max_returns: int = 3
    recall: str = "any"  # "any", "before_decision", "never", or "before:<node id>"
    amount: str = ""  # the number field that stand-in limits are compared with
    clerk: str = ""  # post: registers, suspends, hands over
    supervisor: str = ""  # post: urges
    head: str = ""  # post: office head; decides what was returned too often
    override: str = ""  # post whose holders override, two together
    hops: int = 1  # stand-ins of stand-ins
    lapse: Limit | None = None  # 失效: a request that loses its point with time
    returner_chooses: bool = True  # who returns may choose how the case is carried again
    counter: Limit | None = None  # how long after an approval a counter-case may follow
    fallback_repeats: bool = False

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def field(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def draft(self) -> Node:
        """The node where a case begins."""
        return next(node for node in self.nodes if node.kind is NodeKind.DRAFT)

    @cached_property
    def opposite(self) -> dict[str, frozenset[str]]:
        """For each duty, the duties that one person may not combine with it in a case."""
        found: dict[str, set[str]] = {}
        for one, other in self.conflicts:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return {duty: frozenset(others) for duty, others in found.items()}

    @cached_property
    def relied(self) -> dict[str, tuple[str, ...]]:
        """For each node the fields its decision stands on: the declared ones, or all that can
        have been filled in when it opens; never those that the node itself fills in.

        What only a later step fills in cannot have been relied on: counted in, two such steps
        would ask each other again for ever.
        """
        return {
            node.id: tuple(
                sorted(
                    set(self._known_at(node) if node.relies is None else node.relies)
                    - set(node.edits)
                )
            )
            for node in self.nodes
        }

    @cached_property
    def drafted(self) -> frozenset[str]:
        """The fields that are the drafter's to write: the declared ones, or all that no other node
        fills in."""
        others = {name for node in self.nodes if node is not self.draft for name in node.edits}
        return frozenset(self.draft.edits) or frozenset(self.field) - others

    def _known_at(self, node: Node) -> frozenset[str]:
        """The fields that can have been filled in when a node opens."""
        writers: dict[str, list[str]] = {}
        for other in self.nodes:
            for name in other.edits:
                writers.setdefault(name, []).append(other.id)
        return frozenset(
            name
            for name in self.field
            if name in self.drafted
            or name not in writers
            or any(node.id in self.reach(one) for one in writers[name])
        )

    @cached_property
    def last(self) -> frozenset[str]:
        """The nodes after which nobody decides any more."""
        decide = {node.id for node in self.nodes if node.kind is NodeKind.DECIDE}
        return frozenset(node.id for node in self.nodes if not decide & self.reach(node.id))

    @cached_property
    def scopes(self) -> dict[str, tuple[str, ...]]:
        """The splits around each node, outermost first, as found on the way from the draft."""
        found: dict[str, tuple[str, ...]] = {}
        queue: list[tuple[str, tuple[str, ...]]] = [(self.draft.id, ())]
        while queue:
            here, around = queue.pop()
            node = self.by_id.get(here)
            if node is None or here in found:
                continue
            around = around[:-1] if node.kind is NodeKind.JOIN else around
            found[here] = around
            inside = (*around, here) if node.kind in SPLITS else around
            queue += [(to, inside) for to in node.ways]
        return found

    def reach(self, start: str) -> frozenset[str]:
        """The nodes that can follow a node, itself only through a loop."""
        found: set[str] = set()
        queue = [start]
        while queue:
            for after in self.by_id[queue.pop()].ways:
                if after not in found and after in self.by_id:
                    found.add(after)
                    queue.append(after)
        return frozenset(found)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of everything above, in hexadecimal."""
        return hashlib.sha256(canonical(plain(self))).hexdigest()
