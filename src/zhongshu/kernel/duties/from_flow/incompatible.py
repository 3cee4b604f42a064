"""The matrix of incompatible duties against a bureau and a process. 不相容职责矩阵.

A duty of the matrix is named by its code or its Chinese name: as the `duty` of a seat, or as what
a post or a person does. The draft is the request and handling, 申请经办.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from zhongshu.kernel.duties.matrix import Grade, Matrix, Pair, check_holders
from zhongshu.kernel.duties.model import Bind, Plan, Process, Separate, Undecided
from zhongshu.kernel.duties.solve import find_plan
from zhongshu.kernel.duties.story import tell
from zhongshu.kernel.flow.definition import HANDLED, Definition, SeatKind
from zhongshu.kernel.flow.people import Directory

from .rights import DRAFT

HANDLING = "APP"  # what the draft is in the matrix
Named = Mapping[str, tuple[str, ...]]  # the duties of posts, or of people


class UnknownDuty(ValueError):
    """The matrix has no duty of this name."""


class Held(NamedTuple):
    """A duty, through which post ("": of one's own), and in whose place ("": one's own)."""

    code: str
    post: str = ""
    of: str = ""


class Combined(NamedTuple):
    """A person or a vacant post with two duties that never go together."""

    holder: str
    pair: Pair
    first: Held
    second: Held


class Meeting(NamedTuple):
    """One person can do both duties in one case, and how; without a story it is not decided."""

    pair: Pair
    steps: tuple[str, str]
    story: tuple[str, str] | None


class Duties:
    """Who does what, in the terms of one matrix."""

    def __init__(
        self, matrix: Matrix, definition: Definition, of_posts: Named, of_people: Named
    ) -> None:
        self.matrix = matrix
        self.definition = definition
        self.of_posts = {post: self._codes(names) for post, names in of_posts.items()}
        self.of_people = {person: self._codes(names) for person, names in of_people.items()}
        for node in definition.nodes:
            for seat in node.seats:
                code = matrix.code_of(seat.duty)
                where = {
                    SeatKind.POST: self.of_posts,
                    SeatKind.POOL: self.of_posts,
                    SeatKind.PERSON: self.of_people,
                }.get(seat.kind)
                if code and where is not None and code not in where.get(seat.ref, ()):
                    where[seat.ref] = (*where.get(seat.ref, ()), code)

    def _codes(self, names: Iterable[str]) -> tuple[str, ...]:
        codes = []
        for name in names:
            code = self.matrix.code_of(name)
            if code is None:
                raise UnknownDuty(name)
            codes.append(code)
        return tuple(dict.fromkeys(codes))

    def of_steps(self) -> dict[str, str]:
        """The duty of each step: what its seat says, or else the only duty of its post."""
        found = {}
        for node in self.definition.nodes:
            for index, seat in enumerate(node.seats if node.kind in HANDLED else ()):
                code = self.matrix.code_of(seat.duty)
                posts = self.of_posts if seat.kind in {SeatKind.POST, SeatKind.POOL} else {}
                known = posts.get(seat.ref, ())
                code = code or (known[0] if len(known) == 1 else None)
                if code:
                    found[f"{node.id}.{index}"] = code
        return {DRAFT: HANDLING, **found} if found else {}

    def combined(self, directory: Directory) -> tuple[Combined, ...]:
        """Static pairs that meet in one person, standing in included, or in a vacant post."""
        held = {
            person.id: (*self._own(directory, person.id), *self._lent(directory, person.id))
            for person in directory.people.values()
            if not person.gone
        }
        for post, codes in self.of_posts.items():
            if not directory.posts.get(post):
                held.setdefault(post, tuple(Held(code, post) for code in codes))
        return tuple(self._combined(held))

    def _own(self, directory: Directory, person: str) -> Iterator[Held]:
        yield from (Held(code) for code in self.of_people.get(person, ()))
        for post, codes in self.of_posts.items():
            if directory.holds(person, post):
                yield from (Held(code, post) for code in codes)

    def _lent(self, directory: Directory, person: str) -> Iterator[Held]:
        for one in directory.stand_ins:
            if one.deputy == person and one.principal != person:
                for held in self._own(directory, one.principal):
                    yield held._replace(of=one.principal)

    def _combined(self, held: Mapping[str, tuple[Held, ...]]) -> Iterator[Combined]:
        codes = {holder: frozenset(one.code for one in many) for holder, many in held.items()}
        for found in check_holders(self.matrix, codes):
            first, second = (
                next(one for one in held[found.holder] if one.code == code)
                for code in (found.pair.first, found.pair.second)
            )
            yield Combined(found.holder, found.pair, first, second)

    def meetings(self, processes: Iterable[Process]) -> tuple[Meeting, ...]:
        """Pairs that one person can do in one case, one example of each."""
        found: dict[Pair, Meeting] = {}
        of_steps = self.of_steps()
        for process in processes:
            for (a, first), (b, second) in combinations(of_steps.items(), 2):
                pair = self.matrix.pair(first, second)
                known = found.get(pair) if pair else None
                if pair and (known is None or known.story is None):
                    meeting = _meeting(process, pair, (a, b))
                    if meeting:
                        found[pair] = meeting
        order = list(self.matrix.pairs)
        return tuple(found[pair] for pair in sorted(found, key=order.index))


def _meeting(process: Process, pair: Pair, steps: tuple[str, str]) -> Meeting | None:
    """How one person takes both steps; None if that is impossible on every way."""
    both, doubt = frozenset(steps), False
    if any(isinstance(rule, Separate) and both <= rule.scope for rule in process.rules):
        return None
    rights = dict.fromkeys(steps, 0)
    for grant in process.grants:
        if grant.step in both:
            rights[grant.step] |= grant.people
    if not rights[steps[0]] & rights[steps[1]]:
        return None
    bound = replace(process, rules=(*process.rules, Bind("一人兼办", both)))
    for way in process.ways:
        plan = find_plan(bound, way) if both <= way else None
        if isinstance(plan, Plan):
            told = tell(process, plan)
            return Meeting(pair, steps, (told.zh, told.en))
        doubt = doubt or isinstance(plan, Undecided)
    return Meeting(pair, steps, None) if doubt else None


def forbids(meeting: Meeting) -> bool:
    """A law wants the two apart, and it is not proved that this process keeps them so."""
    return meeting.pair.by_law and meeting.pair.grade is not Grade.REVIEW
