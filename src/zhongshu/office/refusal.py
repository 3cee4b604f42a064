"""A rule of the office said no: the answer of an action that keeps nothing. 不予办理."""

from __future__ import annotations

from zhongshu.kernel.errors import Refused, reason


class Refusal(Exception):
    """Raised inside an action, so that its transaction keeps nothing; carries all reasons."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(", ".join(refused.codes))
        self.refused = refused


class Conflict(Refusal):
    """Somebody else was faster, or the same key came with something else; look again."""


def refuse(code: str, **about: object) -> Refusal:
    """A refusal for one reason."""
    return Refusal(Refused((reason(code, **about),)))


def keep(refused: Refused | None) -> None:
    """Raise what a rule of the kernel answered, if it said no."""
    if refused is not None:
        raise Refusal(refused)
