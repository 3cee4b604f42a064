"""Who may do what about needs and shortages. 权限."""

from __future__ import annotations

from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people

KEEPERS = ("supervision", "office_head", "office_deputy")


def keeps(by: Actor) -> bool:
    """The office, which keeps both registers and calls back."""
    return any(people.directory().holds(by.person, post) for post in KEEPERS)


def of_unit(by: Actor, unit: str) -> bool:
    """Whether this person works in a section."""
    person = people.directory().people.get(by.person)
    return person is not None and person.unit == unit
