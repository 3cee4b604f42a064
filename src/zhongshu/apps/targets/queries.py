"""Reading targets. The tree is everybody's in the house; evidence and words only of those whom an
indicator concerns: the office, its leaders, the sections that lead or assist."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet

from zhongshu.kernel.supervision.quarters import Course
from zhongshu.kernel.supervision.scores import Adjustment as KernelAdjustment
from zhongshu.kernel.supervision.scores import Indicator as Scored
from zhongshu.kernel.supervision.scores import Sort
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people

from .models import Adjustment, Indicator, Judgement, Node, Plan, Result
from .powers import keeps


def in_house(seen_by: Actor) -> bool:
    """Whether somebody of the bureau asks, and not one of its administrators."""
    return seen_by.person in people.bureau().pks


def plans(*, seen_by: Actor) -> QuerySet[Plan]:
    """Every version, newest first."""
    rows = Plan.objects.select_related("proposed_by", "decided_by")
    return rows if in_house(seen_by) else rows.none()


def plan_of(*, year: int, seen_by: Actor) -> Plan | None:
    """The version in force for a year."""
    return plans(seen_by=seen_by).filter(year=year, state=Plan.State.IN_FORCE).first()


def nodes(*, plan: Plan, seen_by: Actor) -> QuerySet[Node]:
    """The rows of a version, in their order."""
    rows = Node.objects.filter(plan=plan).select_related("indicator")
    rows = rows.prefetch_related("plan", "leader", "lead", "assists")
    return rows if in_house(seen_by) else rows.none()


def node_of(*, key: str, seen_by: Actor) -> Node:
    """The row of an indicator in the version in force; `Node.DoesNotExist` if there is none."""
    if not in_house(seen_by):
        raise Node.DoesNotExist
    rows = Node.objects.select_related("plan", "leader", "lead", "indicator", "parent")
    return rows.get(indicator__key=key, plan__state=Plan.State.IN_FORCE)


def row_of(*, year: int, code: str, seen_by: Actor) -> Node | None:
    """An indicator or a measure of the version in force, by its code."""
    plan = plan_of(year=year, seen_by=seen_by)
    if plan is None:
        return None
    rows = nodes(plan=plan, seen_by=seen_by).select_related(
        "plan", "lead", "indicator", "parent__lead", "parent__indicator"
    )
    return rows.filter(code=code, level__gte=2).first()


def concerns(*, indicator: Indicator, seen_by: Actor) -> bool:
    """Whether this person may see its evidence and what was written about it."""
    bureau = people.bureau()
    person = bureau.directory.people.get(seen_by.person)
    if person is None:
        return False
    if keeps(seen_by) or bureau.sight[seen_by.person].bureau:
        return True
    rows = Node.objects.filter(indicator=indicator, plan__state=Plan.State.IN_FORCE)
    for node in rows.select_related("lead", "leader").prefetch_related("assists"):
        codes = {unit.code for unit in node.assists.all()} | {node.lead.code if node.lead else ""}
        leaders = {bureau.directory.units[code].leader for code in codes if code}
        leaders |= {node.leader.key if node.leader else ""}
        if person.unit in codes or seen_by.person in leaders - {""}:
            return True
    return False


def results(*, indicator: Indicator, seen_by: Actor) -> QuerySet[Result]:
    """What was reported, newest first; none for whom it does not concern."""
    rows = indicator.results.select_related("by", "verified_by").prefetch_related("evidence")
    return rows if concerns(indicator=indicator, seen_by=seen_by) else rows.none()


def reached(rows: Iterable[Node]) -> dict[int, list[Result | None]]:
    """The counting result of each quarter, by indicator: its latest that was not turned down."""
    indicators = {node.indicator_id for node in rows if node.indicator_id}
    found: dict[int, list[Result | None]] = {pk: [None] * 4 for pk in indicators if pk}
    counted = Result.objects.filter(indicator__in=indicators).exclude(accepted=False)
    for one in counted.prefetch_related("evidence").order_by("pk"):
        found[one.indicator_id][one.quarter - 1] = one
    return found


def course(node: Node, got: list[Result | None]) -> Course:
    """What the light of an indicator is computed from."""
    values = [one.value if one else None for one in got]
    return Course(Sort(node.sort), node.aim, node.planned, values, ended(node.plan.year))


def ended(year: int) -> int:
    """How many quarters of a year are over."""
    today = clock.local(clock.now()).date()
    if today.year != year:
        return 4 if today.year > year else 0
    return (today.month - 1) // 3


def scored(rows: Iterable[Node], got: dict[int, list[Result | None]]) -> list[Scored]:
    """The indicators as the kernel scores them: the latest result, final once it was verified."""
    listed = list(rows)
    given: dict[int, Decimal] = {}
    for one in Judgement.objects.filter(indicator__in=got).order_by("pk"):
        given[one.indicator_id] = one.points
    return [_scored(node, got, given) for node in listed if node.level == 2 and node.indicator_id]


def _scored(node: Node, got: dict[int, list[Result | None]], given: dict[int, Decimal]) -> Scored:
    pk = node.indicator_id or 0
    last = next((one for one in reversed(got[pk]) if one is not None), None)
    return Scored(
        node.code,
        Sort(node.sort),
        node.weight or Decimal(0),
        node.aim,
        last.value if last else None,
        node.base,
        bool(last and last.evidence.all()),
        bool(last and last.accepted and last.quarter == 4),
        given.get(pk),
    )


def adjustments(*, year: int) -> list[KernelAdjustment]:
    """Points added and taken away."""
    rows = Adjustment.objects.filter(year=year)
    return [KernelAdjustment(row.points, row.reason) for row in rows]
