"""A directory as crowds, made once for every process that is put against it. 人员的集合."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhongshu.kernel.duties.model import Crowd, Label, Person, Staff
from zhongshu.kernel.flow.people import Directory


class People:
    """Everybody who is still there, and how far something can be handed from one to another."""

    def __init__(self, directory: Directory, names: Mapping[str, str] | None = None) -> None:
        self.directory = directory
        called = names or {}
        present = sorted(p.id for p in directory.people.values() if not p.gone)
        self.names = {person: called.get(person, person) for person in present}
        self.staff = Staff(tuple(Person(p, Label(n, n)) for p, n in self.names.items()))
        self.everybody = (1 << len(present)) - 1
        self.units = {unit: self.crowd(people) for unit, people in directory.members.items()}
        self._above: dict[int, Crowd] = {}
        self._fixed: dict[tuple[str, ...], Crowd] = {}

    def crowd(self, people: Iterable[str]) -> Crowd:
        """Those of these people who still are there."""
        return self.staff.crowd(person for person in people if person in self.names)

    def label(self, person: str) -> Label | None:
        """What a person is called; nobody is nobody."""
        name = self.names.get(person)
        return Label(name, name) if name else None

    def unit_of(self, person: str) -> Crowd:
        """Everybody of a person's unit; nobody for somebody who is not known."""
        found = self.directory.people.get(person)
        return self.units.get(found.unit, 0) if found else 0

    def above(self, rank: int) -> Crowd:
        """Whoever stands above this rank."""
        if rank not in self._above:
            people = self.directory.people
            self._above[rank] = self.crowd(p for p in self.names if people[p].rank > rank)
        return self._above[rank]

    def reached(
        self, holders: Iterable[str], more: Crowd, range_: tuple[str, ...], absent: Crowd
    ) -> Crowd:
        """Everybody something can be handed to, from hand to hand, by these holders and this crowd.

        Nobody who is absent hands anything on. Whoever is reached through his unit reaches nobody
        outside it by that word, so one look at the units is the whole way.
        """
        away = self.staff.places
        hands = [one for one in holders if one not in away or not absent >> away[one] & 1]
        more &= ~absent
        if not range_ or not (hands or more):
            return 0
        found = self.named(range_)
        if "unit" not in range_:
            return found
        own = {self.directory.people[one].unit for one in hands if one in self.directory.people}
        giving = (found | more) & ~absent
        for unit, members in self.units.items():
            if unit in own or members & giving:
                found |= members
        return found

    def between(self, range_: tuple[str, ...]) -> Crowd:
        """Those who are reached by name and can then hand on to their own units."""
        return self.named(range_) if "unit" in range_ and "any" not in range_ else 0

    def named(self, range_: tuple[str, ...]) -> Crowd:
        """What a range names whoever holds the thing: all of it but "unit"."""
        if range_ not in self._fixed:
            crowd = self.everybody if "any" in range_ else 0
            for word in range_:
                if word.startswith("post:"):
                    crowd |= self.crowd(self.directory.posts.get(word[5:], ()))
                elif word.startswith("unit:"):
                    crowd |= self.units.get(word[5:], 0)
            self._fixed[range_] = crowd
        return self._fixed[range_]
