"""发文字号: organ code, year, serial (regulation of 2012, article 9(5); GB/T 9704-2012, 7.2.5).

What is printed keeps its form; beside it stands the form by which numbers are compared. Incoming
numbers may legally be irregular (enterprises, courts), so nothing is refused here. [unit]
"""

from __future__ import annotations

import re

from zhongshu.kernel.papers.reading import Number

from .dates import counted
from .shape import DIGIT, DIGITS, HAN, digits, plain, tidy

CODE = rf"[{HAN}A-Za-z]{{1,14}}(?:\([{HAN}]{{1,6}}\)[{HAN}]{{0,6}})?"
YEAR = rf"(?:1[9g]|2[0OoQD])[{DIGIT}]{{2}}"
SERIAL = rf"[{DIGIT}]{{1,5}}"
END = "(?:号|号文|弓)?"
FORMS = (
    # The form of the standard, with whatever brackets
    ("standard", rf"(?P<code>{CODE})?[\[({{<]+(?P<year>{YEAR})年?[\])}}>]+"
     rf"(?P<word>[{HAN}]\d{{2,4}}[{HAN}]{{1,3}}|[{HAN}]{{0,4}}?)"
     rf"第?(?P<serial>{SERIAL}(?:-\d{{1,3}})?){END}"),
    # One bracket read as a letter, a digit or not at all; the other vouches for it
    ("one bracket", rf"(?P<code>{CODE}?)[\[({{<]+(?P<year>{YEAR})年?[JjIl1!|丨〉7]?"
     rf"(?P<word>)第?(?P<serial>{SERIAL})号"),
    ("one bracket", rf"(?P<code>[{HAN}]{{2,14}}?)[CcGtTIl1!|丨r〈]?(?P<year>{YEAR})年?[\])}}>]+"
     rf"(?P<word>)第?(?P<serial>{SERIAL}){END}"),
    ("short year", rf"(?P<code>{CODE})[\[({{<]+(?P<year>[0-9]{{2}})年?[\])}}>]+(?P<word>)"
     rf"第?(?P<serial>{SERIAL}){END}"),
    ("no bracket", rf"(?P<code>[{HAN}]{{1,12}}[发函字文办报请通电党督批复阅令人财计])"
     rf"[-\s]?(?P<year>{YEAR})[年-](?P<word>)第?(?P<serial>{SERIAL}){END}"),
)  # fmt: skip
GRAMMAR = tuple((name, re.compile(form)) for name, form in FORMS)
COUNTED = re.compile(
    rf"(?P<org>[{HAN}]{{2,20}})?(?P<word>令|公告|通告|议案)?(?P<year>(?:19|20)\d\d年)?(?:总)?"
    rf"第(?P<no>{SERIAL}|[一二三四五六七八九十百零0]+)(?P<unit>号令?|期|次)"
    rf"(?:\(?总?第?[{DIGIT}]+[期号]\)?|\([^)]{{1,10}}\))?"
)
ISSUE = re.compile(rf"[\[(](?P<year>{YEAR})年?[\])](?P<word>)第(?P<no>{SERIAL})(?P<unit>期|次)")
LABEL = re.compile(r"^(?:发文字号|发文编号|文件编号|公文编号|文号|字号|编号|来文字号|原文号)[:]?")
BESIDE = re.compile(r"(?:编号|中机发|机发)+[:]?$")
TO_PRINT = str.maketrans("()", "（）")


def parse(text: str) -> tuple[str, Number] | None:
    """The number a text is, and the form it follows; None when it is not just a number."""
    words = "".join(tidy(text).split())
    shape = plain(words)
    label = LABEL.match(shape)
    start = label.end() if label else 0
    beside = BESIDE.search(shape)
    stop = beside.start() if beside else len(shape)
    if shape[start : start + 1] == "(" and shape[stop - 1 : stop] == ")":
        return _parse(words[start:stop]) or _parse(words[start + 1 : stop - 1])
    return _parse(words[start:stop])


def _parse(words: str) -> tuple[str, Number] | None:
    """The same, without label and brackets around."""
    shape = plain(words)
    for name, form in GRAMMAR:
        if found := form.fullmatch(shape):
            return name, Number(words, _normal(found))
    if found := ISSUE.fullmatch(shape) or COUNTED.fullmatch(shape):
        return "counted", Number(words, _counted(found))
    return None


def _normal(found: re.Match[str]) -> str:
    """Hexagonal brackets, four digits of the year, no 第, no zero in front, 号 at the end."""
    year = digits(found["year"].replace("g", "9"))
    code = (found["code"] or "") + found["word"]
    first, dash, second = found["serial"].partition("-")
    serial = f"{digits(first)}{dash}{second}"
    year = year + 2000 if year < 100 else year
    return f"{code.translate(TO_PRINT)}〔{year}〕{serial}号"


def _counted(found: re.Match[str]) -> str:
    """第N号 of commands and announcements, 第N期 of minutes and bulletins; N in digits."""
    named = found.groupdict()
    spelt = named["no"]
    number = counted(spelt) or digits(spelt.translate(DIGITS))
    year = named["year"] or ""
    year = f"〔{digits(year)}〕" if year and "年" not in year else year
    return f"{named.get('org') or ''}{named['word'] or ''}{year}第{number}{named['unit'][0]}"
