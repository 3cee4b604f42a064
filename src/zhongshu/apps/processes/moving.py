"""Every write about moving running matters to another version. 改版的全部办理.

One person plans and rehearses, the second carries out: in one transaction, all of it or nothing.
A rehearsal is worked off in batches by the worker; what is kept of each case is small, so any
number of them is read and written in bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from zhongshu.kernel.errors import Reason, Refused, reason
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.flow.commands import Migrate
from zhongshu.kernel.flow.people import Facts
from zhongshu.kernel.flow.rehearsal import Said, rehearse
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters.models import Matter, Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.matters.refusal_words import told
from zhongshu.office.people import queries as people
from zhongshu.office.refusal import Refusal, keep, refuse

from . import queries
from .models import Move, MoveCase

BATCH = 200  # cases looked at in one go
State = Move.State


def plan(*, process: Process, names: Mapping[str, str], second: str, why: str, by: Actor) -> Move:
    """Plan that the matters of this version move to the one in force, and begin to rehearse it."""
    target = queries.current(code=process.code)
    if target is None or target.pk == process.pk or target.state != Process.State.RELEASED:
        raise refuse("no_newer")
    old, new = definition(process.pk), definition(target.pk)
    keep(_two(old.override, by.person, second))
    kept = {a: b for a, b in names.items() if a != b and a in old.by_id and b in new.by_id}
    try:
        with transaction.atomic(durable=True):
            move = Move.objects.create(
                old=process,
                new=target,
                plan=kept,
                why=why,
                planned_by=by.person,
                planned_at=clock.now(),
                second=second,
            )
            _note("plan_move", move, by)
    except IntegrityError:
        raise refuse("move_open") from None
    return move


def rehearse_some(*, move: Move) -> int:
    """Rehearse the next cases of a move; how many. Nothing once all are done. The worker calls
    it until then."""
    with transaction.atomic(durable=True):
        row = Move.objects.select_for_update().get(pk=move.pk)
        if row.state != State.REHEARSING:
            return 0
        running = Matter.objects.filter(process=row.old, closed_at__isnull=True, pk__gt=row.reached)
        some = list(running.select_related("case").order_by("pk")[:BATCH])
        rehearsal = _Rehearsal(row)
        MoveCase.objects.bulk_create([rehearsal.of(matter) for matter in some])
        row.reached = some[-1].pk if some else row.reached
        row.rehearsed_at = clock.now()
        if len(some) < BATCH:
            row.state = State.READY
        row.save(update_fields=["reached", "rehearsed_at", "state"])
    return len(some)


def rehearse_all() -> None:
    """Whatever waits to be rehearsed. The worker calls it."""
    for move in Move.objects.filter(state=State.REHEARSING):
        while rehearse_some(move=move):
            pass


def again(*, move: Move, by: Actor) -> None:
    """Rehearse from the beginning: cases or people have moved since."""
    with transaction.atomic(durable=True):
        row = _open(move, by)
        row.cases.all().delete()
        row.reached, row.rehearsed_at, row.state = 0, None, State.REHEARSING
        row.save(update_fields=["reached", "rehearsed_at", "state"])
        _note("rehearse_move", row, by)


def drop(*, move: Move, by: Actor) -> None:
    """Nothing comes of it; either of the two may say so."""
    with transaction.atomic(durable=True):
        row = _open(move, by)
        row.state = State.DROPPED
        row.save(update_fields=["state"])
        _note("drop_move", row, by)


def carry_out(*, move: Move, by: Actor) -> Move:
    """Move every case that the rehearsal let pass, or none: a case that has moved since, or would
    come out otherwise, is a reason against the whole, and all such reasons are told."""
    with transaction.atomic(durable=True):
        row = _open(move, by)
        if by.person != row.second:
            raise refuse("move_not_yours")
        if row.state != State.READY:
            raise refuse("move_not_ready")
        if not row.cases.filter(fine=True).exists():
            raise refuse("move_nothing")
        against = tuple(_carried(row, by))
        if against:
            raise Refusal(Refused(against))
        row.state, row.carried_at = State.DONE, clock.now()
        row.save(update_fields=["state", "carried_at"])
        _note("carry_move", row, by)
    return row


def _carried(move: Move, by: Actor) -> Iterator[Reason]:
    """Each case in its turn; yields what speaks against it. Once something does, nothing more is
    written, since all of it will be undone."""
    rehearsal, sound = _Rehearsal(move), True
    for some in _batches(move):
        matters_ = Matter.objects.select_related("case").in_bulk([one.matter_id for one in some])
        for known in some:
            why = _against(known, matters_[known.matter_id], rehearsal, by, write=sound)
            if why is not None:
                sound = False
                yield why


def _against(
    known: MoveCase, matter: Matter, rehearsal: _Rehearsal, by: Actor, *, write: bool
) -> Reason | None:
    """Move one case, or say why not."""
    if matter.revision != known.revision:
        return reason("case_moved", number=matter.number)
    if rehearsal.of(matter).told != known.told:
        return reason("case_otherwise", number=matter.number)
    try:
        if write:
            matters.step(key=matter.key, command=rehearsal.said_by, by=by)
    except Refusal as no:
        why = told(no.refused, people.names()).replace("\n", "；")
        return reason("case_refused", number=matter.number, why=why)
    return None


def _batches(move: Move) -> Iterator[list[MoveCase]]:
    last = 0
    while some := list(move.cases.filter(fine=True, pk__gt=last).order_by("pk")[:BATCH]):
        yield some
        last = some[-1].pk


class _Rehearsal:
    """One look at who is who, for many cases of one move."""

    def __init__(self, move: Move) -> None:
        self.move = move
        self.old, new = definition(move.old_id), definition(move.new_id)
        now = clock.now()
        self.facts = Facts(now, clock.calendar(), people.bureau(at=now).directory)
        second, first = kernel.Actor(move.second), kernel.Actor(move.planned_by)
        self.command = Migrate(second, first, new, move.plan)

    def said_by(self, who: kernel.Actor) -> Migrate:
        """The command, from whoever carries it out."""
        return replace(self.command, by=who)

    def of(self, matter: Matter) -> MoveCase:
        """What this matter would become, not kept yet."""
        found = rehearse(self.old, load_case(matter.case.text), self.command, self.facts)
        what: dict[str, Any]
        if isinstance(found, Refused):
            reasons = [[one.code, [list(pair) for pair in one.about]] for one in found.reasons]
            what = {"why": reasons}
        else:
            what = {
                "before": list(found.before),
                "after": list(found.after),
                "asked": _pairs(found.asked),
                "kept": _pairs(found.kept),
                "lost": _pairs(found.lost),
            }
        return MoveCase(
            move=self.move,
            matter=matter,
            revision=matter.revision,
            fine="why" not in what,
            asked=len(what.get("asked", ())),
            lost=len(what.get("lost", ())),
            told=what,
        )


def _pairs(said: tuple[Said, ...]) -> list[list[str]]:
    return [[one.node, one.person] for one in said]


def _two(post: str, first: str, second: str) -> Refused | None:
    """Two different people, both in the post that may override this process."""
    holds = people.directory().holds
    why = [reason("move_two")] if first == second else []
    why += [reason("move_right", person=who) for who in (first, second) if not holds(who, post)]
    return Refused(tuple(dict.fromkeys(why))) if why else None


def _open(move: Move, by: Actor) -> Move:
    """The move under lock, if it is still to be decided and by is one of its two."""
    row = Move.objects.select_for_update().get(pk=move.pk)
    if by.person not in {row.planned_by, row.second}:
        raise refuse("move_not_yours")
    if row.state not in {State.REHEARSING, State.READY}:
        raise refuse("move_not_ready")
    return row


def _note(verb: str, move: Move, by: Actor) -> None:
    facts = {
        "move": move.key,
        "before": str(move.old.version),
        "version": str(move.new.version),
        "digest": move.new.digest,
        "first": move.planned_by,
        "second": move.second,
        "cases": str(move.cases.filter(fine=True).count()),
    }
    journal.record(verb=f"process.{verb}", subject=f"process:{move.old.code}", by=by, facts=facts)
