"""One shape for what different machines, hands and optical readers write. 字形归一.

`tidy` is for people: gaps that only spread letters are gone. `plain` is for matching: one sign for
every width and kind of bracket, colon or digit, letter by letter, so that a place in one is the
same place in the other.
"""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇\uf900-\ufaff"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0e-\x1f]")
SPREAD = re.compile(r"(?<![\x21-\x7e])\s+|\s+(?![\x21-\x7e])|(?<=\d)\s+(?=\d)")
GAPS = re.compile(r"\s+")
WIDE_GAP = re.compile(r"\t|[ \u00a0\u2002\u2003]{3,}|\u3000[\s\u3000]*")

SPREAD_LABEL = re.compile(
    r"(?<=(?<![^\s])[事标签日页字文主作来份])[ \u3000]{1,6}(?=[由题发期数号送者源](?:[\s:：]|$))"
)

WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
SIGNS = str.maketrans(
    "【〔〖｢「『】〕〗｣」』〈《〉》﹒∶꞉︰—–―─━〇○◯", "[[[[[[]]]]]]<<>>.:::-----000"
)
PLAIN = {**WIDTHS, **SIGNS}

# What an optical reader, or a hurried typist, puts for a digit; only where a digit must stand.
DIGITS = str.maketrans("OoQDlI|!ZzSsBＯ", "00001111225580")
DIGIT = "0-9OoQDlI|!ZzSsB"


def tidy(text: str) -> str:
    """The words without gaps, except those between words of Latin letters."""
    return GAPS.sub(" ", SPREAD.sub("", UNSEEN.sub("", text))).strip()


def plain(text: str) -> str:
    """As many letters as before, each in its plainest shape."""
    return text.translate(PLAIN)


def joined(lines: tuple[str, ...] | list[str]) -> str:
    """Lines that were one line before they were broken."""
    return tidy("\n".join(lines))


def digits(text: str) -> int:
    """A number whose digits may have been misread; `ValueError` when it is none."""
    return int(text.translate(DIGITS))


def parts(raw: str) -> list[str]:
    """What stands apart on one line: on both sides of a tab or a wide gap. A label of two letters
    that were spread, 事　　由, is one."""
    raw = SPREAD_LABEL.sub("", raw)
    return [part for part in (tidy(part) for part in WIDE_GAP.split(raw)) if part]
