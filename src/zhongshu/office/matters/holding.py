"""What people asks of matters: what somebody has in hand, which processes run. 手头事项."""

from __future__ import annotations

from collections.abc import Iterator

from zhongshu.kernel.flow.definition import Definition
from zhongshu.office.people import above
from zhongshu.office.people.above import Held
from zhongshu.office.people.models import Person

from .models import Process, Todo
from .processes import definition


def held(person: Person) -> Iterator[Held]:
    """Everything he has to do, other than read. Once he has left, the worker looks again who sits
    there: his successor, or whoever now holds the post."""
    mine = Todo.objects.filter(person=person).exclude(what=Todo.What.READ)
    for todo in mine.select_related("matter").order_by("pk"):
        yield Held(f"{todo.matter.number} {todo.matter.title}", todo.matter.address)


def running() -> Iterator[Definition]:
    """The processes that new matters use."""
    released = Process.objects.filter(state=Process.State.RELEASED).order_by("code")
    for pk in released.values_list("pk", flat=True):
        yield definition(pk)


above.register(holding=held, processes=running)
