"""What else can be begun from a matter: an app registers it, the page of the matter offers it.

So a paper can become a supervised task although neither app knows of the other. 由此另办.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhongshu.office.actor import Actor

from .models import Matter


@dataclass(frozen=True)
class Way:
    """A word on a button, the address it leads to (given the key of the matter), and for whom."""

    label: str
    url_name: str
    icon: str
    shown: Callable[[Actor, Matter], bool]


_ways: dict[str, Way] = {}


def register(way: Way) -> None:
    """Offer this on the page of every matter from now on."""
    _ways[way.url_name] = way


def ways(*, of: Matter, seen_by: Actor) -> tuple[Way, ...]:
    """What this person may begin from a matter that he may see."""
    return tuple(way for way in _ways.values() if way.shown(seen_by, of))
