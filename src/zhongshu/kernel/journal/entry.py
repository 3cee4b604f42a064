"""An entry of the journal: its canonical bytes, and digests in place of personal fields.

The bytes are laid down in docs/reference/journal.md; `verify` refuses every other spelling.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from .verify import OPENING, Head, Lie, check_entry, read, write

Pairs = tuple[tuple[str, str], ...]
LIMIT = 65_536  # bytes of one entry


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: when, who (person, post, on whose behalf), what, to what, and its facts.

    `person`, `post`, `behalf` and `subject` are keys, never names. What can name a person goes
    into `seals`, as digests made by `seal`.
    """

    journal: str  # 32 hexadecimal digits, fixed when the journal is opened
    id: str  # 32 hexadecimal digits, never used twice
    at: datetime  # UTC
    verb: str
    subject: str
    person: str
    post: str = ""
    behalf: str = ""
    facts: Pairs = ()
    seals: Pairs = ()


def encode(entry: Entry) -> bytes:
    """The canonical bytes; ValueError if the entry is not as laid down."""
    if entry.at.utcoffset() != timedelta(0):
        raise ValueError("an entry is stamped in UTC")
    facts, seals = dict(entry.facts), dict(entry.seals)
    if len(facts) != len(entry.facts) or len(seals) != len(entry.seals):
        raise ValueError("a name stands twice")
    moment = entry.at.replace(tzinfo=None).isoformat("T", "microseconds") + "Z"
    said = {
        "at": moment,
        "behalf": entry.behalf,
        "facts": facts,
        "id": entry.id,
        "journal": entry.journal,
        "person": entry.person,
        "post": entry.post,
        "seals": seals,
        "subject": entry.subject,
        "v": "1",
        "verb": entry.verb,
    }
    try:
        check_entry(said)
    except Lie as lie:
        raise ValueError(f"not an entry: {lie.code}") from lie
    return _short(write(said))


def decode(spelt: bytes) -> Entry:
    """The entry that these bytes are; ValueError unless they are its canonical bytes."""
    try:
        found = read(_short(spelt) + b"\n")
        check_entry(found)
    except Lie as lie:
        raise ValueError(f"not an entry: {lie.code}") from lie
    return Entry(
        at=datetime.fromisoformat(found["at"]),
        facts=tuple(found["facts"].items()),
        seals=tuple(found["seals"].items()),
        **{name: found[name] for name in ("id", "journal", "verb", "subject")},
        **{name: found[name] for name in ("person", "post", "behalf")},
    )


def _short(spelt: bytes) -> bytes:
    if len(spelt) > LIMIT:
        raise ValueError(f"an entry has at most {LIMIT} bytes")
    return spelt


def opening(alg: str, after: Head | None = None) -> Pairs:
    """The facts of entry 0, whose verb is `OPENING`: the algorithm, and which journal it follows.

    A journal never changes its algorithm: a new one is opened, and its first entry holds the last
    head of the old one.
    """
    facts = {"alg": alg}
    if after:
        facts |= {f"after_{name}": str(value) for name, value in after._asdict().items()}
    return tuple(sorted(facts.items()))


def seal(alg: str, salt: bytes, entry: str, name: str, value: str) -> str:
    """The digest that stands for a personal field of the entry with this id.

    The salt is 32 random bytes, made for this field alone and kept beside the value, outside the
    journal. Once both are erased nobody can tell what the field said, and the journal stays sound.
    """
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    return hmac.digest(salt, f"{entry}\n{name}\n{value}".encode(), alg).hex()


def unseals(digest: str, alg: str, salt: bytes, entry: str, name: str, value: str) -> bool:
    """Whether this value and this salt are what was sealed."""
    return hmac.compare_digest(digest, seal(alg, salt, entry, name, value))


__all__ = ["LIMIT", "OPENING", "Entry", "Pairs", "decode", "encode", "opening", "seal", "unseals"]
