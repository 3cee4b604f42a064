"""What a stand-in, an appointment or a departure does to the proofs: before and after."""

from __future__ import annotations

from dataclasses import dataclass

from .absence import Blocking, Pillar, Resilient, pillars_by, resilience_by
from .coalition import Fewest, fewest_by
from .conflict import Conflict, Possible, why_impossible
from .model import Crowd, Grant, Process, Undecided, Way
from .problem import START, Case
from .solve import BUDGET, renew, solvers


@dataclass(frozen=True, slots=True)
class Standing:
    """How a process stands: the fewest who can do it, and whose absence stops it."""

    fewest: Fewest | Undecided
    pillars: tuple[Pillar, ...] | Undecided
    resilience: Resilient | Blocking | Undecided


@dataclass(frozen=True, slots=True)
class Change:
    """The standing before and after. All of it is exact, so a difference is a fact."""

    before: Standing
    after: Standing

    @property
    def easier_alone(self) -> bool | None:
        """Fewer people than before can now do it all; None if that is not decided."""
        old, new = self.before.fewest, self.after.fewest
        if isinstance(old, Undecided) or isinstance(new, Undecided):
            return None
        return bool(new.people) and (not old.people or new.people < old.people)

    @property
    def steadier(self) -> bool | None:
        """More absences than before are needed to block it; None if that is not decided."""
        old, new = self.before.resilience, self.after.resilience
        if isinstance(old, Undecided) or isinstance(new, Undecided):
            return None
        return _needed(new) > _needed(old)


@dataclass(frozen=True, slots=True)
class Effect:
    """What further rights do for one way while some people are away; `why` if it stays blocked."""

    way: Way
    before: bool
    after: bool
    why: Conflict | None

    @property
    def helps(self) -> bool:
        """The way is possible with these rights and only with them."""
        return self.after and not self.before


def effect_of(
    process: Process, grants: tuple[Grant, ...], absent: Crowd, budget: int = BUDGET
) -> tuple[Effect, ...] | Undecided:
    """Does this stand-in help while the other is away? If not, these rules are the reason."""
    effects = []
    case = Case(absent=absent)
    for way in process.ways:
        before = why_impossible(process, way, case, budget)
        after = why_impossible(process.granting(*grants), way, case, budget)
        if isinstance(before, Undecided) or isinstance(after, Undecided):
            return Undecided(budget)
        why = after if isinstance(after, Conflict) else None
        effects.append(Effect(way, isinstance(before, Possible), why is None, why))
    return tuple(effects)


def _needed(answer: Resilient | Blocking) -> int:
    return answer.absences + 1 if isinstance(answer, Resilient) else answer.people


def standing(process: Process, absences: int = 1, budget: int = BUDGET) -> Standing:
    """All static answers about a process as it is, each with the whole budget."""
    by = solvers(process, START, budget)
    least = fewest_by(process, by)
    renew(by, budget)
    single = pillars_by(by)
    renew(by, budget)
    return Standing(least, single, resilience_by(by, absences))


def compare(before: Process, after: Process, absences: int = 1, budget: int = BUDGET) -> Change:
    """The two processes side by side."""
    return Change(standing(before, absences, budget), standing(after, absences, budget))


def compare_grants(
    process: Process, grants: tuple[Grant, ...], absences: int = 1, budget: int = BUDGET
) -> Change:
    """What these further rights would do."""
    return compare(process, process.granting(*grants), absences, budget)
