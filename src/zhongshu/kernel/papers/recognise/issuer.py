"""Who issued the paper. 发文机关.

Three places name it: the red head (GB/T 9704-2012, 7.2.4), the signature (7.3.5.1) and often the
title (regulation, article 9(7)). They must agree [must: the signature matches the seal]; where an
optical reader or a seal spoiled one, the others decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from . import organs
from .rows import Row
from .shape import plain


class Claim(NamedTuple):
    """The organs one place names."""

    organs: tuple[str, ...]
    rule: str
    row: Row


def choose(claims: Sequence[Claim]) -> Claim | None:
    """The claim that most others support; among equals the first. `claims` stand in the order
    of trust: signature, red head, form, title, bulletin, imprint."""
    if not claims:
        return None
    votes = [sum(_agree(one, other) for other in claims) for one in claims]
    own = [at for at, one in enumerate(claims) if one.rule != "imprint"]  # which vouches only
    best = max(own or range(len(claims)), key=lambda at: (votes[at] + claims[at].row.sure, -at))
    chosen = claims[best]
    for other in claims:
        chosen = _longer(chosen, other)
    rule = chosen.rule if votes[best] == 1 else f"{chosen.rule}, agreed"
    return chosen._replace(rule=rule)


def _agree(one: Claim, other: Claim) -> bool:
    """Whether two places name the same, the one perhaps shorter."""
    if one.organs == other.organs:
        return True
    mine, theirs = plain(one.organs[0]), plain(other.organs[0])
    return mine.endswith(theirs) or theirs.endswith(mine)


def _longer(chosen: Claim, other: Claim) -> Claim:
    """The fuller name of the same organ, and all organs of a joint paper."""
    if not _agree(chosen, other):
        return chosen
    mine, theirs = chosen.organs, other.organs
    if len(theirs) > len(mine):
        return chosen._replace(organs=theirs)
    if len(theirs) == len(mine) == 1 and len(theirs[0]) > len(mine[0]):
        return chosen._replace(organs=theirs)
    return chosen


def of_lines(raw: str) -> tuple[str, ...]:
    """Organs that stand side by side on the first line of a title, as of joint papers."""
    named = organs.names(raw)
    return named if len(named) > 1 else ()


def of_title(title: str) -> tuple[str, ...]:
    """The organ a title begins with."""
    shape = plain(title)
    at = min(
        (at for word in ("关于", "转发", "印发", "批转") if (at := shape.find(word)) > 0), default=0
    )
    named = organs.names(title[:at]) if at else ()
    if named:
        return named
    leading = organs.leading(title) if not at else ""
    return (leading,) if leading else ()
