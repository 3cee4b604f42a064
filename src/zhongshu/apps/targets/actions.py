"""Every write about targets. 目标任务的动作."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from zhongshu.kernel.supervision.targets import Known, Tree, read
from zhongshu.kernel.supervision.targets import Node as Read
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.journal import actions as journal
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Person, Unit
from zhongshu.office.refusal import refuse

from . import queries
from .models import Adjustment, Indicator, Judgement, Node, Plan, Result
from .powers import approves, keeps, reports


def known() -> Known:
    """What a table may name: sections, and the leaders of the house."""
    bureau = people.bureau()
    units = frozenset(Unit.objects.values_list("name", flat=True))
    leaders = {unit.leader for unit in bureau.directory.units.values() if unit.leader}
    leaders |= set(bureau.directory.posts.get("director", ()))
    names = [bureau.names[key] for key in leaders]
    return Known(units, {name: names.count(name) for name in names})


def propose(*, year: int, rows: Sequence[Sequence[str]], basis: str, by: Actor) -> Plan:
    """Put a version of the tree forward, out of a table without fault. Nothing changes yet."""
    if not keeps(by):
        raise refuse("not_the_keeper")
    if not basis.strip():
        raise refuse("basis_needed")
    with transaction.atomic(durable=True):
        tree = read(rows, known())
        if tree.faults:
            raise refuse("table_faulty", count=len(tree.faults))
        last = Plan.objects.filter(year=year).aggregate(last=Max("version"))["last"] or 0
        plan = Plan.objects.create(
            year=year,
            version=last + 1,
            basis=basis.strip()[:200],
            proposed_by_id=people.bureau().pks[by.person],
            proposed_at=clock.now(),
        )
        _keep(plan, tree)
        facts = {"year": str(year), "version": str(plan.version), "rows": str(len(tree.nodes))}
        journal.record(verb="targets.propose", subject=f"targets:{plan.key}", by=by, facts=facts)
        return plan


def _keep(plan: Plan, tree: Tree) -> None:
    units = {unit.name: unit for unit in Unit.objects.all()}
    bureau = people.bureau()
    leaders = {unit.leader for unit in bureau.directory.units.values() if unit.leader}
    leaders |= set(bureau.directory.posts.get("director", ()))
    persons = {one.name: one for one in Person.objects.filter(key__in=leaders)}
    made: dict[str, Node] = {}
    for place, row in enumerate(tree.nodes):
        node = _node(plan, place, row)
        node.parent = made.get(row.parent)
        node.lead, node.leader = units.get(row.lead), persons.get(row.leader)
        if row.level == 2:
            node.indicator, _ = Indicator.objects.get_or_create(year=plan.year, code=row.code)
        node.save(force_insert=True)
        node.assists.set(units[name] for name in row.assists)
        made[row.code] = node


def _node(plan: Plan, place: int, row: Read) -> Node:
    q1, q2, q3, q4 = row.quarters
    return Node(
        plan=plan,
        place=place,
        level=row.level,
        code=row.code,
        name=row.name,
        weight=row.weight,
        sort=row.sort or "",
        unit=row.unit,
        base=row.base,
        aim=row.aim,
        q1=q1,
        q2=q2,
        q3=q3,
        q4=q4,
        definition=row.definition,
        ground=row.ground,
    )


def decide(*, key: str, approved: bool, words: str, by: Actor) -> Plan:
    """Let a version come into force in place of the one before, or refuse it."""
    if not approves(by):
        raise refuse("not_the_chief")
    with transaction.atomic(durable=True):
        plan = Plan.objects.select_related("proposed_by").filter(key=key).first()
        if plan is None or plan.state != Plan.State.PROPOSED:
            raise refuse("plan_decided")
        if plan.proposed_by.key == by.person:
            raise refuse("plan_same_hand")
        if not approved and not words.strip():
            raise refuse("basis_needed")
        if approved:
            in_force = Plan.objects.filter(year=plan.year, state=Plan.State.IN_FORCE)
            in_force.update(state=Plan.State.REPLACED)
        plan.state = Plan.State.IN_FORCE if approved else Plan.State.REFUSED
        plan.decided_by_id, plan.decided_at = people.bureau().pks[by.person], clock.now()
        plan.words = words.strip()[:300]
        plan.save()
        facts = {"approved": "yes" if approved else "no"}
        journal.record(verb="targets.decide", subject=f"targets:{key}", by=by, facts=facts)
        return plan


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What was reached by the end of a quarter, with keys of the files that prove it."""

    quarter: int
    value: Decimal
    text: str = ""
    files: tuple[str, ...] = ()


def report(*, key: str, said: Reached, by: Actor) -> Result:
    """Report what an indicator reached. A quarter may be reported again; the latest counts."""
    node = _reported(key, by)
    if not reports(by, node):
        raise refuse("not_of_the_lead")
    if said.value < 0 or not 1 <= said.quarter <= 4:
        raise refuse("amount_bad")
    if said.quarter > queries.ended(node.plan.year) + 1:
        raise refuse("quarter_ahead")
    with transaction.atomic(durable=True):
        row = Result.objects.create(
            indicator=Indicator.objects.get(key=key),
            quarter=said.quarter,
            value=said.value,
            text=said.text.strip()[:500],
            by_id=people.bureau().pks[by.person],
            at=clock.now(),
        )
        proofs = files.of(f"indicator:{key}", seen_by=by).filter(key__in=said.files)
        row.evidence.set(proofs)
        facts = {"quarter": str(said.quarter), "value": str(said.value), "code": node.code}
        journal.record(verb="targets.report", subject=f"indicator:{key}", by=by, facts=facts)
        return row


def verify(*, result: int, accepted: bool, words: str, by: Actor) -> Result:
    """Check a result against its evidence: accept it, or turn it down with the reason."""
    if not keeps(by):
        raise refuse("not_the_keeper")
    with transaction.atomic(durable=True):
        row = Result.objects.select_related("indicator", "by").filter(pk=result).first()
        if row is None or row.accepted is not None:
            raise refuse("result_decided")
        if row.by.key == by.person:
            raise refuse("own_result")
        if accepted and not row.evidence.exists():
            raise refuse("proof_needed")
        if not accepted and not words.strip():
            raise refuse("basis_needed")
        row.accepted, row.verdict = accepted, words.strip()[:300]
        row.verified_by_id, row.verified_at = people.bureau().pks[by.person], clock.now()
        row.save()
        facts = {"accepted": "yes" if accepted else "no", "quarter": str(row.quarter)}
        subject = f"indicator:{row.indicator.key}"
        journal.record(verb="targets.verify", subject=subject, by=by, facts=facts)
        return row


def judge(*, key: str, points: Decimal, reason: str, by: Actor) -> Judgement:
    """Give points by hand, within the weight, with the reason."""
    node = _reported(key, by)
    if not keeps(by):
        raise refuse("not_the_keeper")
    if not reason.strip():
        raise refuse("basis_needed")
    if not 0 <= points <= (node.weight or 0):
        raise refuse("amount_bad")
    with transaction.atomic(durable=True):
        facts: Mapping[str, str] = {"points": str(points), "code": node.code}
        journal.record(verb="targets.judge", subject=f"indicator:{key}", by=by, facts=facts)
        return Judgement.objects.create(
            indicator=Indicator.objects.get(key=key),
            points=points,
            reason=reason.strip()[:300],
            by_id=people.bureau().pks[by.person],
            at=clock.now(),
        )


def adjust(*, year: int, points: Decimal, reason: str, by: Actor) -> Adjustment:
    """Add points to a year, or take some away."""
    if not keeps(by):
        raise refuse("not_the_keeper")
    if not reason.strip() or not points:
        raise refuse("basis_needed")
    if abs(points) > 99:
        raise refuse("amount_bad")
    with transaction.atomic(durable=True):
        facts = {"points": str(points), "year": str(year)}
        journal.record(verb="targets.adjust", subject=f"targets-year:{year}", by=by, facts=facts)
        return Adjustment.objects.create(
            year=year,
            points=points,
            reason=reason.strip()[:300],
            by_id=people.bureau().pks[by.person],
            at=clock.now(),
        )


def _reported(key: str, by: Actor) -> Node:
    """The row of an indicator in force; a refusal says the same whether it exists or not."""
    try:
        return queries.node_of(key=key, seen_by=by)
    except Node.DoesNotExist:
        raise refuse("no_indicator_here") from None
