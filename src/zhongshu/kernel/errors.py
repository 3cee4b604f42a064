"""How the kernel says no.

`Refused` is a value, not an exception: a rule of the office forbids this, and here is every
reason. `ValueError` means that the calling code is wrong.
"""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """One reason: a code for machines and the names that its sentence needs.

    `about` holds pairs such as ("person", "li"); never a title, an amount or any other content
    of the paper, so that a refusal can be shown to anybody who may press the button.
    """

    code: str
    about: tuple[tuple[str, str], ...] = ()


class Refused(NamedTuple):
    """The answer no, with all reasons (never empty), most telling first."""

    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone, in order."""
        return tuple(reason.code for reason in self.reasons)


def reason(code: str, **about: object) -> Reason:
    """A `Reason` with its names as text."""
    return Reason(code, tuple((name, str(value)) for name, value in about.items()))
