"""Canonical bytes of an entry, and digests in place of personal fields."""

import hashlib
import hmac
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.journal.entry import (
    LIMIT,
    OPENING,
    Entry,
    decode,
    encode,
    opening,
    seal,
    unseals,
)
from zhongshu.kernel.journal.verify import SEEN as VISIBLE
from zhongshu.kernel.journal.verify import Head

KEY = "0" * 31 + "7"
SALT = bytes(range(32))
ENTRY = Entry(
    "ab" * 16,
    KEY,
    datetime(2026, 1, 2, 3, 4, 5, 60, tzinfo=UTC),
    "document.approve",
    "matter:9",
    "p1",
    post="post:3",
    behalf="p2",
    facts=(("amount", "12.50"), ("opinion", '拟同意。\n"急" \\ 𠮷')),
    seals=(("payee", seal("sha256", SALT, KEY, "payee", "王小明")),),
)
BYTES = (
    '{"at":"2026-01-02T03:04:05.000060Z","behalf":"p2","facts":{"amount":"12.50",'
    '"opinion":"拟同意。\\n\\"急\\" \\\\ 𠮷"},"id":"00000000000000000000000000000007",'
    '"journal":"abababababababababababababababab","person":"p1","post":"post:3",'
    '"seals":{"payee":"8a7edd2bd0eb9d67c68ac9a1cc2b6e9ba4d8c25c7c0bbcb4f6a3b5a0a8a5b0a0"},'
    '"subject":"matter:9","v":"1","verb":"document.approve"}'
)


def test_the_bytes_are_these() -> None:
    payee = hmac.new(SALT, f"{KEY}\npayee\n王小明".encode(), hashlib.sha256).hexdigest()
    start, end = BYTES.index("8a7e"), BYTES.index('"},"subject"')
    assert encode(ENTRY) == (BYTES[:start] + payee + BYTES[end:]).encode()
    assert decode(encode(ENTRY)) == ENTRY


HIDDEN = [chr(code) for code in range(0x10000) if not re.match(VISIBLE, chr(code))]
SEEN = st.text(st.characters(codec="utf-8", exclude_characters=HIDDEN), max_size=20)
NAMES = st.from_regex("[a-z][a-z0-9_]{0,39}", fullmatch=True)


@given(
    st.datetimes(timezones=st.just(UTC)),
    SEEN,
    SEEN.filter(bool),
    st.dictionaries(NAMES, SEEN, max_size=4),
    st.dictionaries(NAMES, st.binary(min_size=32, max_size=32).map(bytes.hex), max_size=3),
)
def test_there_and_back(
    at: datetime, post: str, person: str, facts: dict[str, str], seals: dict[str, str]
) -> None:
    shared = {name: text for name, text in seals.items() if name not in facts}
    entry = replace(
        ENTRY,
        at=at,
        post=post,
        person=person,
        facts=tuple(sorted(facts.items())),
        seals=tuple(sorted(shared.items())),
    )
    assert decode(encode(entry)) == entry
    assert encode(replace(entry, facts=entry.facts[::-1])) == encode(entry)


@given(st.data())
def test_no_other_bytes_are_an_entry(data: st.DataObject) -> None:
    good = encode(ENTRY)
    place = data.draw(st.integers(0, len(good)))
    extra = data.draw(st.sampled_from([b" ", b"\n", b"\t", b"\\", b'"', b",", b"\0", b"\xff"]))
    try:
        other = decode(good[:place] + extra + good[place:])
    except ValueError:
        return
    assert encode(other) == good[:place] + extra + good[place:]


@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=8)))},
        {"at": datetime(2026, 1, 2)},  # noqa: DTZ001
        {"id": "0" * 31},
        {"id": "0" * 33},
        {"id": "G" * 32},
        {"id": "A" * 32},
        {"journal": ""},
        {"verb": "approve"},
        {"verb": "Document.approve"},
        {"verb": "document."},
        {"subject": ""},
        {"person": ""},
        {"person": "a\tb"},
        {"post": "a\u202eb"},
        {"behalf": "\ud800"},
        {"subject": "a\x00"},
        {"facts": (("a", "1"), ("a", "2"))},
        {"seals": (("a", "0" * 64), ("a", "0" * 64))},
        {"facts": (("a", "1"),), "seals": (("a", "0" * 64),)},
        {"facts": (("A", "1"),)},
        {"facts": (("a b", "1"),)},
        {"facts": (("", "1"),)},
        {"facts": (("a" * 41, "1"),)},
        {"facts": (("a", "\r"),)},
        {"facts": (("a", 1),)},
        {"seals": (("a", "0" * 63),)},
        {"seals": (("a", "F" * 64),)},
        {"facts": (("a", "x" * LIMIT),)},
    ],
)
def test_what_is_not_laid_down_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        encode(replace(ENTRY, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": datetime(2026, 1, 2)}, "^an entry is stamped in UTC$"),  # noqa: DTZ001
        ({"facts": (("a", "1"), ("a", "2"))}, "^a name stands twice$"),
        ({"facts": (("a", "x" * LIMIT),)}, "^an entry has at most 65536 bytes$"),
        ({"person": ""}, "^not an entry: entry$"),
    ],
)
def test_refusals_say_why(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        encode(replace(ENTRY, **change))  # type: ignore[arg-type]


def test_an_entry_may_be_just_so_long() -> None:
    room = LIMIT - len(encode(replace(ENTRY, facts=(("a", ""),))))
    assert len(encode(replace(ENTRY, facts=(("a", "x" * room),)))) == LIMIT
    with pytest.raises(ValueError, match="at most"):
        encode(replace(ENTRY, facts=(("a", "x" * (room + 1)),)))


def test_other_spellings_are_refused() -> None:
    good = encode(ENTRY).decode()
    found = json.loads(good)
    for bad in (
        json.dumps(found, ensure_ascii=False, sort_keys=True),
        json.dumps(found, sort_keys=True, separators=(",", ":")),
        good.replace('"v":"1"', '"v":1'),
        good.replace('"v":"1"', '"v":"2"'),
        good.replace('"v":"1"', '"v":"1","v":"1"'),
        good.replace('"facts":{', '"facts":{"amount":"1",'),
        good.replace("2026-01-02", "2026-02-30"),
        good.replace("2026-01-02", "0000-01-02"),
        good.replace("03:04:05", "24:04:05"),
        good.replace("000060Z", "000060z"),
        good.replace('"post":"post:3",', ""),
        good.replace('"facts":{', '"facts":[{').replace('},"id"', '}],"id"'),
        good + "\n",
        "\ufeff" + good,
        "[" * 100_000,
        "",
        "null",
    ):
        with pytest.raises(ValueError, match=r"not an entry|at most"):
            decode(bad.encode())
    with pytest.raises(ValueError, match="not an entry"):
        decode(good.encode("utf-16"))


@pytest.mark.parametrize("alg", ["sha256", "sm3"])
def test_a_seal_opens_only_with_all_that_was_sealed(alg: str) -> None:
    digest = seal(alg, SALT, KEY, "payee", "王小明")
    assert len(digest) == 64
    assert unseals(digest, alg, SALT, KEY, "payee", "王小明")
    assert not unseals(digest, alg, SALT[::-1], KEY, "payee", "王小明")
    assert not unseals(digest, alg, SALT, KEY[::-1], "payee", "王小明")
    assert not unseals(digest, alg, SALT, KEY, "payer", "王小明")
    assert not unseals(digest, alg, SALT, KEY, "payee", "王小名")
    assert digest != seal({"sha256": "sm3", "sm3": "sha256"}[alg], SALT, KEY, "payee", "王小明")


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_salt_has_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match=r"^a salt has 32 bytes$"):
        seal("sha256", bytes(size), KEY, "payee", "x")


def test_erasure_leaves_the_bytes_alone_and_the_value_nowhere() -> None:
    assert "王小明" not in encode(ENTRY).decode()
    assert SALT.hex().encode() not in encode(ENTRY)


def test_opening_says_what_it_follows() -> None:
    old = Head("sha256", "ab" * 16, "cd" * 32, 9)
    assert opening("sm3") == (("alg", "sm3"),)
    facts = opening("sm3", old)
    assert dict(facts) == {
        "alg": "sm3",
        "after_alg": "sha256",
        "after_journal": "ab" * 16,
        "after_root": "cd" * 32,
        "after_size": "9",
    }
    first = replace(ENTRY, verb=OPENING, facts=facts)
    assert decode(encode(first)) == first
