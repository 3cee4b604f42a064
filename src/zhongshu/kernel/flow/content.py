"""What a decision is bound to: digests of the form, and who wrote what. 内容绑定."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date

from .canonical import canonical
from .case import Content
from .condition import Value, is_empty
from .definition import Definition


def changed(content: Content, changes: Mapping[str, Value], authors: Iterable[str]) -> Content:
    """The content with some fields written anew; a value that stays the same has no new author."""
    values, digests, who = dict(content.values), dict(content.digests), dict(content.authors)
    for name, value in changes.items():
        digest = hashlib.sha256(canonical(value)).hexdigest()
        if digests.get(name) != digest:
            values[name], digests[name] = value, digest
            who[name] = tuple(sorted({*who.get(name, ()), *authors}))
    digests = dict(sorted(digests.items()))
    return Content(values, digests, who, _combined(digests, digests))


def relied(definition: Definition, node: str, content: Content) -> str:
    """The digest of the fields a decision at the node stands on; the content's own if on all."""
    names = definition.relied[node]
    whole = names == tuple(content.digests)
    return content.digest if whole else _combined(content.digests, names)


def authors(definition: Definition, node: str, content: Content) -> frozenset[str]:
    """Everybody who wrote a field that the node stands on."""
    who = content.authors
    return frozenset().union(*[who.get(name, ()) for name in definition.relied[node]])


def is_author(definition: Definition, node: str, content: Content, person: str) -> bool:
    """Whether this person wrote a field that the node stands on."""
    who = content.authors
    for name in definition.relied[node]:  # noqa: SIM110  # asked of everybody at every opening
        if person in who.get(name, ()):
            return True
    return False


def faults(
    definition: Definition, changes: Mapping[str, Value], *, may: Iterable[str]
) -> list[str]:
    """The names of changed fields that are unknown, not this person's to write, or malformed."""
    if not changes:
        return []
    allowed = set(may)
    return [
        name
        for name, value in sorted(changes.items())
        if name not in allowed or not fits(definition, name, value)
    ]


def missing(definition: Definition, values: Mapping[str, Value]) -> list[str]:
    """Required fields that are not filled in."""
    return [
        field.name
        for field in definition.fields
        if field.required and is_empty(values.get(field.name))
    ]


def fits(definition: Definition, name: str, value: Value) -> bool:
    """Whether a value has the shape its field asks for; empty always fits."""
    field = definition.field.get(name)
    if field is None:
        return False
    if is_empty(value):
        return True
    if field.many:
        return (
            isinstance(value, tuple)
            and len(value) <= MOST
            and all(_one(field.type, field.options, v) for v in value)
        )
    return _one(field.type, field.options, value)


MOST = 200  # entries of a list
DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")
LONGEST = 4000  # characters of one value; longer texts are files
HALVES = re.compile("[\ud800-\udfff]")


def _one(type_: str, options: tuple[str, ...], value: Value) -> bool:
    if type_ == "flag":
        return isinstance(value, bool)
    if type_ == "number":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18
    if not isinstance(value, str) or len(value) > LONGEST or not is_writable(value):
        return False
    if type_ == "date":
        return _is_date(value)
    return value in options if type_ == "choice" else True


def is_writable(text: str) -> bool:
    """Whether a text can be stored: no half of a pair of surrogates."""
    return text.isascii() or not HALVES.search(text)


def _is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, as YYYY-MM-DD."""
    if not DATE.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _combined(digests: Mapping[str, str], names: Iterable[str]) -> str:
    """Digest over name and digest of each field; one that was never written counts as empty."""
    lines = "\n".join([f"{name}={digests.get(name, '')}" for name in names])
    return hashlib.sha256(lines.encode()).hexdigest()
