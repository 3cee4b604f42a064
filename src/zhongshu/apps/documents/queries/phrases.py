"""Ready phrases: one's own first, then those of the product. 常用语."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from django.db.models import Q, QuerySet

from zhongshu.apps.documents.models import Phrase
from zhongshu.office.actor import Actor
from zhongshu.office.people import queries as people

SHOWN = 6


@cache
def shipped() -> Mapping[str, list[str]]:
    """The phrases of the product, by step. Practice, not rule; an office writes its own."""
    text = files("zhongshu.apps.documents").joinpath("data", "phrases.toml").read_text("utf-8")
    return {step: list(said) for step, said in tomllib.loads(text).items()}


def of(*, node: str, seen_by: Actor) -> list[str]:
    """What may be put into an opinion with one press at this step."""
    said = [one.text for one in kept(seen_by=seen_by).filter(node__in=("", node))]
    said.sort(key=lambda text: text)
    return list(dict.fromkeys([*said, *shipped().get(node, [])]))[:SHOWN]


def kept(*, seen_by: Actor) -> QuerySet[Phrase]:
    """The phrases of this person and of the office."""
    person = people.bureau().pks.get(seen_by.person)
    return Phrase.objects.filter(Q(person=person) | Q(person__isnull=True))
