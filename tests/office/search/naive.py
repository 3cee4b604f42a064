"""The same question, answered without any index: texts are read from beginning to end.

Runs are told apart one character at a time, not by the product's expression.
"""

from __future__ import annotations

import unicodedata

SHIFT = {"wide": ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC")}


def kind(char: str) -> str:
    """wide, digit, letter, or "" for what parts words."""
    name = unicodedata.name(char, "")
    if char in "〇々" or (char.isalpha() and name.startswith(SHIFT["wide"])):
        return "wide"
    if char.isdecimal():
        return "digit"
    return "letter" if char.isalnum() else ""


def runs(text: str) -> list[str]:
    """The runs of a text, in order."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    found: list[str] = []
    before = ""
    for char in folded:
        here = kind(char)
        if here and here == before:
            found[-1] += char
        elif here:
            found.append(char)
        before = here
    return found


def holds(text: str, question: str, *, whole: bool = False) -> bool:
    """Whether a text holds each blank-separated part of a question; `whole`: and only whole words
    at the end of each."""
    told = runs(text)
    parts = [runs(part) for part in question.split()]
    return any(parts) and all(_holds(told, part, whole) for part in parts if part)


def _holds(told: list[str], part: list[str], whole: bool) -> bool:
    for at in range(len(told) - len(part) + 1):
        here = told[at : at + len(part)]
        if len(part) == 1:
            one, wanted = here[0], part[0]
            if wanted in one if kind(wanted[0]) == "wide" else _begins(one, wanted, whole):
                return True
        elif (
            (here[0].endswith(part[0]) if kind(part[0][0]) == "wide" else here[0] == part[0])
            and here[1:-1] == part[1:-1]
            and _begins(here[-1], part[-1], whole)
        ):
            return True
    return False


def _begins(one: str, wanted: str, whole: bool) -> bool:
    if whole and kind(wanted[0]) != "wide":
        return one == wanted
    return one.startswith(wanted)
