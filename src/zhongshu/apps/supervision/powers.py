"""Who may do what about supervised tasks: by post, as the rules of supervision name them. 权限."""

from __future__ import annotations

from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Todo
from zhongshu.office.people import queries as people

from .models import Task

OFFICE = ("supervision", "office_head", "office_deputy")
CHIEF = "director"
LEADS = ("lead", "redo")  # the nodes of the flow at which the lead sits


def establishes(by: Actor) -> bool:
    """督办员、办公室负责人: who establishes, splits, chases and proposes rules."""
    return any(people.directory().holds(by.person, post) for post in OFFICE)


def is_chief(by: Actor) -> bool:
    """主要领导."""
    return people.directory().holds(by.person, CHIEF)


def leads(by: Actor, unit: str = "") -> bool:
    """分管领导 of this section, or of any."""
    units = people.directory().units
    found = [units[unit]] if unit in units else [] if unit else list(units.values())
    return any(one.leader == by.person for one in found)


def leaders_of(unit: str) -> tuple[str, ...]:
    """From the leader in charge of a section upwards."""
    directory = people.directory()
    found = directory.units.get(unit)
    return (found.leader if found else "", *directory.posts.get(CHIEF, ())[:1])


def answers(by: Actor) -> bool:
    """Who may put his name to a paper that is filed while its task is open."""
    return is_chief(by) or leads(by) or people.directory().holds(by.person, "office_head")


def reports(task: Task, by: Actor) -> bool:
    """Whether this person speaks for the lead: who holds its step, or the head of the section."""
    head = people.directory().units[task.lead.code].head
    mine = Todo.objects.filter(matter=task.matter_id, person__key=by.person, node__in=LEADS)
    return by.person == head or mine.exists()
