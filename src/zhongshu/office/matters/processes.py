"""Processes: proposed by one, released by another, and read once.

A released text never changes, so what was read from it is kept for as long as the server runs.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from zhongshu.kernel.errors import Reason, Refused, reason
from zhongshu.kernel.flow.definition import Definition, NodeKind
from zhongshu.kernel.flow.findings import Finding, is_refused
from zhongshu.kernel.flow.release.check import check
from zhongshu.kernel.flow.text.format import read
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.refusal import Refusal, refuse

from .kinds import all_kinds
from .models import Process


@lru_cache(maxsize=256)
def definition(pk: int) -> Definition:
    """The process of this row, read."""
    found = read(Process.objects.values_list("text", flat=True).get(pk=pk))
    if not isinstance(found, Definition):
        raise TypeError(f"process {pk} was stored and cannot be read")
    return found


def released(code: str) -> Process:
    """The version of a process that new matters use; refused if none is released."""
    found = Process.objects.filter(code=code, state=Process.State.RELEASED).first()
    if found is None:
        raise refuse("no_process", process=code)
    return found


def by_digest(digest: str) -> Process:
    """The version with this text; refused if it is not the one in force."""
    found = Process.objects.filter(digest=digest, state=Process.State.RELEASED).first()
    if found is None:
        raise refuse("not_in_force")
    return found


def findings(text: str) -> tuple[Finding, ...]:
    """What is wrong with a process by itself; empty when it may be proposed."""
    found = read(text)
    return check(found) if isinstance(found, Definition) else found


@transaction.atomic
def propose(*, text: str, by: Actor) -> Process:
    """Put a process forward as the next version of its code. Released only by somebody else."""
    found = read(text)
    if not isinstance(found, Definition) or is_refused(check(found)):
        raise refuse("process_unsound")
    _carried(found)
    now = clock.now()
    row = Process.objects.create(
        code=found.id,
        version=found.version,
        name=found.name,
        digest=found.digest,
        text=text,
        proposed_by=by.person,
        proposed_at=now,
    )
    _note("propose", row, by, now)
    return row


@transaction.atomic
def release(*, process: Process, by: Actor) -> Process:
    """Let new matters use it. Running ones keep their version."""
    if process.state != Process.State.PROPOSED:
        raise refuse("not_proposed", process=process.code)
    if process.proposed_by == by.person:
        raise refuse("own_proposal", process=process.code)
    _carried(definition(process.pk))
    now = clock.now()
    Process.objects.filter(code=process.code, state=Process.State.RELEASED).update(
        state=Process.State.RETIRED, retired_at=now, retire_asked_by="", retire_asked_at=None
    )
    process.state, process.released_by = Process.State.RELEASED, by.person
    process.released_at = now
    process.save(update_fields=["state", "released_by", "released_at"])
    _note("release", process, by, now)
    return process


@transaction.atomic
def ask_to_retire(*, process: Process, by: Actor) -> Process:
    """Propose that no new matter uses this process any more, without another in its place."""
    if process.state != Process.State.RELEASED or process.retire_asked_by:
        raise refuse("not_to_retire", process=process.code)
    process.retire_asked_by, process.retire_asked_at = by.person, clock.now()
    process.save(update_fields=["retire_asked_by", "retire_asked_at"])
    _note("ask_retire", process, by, process.retire_asked_at)
    return process


@transaction.atomic
def keep_in_force(*, process: Process, by: Actor) -> Process:
    """Take that back: the process stays as it is."""
    if process.state != Process.State.RELEASED or not process.retire_asked_by:
        raise refuse("not_to_retire", process=process.code)
    process.retire_asked_by, process.retire_asked_at = "", None
    process.save(update_fields=["retire_asked_by", "retire_asked_at"])
    _note("keep", process, by, clock.now())
    return process


@transaction.atomic
def retire(*, process: Process, by: Actor) -> Process:
    """Confirm it: new matters cannot use it, running ones finish as they began."""
    if process.state != Process.State.RELEASED or not process.retire_asked_by:
        raise refuse("not_to_retire", process=process.code)
    if process.retire_asked_by == by.person:
        raise refuse("own_retirement", process=process.code)
    process.state, process.retired_by = Process.State.RETIRED, by.person
    process.retired_at = now = clock.now()
    process.save(update_fields=["state", "retired_by", "retired_at"])
    _note("retire", process, by, now)
    return process


def not_carried(flow: Definition) -> tuple[Reason, ...]:
    """What a sound process promises and this house cannot carry out: better no than a promise that
    is broken in the middle of a case."""
    found = [reason("counter_not_carried")] if flow.counter is not None else []
    known = {kind.process for kind in all_kinds()}
    wanted = {node.sub for node in flow.nodes if node.kind is NodeKind.CASE}
    found += [reason("sub_without_kind", process=sub) for sub in sorted(wanted - known)]
    return tuple(found)


def _carried(flow: Definition) -> None:
    why = not_carried(flow)
    if why:
        raise Refusal(Refused(why))


def _note(verb: str, process: Process, by: Actor, at: datetime) -> None:
    text = hashlib.sha256(process.text.encode()).hexdigest()  # also what stands in its comments
    facts = {"version": str(process.version), "digest": process.digest, "text": text}
    subject = f"process:{process.code}"
    journal.record(verb=f"process.{verb}", subject=subject, by=by, facts=facts, at=at)
