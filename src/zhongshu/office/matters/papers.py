"""Whose the files of a matter are: read by whoever may see it, added by whoever has it in hand."""

from __future__ import annotations

from zhongshu.office.actor import Actor
from zhongshu.office.files import subjects

from .models import Matter, Todo
from .queries import visible


def may_see(actor: Actor, key: str) -> bool:
    """The gate of matters, and no other."""
    return visible(seen_by=actor).filter(key=key).exists()


def may_change(actor: Actor, key: str) -> bool:
    """Somebody who has to do something about it now, other than read."""
    mine = Todo.objects.filter(matter__key=key, person__key=actor.person)
    return mine.exclude(what=Todo.What.READ).exists()


def grade(key: str) -> str:
    """The information class, as the watermark says it."""
    matter = Matter.objects.filter(key=key).only("grade").first()
    return matter.get_grade_display() if matter else ""


subjects.register("matter", may_see=may_see, may_change=may_change, grade=grade)
