"""What people asks of matters: what somebody has in hand, who takes it over, which processes run.

手头事项与离岗移交。
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.flow.definition import Definition
from zhongshu.office.actor import machine
from zhongshu.office.people import above
from zhongshu.office.people.above import Heirs, Held, NotTaken
from zhongshu.office.people.models import Person
from zhongshu.office.refusal import Conflict, Refusal

from .effects import run
from .models import Process, Todo
from .processes import definition

HOUSE = "people"  # the machine, when who is who has changed


def held(person: Person) -> Iterator[Held]:
    """Everything he has to do, other than read. Once he has left, the worker looks again who sits
    there: his successor, or whoever now holds the post. By its number alone: who sees the list is
    an administrator, and what a matter says is not for him."""
    mine = Todo.objects.filter(person=person).exclude(what=Todo.What.READ)
    for todo in mine.select_related("matter__case").order_by("pk"):
        yield Held(todo.matter.number, draft=_is_draft(todo))


def hand_over(person: Person, heirs: Heirs) -> Iterator[NotTaken]:
    """His drafts: one that came back to be revised goes to who takes his work; one never sent to
    who takes his drafts, or it is laid by. Those that cannot, and why."""
    for todo in _drafts(person):
        to = heirs.drafts if _is_draft(todo) else heirs.work
        gone = c.DrafterGone(kernel.Actor(f"system:{HOUSE}"), person.key, to.key if to else "")
        try:
            run(todo.matter.key, gone, machine(HOUSE))
        except Conflict:
            raise
        except Refusal as no:
            yield NotTaken(todo.matter.number, no.refused.reasons)


def _drafts(person: Person) -> QuerySet[Todo]:
    mine = Todo.objects.filter(person=person, what=Todo.What.REVISE)
    return mine.select_related("matter__case").order_by("pk")


def _is_draft(todo: Todo) -> bool:
    """Whether it was never sent, so that nobody else has had a part in it."""
    revised = todo.what == Todo.What.REVISE
    return revised and load_case(todo.matter.case.text).head.round == 1


def running() -> Iterator[Definition]:
    """The processes that new matters use."""
    released = Process.objects.filter(state=Process.State.RELEASED).order_by("code")
    for pk in released.values_list("pk", flat=True):
        yield definition(pk)


above.register(holding=held, processes=running, hand_over=hand_over)
