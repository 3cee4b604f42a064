"""Who may do what about targets, by post. 权限."""

from __future__ import annotations

from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people

from .models import Node

KEEPERS = ("supervision", "office_head", "office_deputy", "planning_head")
CHIEF = "director"


def keeps(by: Actor) -> bool:
    """Who proposes versions, checks results, gives points by hand: the office."""
    return any(people.directory().holds(by.person, post) for post in KEEPERS)


def approves(by: Actor) -> bool:
    """主要领导: who lets a version come into force."""
    return people.directory().holds(by.person, CHIEF)


def reports(by: Actor, node: Node) -> bool:
    """Who speaks for the lead of an indicator: anybody of its section."""
    person = people.directory().people.get(by.person)
    return bool(person and node.lead and person.unit == node.lead.code)
