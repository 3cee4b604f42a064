"""立项、分解: a task is established from what was said somewhere, and split by deliverables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from zhongshu.apps.supervision.founding import Establishing, found
from zhongshu.apps.supervision.models import OPEN, Task
from zhongshu.apps.supervision.powers import establishes
from zhongshu.kernel.supervision.results import Part, refuse_split
from zhongshu.office.actor import Actor
from zhongshu.office.matters import accompany
from zhongshu.office.matters.models import Link, Matter
from zhongshu.office.refusal import keep, refuse


def establish(*, new: Establishing, by: Actor, submit: bool = True) -> Matter:
    """A task, numbered, and on its way to whoever approves it; without `submit` kept as a draft."""
    if not establishes(by):
        raise refuse("not_the_office")
    with transaction.atomic(durable=True):
        return found(new, by, submit=submit)


def split(*, key: str, parts: Sequence[Establishing], by: Actor) -> list[Matter]:
    """Split a task into parts, each with its own lead; the whole is not done before they are."""
    if not establishes(by):
        raise refuse("not_the_office")
    keep(refuse_split([Part(part.title, part.lead) for part in parts]))
    with transaction.atomic(durable=True):
        whole = Task.objects.select_related("matter").filter(matter__key=key).first()
        if whole is None or whole.phase not in OPEN:
            raise refuse("not_running")
        return [_part(whole, part, by) for part in parts]


def _part(whole: Task, part: Establishing, by: Actor) -> Matter:
    same = replace(part, grade=whole.matter.grade, urgency=whole.matter.urgency)
    matter = found(same, by)
    Task.objects.filter(pk=matter.pk).update(parent=whole)
    accompany.join(earlier=whole.matter, later=matter, why=Link.Why.PART, by=by)
    return matter
