"""Names as they may be kept: one way of writing, nothing that cannot be seen. 名称.

The same rule for what is typed and what comes from a table, so both databases hold the same text.
Rare characters stay: a person's name is what he says it is.
"""

from __future__ import annotations

import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def tidy(text: str) -> str:
    """The text in the one way of writing: composed, without blanks round or doubled inside."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def faults(text: str, most: int) -> tuple[str, ...]:
    """What keeps a text from being a name, by code of the reason; nothing if it may be one."""
    found = []
    if not text:
        found.append("name_empty")
    if len(text) > most:
        found.append("name_long")
    if any(unicodedata.category(sign) in HIDDEN for sign in text):
        found.append("name_unseen")
    if text.startswith(FORMULA):
        found.append("name_formula")
    return tuple(found)


def is_code(text: str) -> bool:
    """Whether processes can call something by this."""
    return (
        bool(text)
        and len(text) <= 40
        and not (set(text) & set(":/.,;\"'\\ "))
        and text.isprintable()
    )
