"""What was recognised on a paper: each element with its place and how sure it is. 识读结果."""

from __future__ import annotations

from datetime import date
from typing import Generic, NamedTuple, TypeVar

from .layout import Box

Value = TypeVar("Value")


class Place(NamedTuple):
    """Where something stands: page counted from 1, and the box where the paper was laid out."""

    page: int
    box: Box | None = None


class Found(NamedTuple, Generic[Value]):
    """One element. `rule` names the rule that found it, `sure` is 0 to 1 (see `confidence`)."""

    value: Value
    rule: str
    sure: float
    place: Place


class Number(NamedTuple):
    """A document number as it stands on the paper, and in the form in which it is compared."""

    verbatim: str
    normal: str


class Due(NamedTuple):
    """A day by which something is asked, None where it depends on a day the paper does not
    know (the day of receipt); `text` is the sentence."""

    day: date | None
    text: str


class Contact(NamedTuple):
    """Whom to ask; empty where the paper does not say."""

    name: str = ""
    phone: str = ""
    mail: str = ""


class Purpose(NamedTuple):
    """ "action" (批办性) or "information" (阅知性), and the words that decided it."""

    value: str
    reason: str


class Reading(NamedTuple):
    """All that is recognised, None or empty where the paper has no such element."""

    title: Found[str] | None = None
    issuers: Found[tuple[str, ...]] | None = None
    number: Found[Number] | None = None
    kind: Found[str] | None = None
    urgency: Found[str] | None = None
    addressees: Found[tuple[str, ...]] | None = None
    copied_to: Found[tuple[str, ...]] | None = None
    signers: Found[tuple[str, ...]] | None = None
    day: Found[date] | None = None
    attachments: Found[tuple[str, ...]] | None = None
    due: tuple[Found[Due], ...] = ()
    requests: tuple[Found[str], ...] = ()
    contact: Found[Contact] | None = None
    publicity: Found[str] | None = None
    printed_by: Found[str] | None = None
    printed_on: Found[date] | None = None
    purpose: Found[Purpose] | None = None
