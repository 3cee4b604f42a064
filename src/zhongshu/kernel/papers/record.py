"""A reading as plain values: one flat record, None where the paper says nothing. 记录."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .reading import Contact, Found, Place, Reading

FIELDS = (
    "title",
    "issuer",
    "number",
    "number_normalised",
    "kind",
    "urgency",
    "addressee",
    "copied_to",
    "signer",
    "date",
    "attachments",
    "due_dates",
    "requests",
    "contact",
    "publicity",
    "printed_by",
    "printed_on",
    "purpose",
    "purpose_reason",
)


def record(reading: Reading) -> dict[str, Any]:
    """All fields, then `confidence` and `places` of those that were found, by the same names."""
    found = _found(reading)
    values = {name: _value(name, reading) for name in FIELDS}
    return {
        **values,
        "confidence": {name: _least(ones) for name, ones in found.items()},
        "places": {name: [_place(one.place) for one in ones] for name, ones in found.items()},
    }


def empty() -> dict[str, Any]:
    """The record of a paper of which nothing may be said."""
    return {**dict.fromkeys(FIELDS), "confidence": {}, "places": {}}


def _single(reading: Reading) -> Mapping[str, Found[Any] | None]:
    """What a paper has once, by the name of its field."""
    return {
        "title": reading.title,
        "issuer": reading.issuers,
        "number": reading.number,
        "number_normalised": reading.number,
        "kind": reading.kind,
        "urgency": reading.urgency,
        "addressee": reading.addressees,
        "copied_to": reading.copied_to,
        "signer": reading.signers,
        "date": reading.day,
        "attachments": reading.attachments,
        "contact": reading.contact,
        "publicity": reading.publicity,
        "printed_by": reading.printed_by,
        "printed_on": reading.printed_on,
        "purpose": reading.purpose,
        "purpose_reason": reading.purpose,
    }


def _found(reading: Reading) -> Mapping[str, tuple[Found[Any], ...]]:
    """What was found, by field."""
    several: dict[str, tuple[Found[Any], ...]] = {
        "due_dates": reading.due,
        "requests": reading.requests,
    }
    single = {name: (one,) for name, one in _single(reading).items() if one}
    return single | {name: ones for name, ones in several.items() if ones}


def _value(name: str, reading: Reading) -> object:
    """The value of one field."""
    if name == "due_dates":
        days = [one.value for one in reading.due]
        said = [{"date": day.isoformat() if day else None, "text": text} for day, text in days]
        return said or None
    if name == "requests":
        return [one.value for one in reading.requests] or None
    found = _single(reading)[name]
    return None if found is None else _plain(name, found.value)


def _plain(name: str, value: Any) -> object:
    """A value as JSON can hold it."""
    if name in ("number", "number_normalised"):
        return value.verbatim if name == "number" else value.normal
    if name == "issuer":
        return "、".join(value)
    if name in ("purpose", "purpose_reason"):
        return value.value if name == "purpose" else value.reason
    if name in ("date", "printed_on"):
        return value.isoformat()
    if isinstance(value, Contact):
        return {key: text or None for key, text in value._asdict().items()}
    return list(value) if isinstance(value, tuple) else value


def _least(ones: tuple[Found[Any], ...]) -> float:
    """How sure the least sure of them is."""
    return min(one.sure for one in ones)


def _place(place: Place) -> dict[str, object]:
    """Page and box; the box in millimetres from the upper left corner, null where unknown."""
    box = place.box
    return {"page": place.page, "box": [round(end, 1) for end in box] if box else None}
