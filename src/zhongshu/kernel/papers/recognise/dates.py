"""Days as papers write them: 2026年1月5日, 二〇二六年一月五日, 2026-01-05. 日期.

GB/T 9704-2012, 7.3.5.5: digits, year in full, no zero in front. Older papers and annexes use
Chinese numerals; clerks use points and dashes. [practice]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .shape import DIGIT, digits

HAN_DIGIT = {sign: value for value, sign in enumerate("0一二三四五六七八九")} | {
    "零": 0,
    "元": 1,
    "正": 1,
    "两": 2,
    "O": 0,
    "o": 0,
    "Ｏ": 0,
    "О": 0,
}
HAN_NUMBER = "一二三四五六七八九十廿元正"
YEAR = (
    rf"(?:(?:1[9g]|2[0OoQD])[{DIGIT}]{{2}}|[一二][0OoО零一二三四五六七八九]{{3}}"
    r"|二[0OoО零二][一二三四五六七八九])"
)
SMALL = rf"(?:[{DIGIT}]{{1,2}}|[{HAN_NUMBER}]{{1,3}})"
SPELT = re.compile(rf"(?P<y>{YEAR})年(?P<m>{SMALL})月(?P<d>{SMALL})[日号曰目口]")
DOTTED = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"
)
AROUND = re.compile(r"^[(\[]|[)\]。.]$|^(?:成文日期|发文日期|印发日期|日期|时间|签发日期)[:]?")
HOUR = re.compile(r"(?:(?:上午|下午)?\d{1,2}[:时点]\d{0,2}分?)$")


def counted(text: str) -> int | None:
    """A number below 1000 in Chinese numerals; None when it is none."""
    if not text or any(sign not in HAN_DIGIT and sign not in "十百廿" for sign in text):
        return None
    total, last = 0, 0
    for sign in text.replace("廿", "二十"):
        if sign in "十百":
            total += (last or 1) * (10 if sign == "十" else 100)
            last = 0
        else:
            last = HAN_DIGIT[sign]
    return total + last


def number(text: str) -> int | None:
    """A small number in digits or Chinese numerals; None when it is none."""
    spelt = counted(text)
    if spelt is not None:
        return spelt
    try:
        return digits(text)
    except ValueError:
        return None


def year(text: str) -> int:
    """A year in digits or in Chinese numerals, sign by sign. Of 二〇二六 an optical reader often
    loses one sign; what is left is read as a year of this decade. [derived]"""
    if len(text) == 3:
        return 2020 + HAN_DIGIT[text[2]]
    if text[0] in "一二":
        return int("".join(str(HAN_DIGIT[sign]) for sign in text))
    return digits(text.replace("g", "9"))


def make(years: int, months: int | None, days: int | None) -> date | None:
    """The day, when the calendar has it."""
    try:
        return date(years, months or 0, days or 0)
    except ValueError:
        return None


def _made(found: re.Match[str]) -> date | None:
    """The day a match of either form stands for."""
    return make(year(found["y"]), number(found["m"]), number(found["d"]))


def whole(shape: str) -> date | None:
    """The day that a plain text is, brackets, a label and the hour aside."""
    text = HOUR.sub("", AROUND.sub("", AROUND.sub("", shape)))
    found = SPELT.fullmatch(text) or DOTTED.fullmatch(text)
    return _made(found) if found else None


def all_in(shape: str) -> Iterator[tuple[date, int, int]]:
    """Every day that stands in full in a plain text, with its place."""
    for form in (SPELT, DOTTED):
        for found in form.finditer(shape):
            day = _made(found)
            if day is not None:
                yield day, found.start(), found.end()
