"""The rules that the engine keeps, as rules between steps. 流程的约束."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from zhongshu.kernel.duties.model import AtLeast, Dependent, Rule, Separate
from zhongshu.kernel.flow.definition import NodeKind

from .rights import DRAFT, Place, Rights


class Rules:
    """The rules of one process for one kind of drafter."""

    def __init__(self, rights: Rights) -> None:
        self.rights = rights
        self.definition = rights.definition
        self.places = rights.places

    def all(self) -> Iterator[Rule]:
        """Every rule."""
        decide = [one for one in self.places if one.node.kind is NodeKind.DECIDE]
        yield from self._once("drafter", lambda: self._drafter(decide))
        yield from self._chairs()
        yield from self._once("conflicts", self._conflicts)
        yield from self._once("authors", lambda: self._authors(decide))
        yield from self._nobody_sent(decide)
        if not self.definition.fallback_repeats:
            yield from self._one_fallback()
        if self.definition.min_deciders > 1:
            scope = frozenset(one.key for one in decide)
            least = self.definition.min_deciders
            yield AtLeast(f"至少{least}人审批", least, scope)

    def _once(self, name: str, make: Callable[[], Iterator[Rule]]) -> tuple[Rule, ...]:
        """Rules that hang on nobody, made for the first kind of drafter and then taken over."""
        known = self.rights.plain_rules
        if name not in known:
            known[name] = tuple(make())
        return known[name]

    def _drafter(self, decide: list[Place]) -> Iterator[Rule]:
        for one in decide:
            yield _apart(f"拟稿人不审批：{one.node.name}", DRAFT, one.key)

    def _chairs(self) -> Iterator[Rule]:
        """One chair a person, except where two seats of one duty may become one."""
        for one, other in combinations(self.places, 2):
            if one.node.id != other.node.id:
                continue
            yield from self._two_chairs(one, other)
        for node in {one.node.id: one.node for one in self.places}.values():
            scope = frozenset(one.key for one in self.places if one.node.id == node.id)
            if len(scope) > 1 and node.people_needed > 1:
                yield AtLeast(f"至少{node.people_needed}人：{node.name}", node.people_needed, scope)

    def _two_chairs(self, one: Place, other: Place) -> Iterator[Rule]:
        """Different people, but for those whose own two seats of one duty are: they become one."""
        node, name = one.node, f"一人一席：{one.node.name}"
        same_duty = node.duty_of(one.seat) == node.duty_of(other.seat)
        room = len(node.seats) > node.people_needed
        both = self.rights.reach(one) & self.rights.reach(other)
        merge = self.rights.mine(one) & self.rights.mine(other) if same_duty and room else 0
        if not merge:
            yield _apart(name, one.key, other.key)
            return
        everybody = self.rights.people.everybody
        for person in self.rights.staff.members(both & ~merge):
            alone = self.rights.people.crowd((person.key,))
            told = f"{name}：{person.key}（{one.key}，{other.key}）"
            yield Dependent(told, one.key, other.key, alone, everybody & ~alone)

    def _conflicts(self) -> Iterator[Rule]:
        duties: dict[str, list[str]] = {self.definition.draft.id: [DRAFT]}
        for one in self.places:
            duties.setdefault(one.node.duty_of(one.seat), []).append(one.key)
        for first, second in self.definition.conflicts:
            for key in duties.get(first, ()):
                for opposite in duties.get(second, ()):
                    if key != opposite:
                        yield _apart(f"不相容：{first}与{second}", key, opposite)

    def _nobody_sent(self, decide: list[Place]) -> Iterator[Rule]:
        """Who may not sit somewhere, because he drafted or did a conflicting duty, sends nobody
        in his place; nor does who sits beside in a seat that is not his."""
        for place in self.places:
            first = [DRAFT] if place in decide else []
            first += [one.key for one in self.places if self._opposite(one, place)]
            for person, crowd in self.rights.only_for(place).items():
                beside = [one.key for one in self.places if self._borrowed(one, place, person)]
                rest = self.rights.people.everybody & ~crowd
                for key in dict.fromkeys((*first, *beside)):
                    name = f"回避的人不派代理：{person}（{key}，{place.key}）"
                    yield Dependent(name, key, place.key, self.rights.people.crowd((person,)), rest)

    def _opposite(self, one: Place, place: Place) -> bool:
        duties = self.definition.opposite.get(place.node.duty_of(place.seat), frozenset())
        return one != place and one.node.duty_of(one.seat) in duties

    def _borrowed(self, one: Place, place: Place, person: str) -> bool:
        """A seat of the same node that is not this person's own."""
        same = one.node.id == place.node.id and one != place
        return same and person not in self.rights.own(one.seat)

    def _one_fallback(self) -> Iterator[Rule]:
        """The fallback post sits at one node of a way only."""
        everybody = self.rights.people.everybody
        last = {place.key: self.rights.last_resort(place) for place in self.places}
        for one, other in combinations(self.places, 2):
            if one.node.id != other.node.id and last[one.key] and last[other.key]:
                name = f"只补位一次（{one.key}，{other.key}）"
                rest = everybody & ~last[other.key]
                yield Dependent(name, one.key, other.key, last[one.key], rest)

    def _authors(self, decide: list[Place]) -> Iterator[Rule]:
        for writer in self.places:
            for one in decide:
                wrote = set(writer.node.edits) & set(self.definition.relied[one.node.id])
                if wrote:
                    yield _apart(f"不审批自己填写的内容：{one.node.name}", writer.key, one.key)


def _apart(name: str, one: str, other: str) -> Separate:
    return Separate(f"{name}（{one}，{other}）", frozenset((one, other)))
