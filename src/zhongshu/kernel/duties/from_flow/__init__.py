"""A process definition and the people of a bureau, as separation of duties sees them. 流程与岗位.

Every seat that must speak is a step; every set of seats that can carry a case from draft to
approved is a way. Rights are widened by everything that lets somebody decide in another's place:
stand-ins (in force or only arranged), the fallback post, transfers, assigning, pools. Rules are
those the engine keeps: the drafter decides nothing, one chair a person, conflicting duties,
authors of what a decision stands on, the fewest deciders.

Not in the picture: an override, which takes two more people and never ends in "approved" by
skipping; and a sub-case, which is a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhongshu.kernel.duties.model import Label, Process, Step
from zhongshu.kernel.flow.definition import Definition, SeatKind
from zhongshu.kernel.flow.people import Directory

from .people import People
from .rights import DRAFT, Drafters, Place, Rights
from .rules import Rules
from .ways import TooManyWays, ways_of

__all__ = [
    "Drafters",
    "People",
    "TooManyWays",
    "drafters_of",
    "process_of",
    "processes_of",
    "rights_in",
    "rights_of",
    "ways_of",
]


def drafters_of(directory: Directory, *, ranks: bool) -> tuple[Drafters, ...]:
    """Everybody still there, grouped by unit, and by rank where the process asks for it."""
    groups: dict[tuple[str, int], list[str]] = {}
    for member in sorted(directory.people.values()):
        if not member.gone:
            key = (member.unit, member.rank if ranks else 0)
            groups.setdefault(key, []).append(member.id)
    return tuple(
        Drafters(unit, rank, tuple(people)) for (unit, rank), people in sorted(groups.items())
    )


def processes_of(
    definition: Definition, directory: Directory, names: Mapping[str, str] | None = None
) -> Iterator[tuple[Drafters, Process]]:
    """The process as it is for each kind of drafter; relations are resolved from there.

    `names` gives what people are called. TooManyWays if the ways are too many to look at.
    """
    ways = ways_of(definition)
    for rights in rights_of(definition, People(directory, names)):
        yield rights.drafters, process_of(rights, ways)


def rights_of(definition: Definition, people: People) -> Iterator[Rights]:
    """The rights of each kind of drafter; what does not hang on the drafters is shared."""
    ranks = any(seat.above_initiator for node in definition.nodes for seat in node.seats)
    relations = any(
        seat.kind is SeatKind.RELATION or seat.not_own_unit
        for node in definition.nodes
        for seat in node.seats
    )
    groups = drafters_of(people.directory, ranks=ranks)
    everybody = Drafters("", 0, tuple(person for group in groups for person in group.people))
    rights = Rights(definition, people, everybody)
    yield from map(rights.others, groups if ranks or relations else (everybody,))


def rights_in(definition: Definition, people: People) -> list[object]:
    """Everything that the answers hang on: who is there, and how each seat can come to be held."""
    found: list[object] = [tuple(people.names), tuple(sorted(people.units.items()))]
    for rights in rights_of(definition, people):
        held = [(rights.held(p), rights.fitting(p.seat), rights.hands(p)) for p in rights.places]
        found.append((rights.drafters, held))
    return found


def process_of(rights: Rights, ways: tuple[frozenset[str], ...]) -> Process:
    """The process with these rights."""
    draft = rights.definition.draft
    steps = [Step(DRAFT, Label(draft.name, draft.name))]
    steps += [Step(one.key, _called(one)) for one in rights.places]
    rules = tuple(Rules(rights).all())
    return Process(rights.staff, tuple(steps), rights.all_grants(), rules, ways)


def _called(place: Place) -> Label:
    name = place.node.name
    if len(place.node.seats) > 1 and place.seat.name:
        name = f"{name}（{place.seat.name}）"
    return Label(name, name)
