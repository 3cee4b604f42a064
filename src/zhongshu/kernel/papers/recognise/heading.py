"""What the head says: number, urgency, signers, the organ of the red head. 版头各要素.

GB/T 9704-2012, 7.2 and 10 [must]. A number counts only when it stands by itself above the text: a
number within a sentence or a title is another paper's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from zhongshu.kernel.papers.reading import Number

from . import dates, marks, number, organs
from .rows import Row, columns
from .shape import HAN, plain

Value = TypeVar("Value")
NAMES = re.compile(rf"[{HAN}·]{{2,6}}")
ISSUED_BY = re.compile(r"签\s*发\s*人?\s*[:：]")
BEHIND = re.compile(r"会\s*签|核\s*稿|[:：]")
SEEN = str.maketrans("[]［］", "〔〕〔〕")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金贾夏韦付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常"
)
SPLIT_NUMBER = re.compile(r".*[\])]$")
PUBLICITY = re.compile(
    r"(?:公开(?:属性|方式|类别|形式)[:])?\(?(?:此件|此文|本文|该件|本件)?"
    r"(?P<value>主动公开|依申请公开|不予公开|不公开|公开发布|删减后公开|免予公开)"
)
PUBLICITIES = {"公开发布": "主动公开", "不公开": "不予公开", "免予公开": "不予公开"}
HEAD_ORGANS = 8  # lines of a head that may name organs


class Hit(NamedTuple):
    """What a rule found, by which rule, on which row."""

    value: object
    rule: str
    row: Row


def find_number(head: Sequence[Row]) -> tuple[Number, str, Row] | None:
    """The number of the paper, or of its issue."""
    for at, row in enumerate(head):
        for piece in marks.pieces(row):
            if found := marks.numbered(piece):
                number_ = _ended(found[1], head[at + 1 : at + 3])
                return _mended(number_, row.sure), found[0], row
    for one, other in pairwise(head):
        if SPLIT_NUMBER.fullmatch(one.plain) and (found := number.parse(one.text + other.text)):
            return found[1], "broken", one
    return None


def _ended(found: Number, below: Sequence[Row]) -> Number:
    """A number whose 号 fell on a line of its own, as in narrow cells."""
    fallen = not found.verbatim.endswith("号") and any(row.plain == "号" for row in below)
    return found._replace(verbatim=found.verbatim + "号") if fallen else found


def _mended(found: Number, sure: float) -> Number:
    """An optical reader takes 〔 for [, which hardly any paper has: what it saw is 〔. [derived]"""
    return found._replace(verbatim=found.verbatim.translate(SEEN)) if sure < 1 else found


def find_urgency(head: Sequence[Row]) -> tuple[str, str, Row] | None:
    """The level that the head marks; the word in a title is habit and no mark."""
    for row in head:
        for piece in marks.pieces(row):
            level = marks.urgency(piece) or _before_number(plain(piece))
            if level:
                return level, "marked", row
    return None


def _before_number(shape: str) -> str:
    """A level on one line with the number, or first on the line of a form."""
    before = marks.BEFORE_NUMBER.match(shape)
    level = before["level"] if before else None
    form = marks.LEVEL_FIRST.match(shape)
    if before and level and number.parse(shape[before.end() :]):
        return level
    return form["level"] if form else ""


def find_signers(head: Sequence[Row]) -> tuple[tuple[str, ...], str, Row] | None:
    """签发人 of an upward paper, all of them, two a line."""
    for at, row in enumerate(head):
        found = marks.SIGNER.search(row.plain)
        if found is None:
            continue
        names = _names(BEHIND.split(ISSUED_BY.split(row.raw, maxsplit=1)[-1])[0])
        for below in head[at + 1 : at + 6]:
            more = _names(number_aside(below))
            if not more:
                break
            names += more
        if names:
            return tuple(names), "labelled", row
    return None


def number_aside(row: Row) -> str:
    """A row without the number that stands on its left."""
    apart = columns(row)
    if apart and number.parse(apart[0]):
        return "\u3000".join(apart[1:])
    return row.raw


def _names(raw: str) -> list[str]:
    """Names side by side; the letters of a short name are often spread."""
    words = [word for word in re.split(r"[\s,，、;；]+", raw.strip()) if word]
    if all(len(word) == 1 for word in words) and len(words) == 3:
        words = ["".join(words)]  # one name of three spread letters
    at = 0
    while at + 1 < len(words):  # a name of two spread letters
        if len(words[at]) == len(words[at + 1]) == 1:
            words[at : at + 2] = [words[at] + words[at + 1]]
        at += 1
    words = [name for word in words for name in _parted(word)]
    good = [word for word in words if NAMES.fullmatch(word)]
    bad = len(good) < len(words) or any(organs.is_name(word) for word in good)
    return [] if bad or any(marks.urgency(word) for word in good) else good


def _parted(word: str) -> tuple[str, ...]:
    """Two names that were read as one: nobody has five letters, and a surname begins the second."""
    if len(word) in (5, 6):
        for at in (3, 2):
            if word[at] in SURNAMES:
                return word[:at], word[at:]
    return (word,)


def find_organs(head: Sequence[Row]) -> tuple[tuple[str, ...], str, Row] | None:
    """The organs of the red head, from top to bottom, the lead first."""
    found: list[str] = []
    rule, first = "", None
    for row in head[:HEAD_ORGANS]:
        named = sent_by(row) or (marks.head_organs(row.text) if not _aside(row) else ())
        if named and not (found and rule == "black" and row.red):
            found += [name for name in named if name not in found]
            first = first or row
            rule = rule or ("field" if sent_by(row) else "red" if row.red else "black")
    return (tuple(found), rule, first) if first else None


def sent_by(row: Row) -> tuple[str, ...]:
    """The sender that a form names."""
    for label, value in marks.fields(row):
        if label in marks.SENT_BY:
            return organs.names(value)
    return ()


def _aside(row: Row) -> bool:
    """What names an organ without being the head."""
    return bool(marks.fields(row) or any(dates.all_in(row.plain)))


def masthead(head: Sequence[Row]) -> Row | None:
    """The line that names a bulletin or minutes."""
    for row in head:
        if marks.MASTHEAD.fullmatch(row.plain) and not row.plain.startswith("关于"):
            return row
    return None


def publicity(rows: Sequence[Row]) -> tuple[str, Row] | None:
    """公开属性, in the note or in the head of a form."""
    for row in rows:
        found = PUBLICITY.search(row.plain)
        if found and len(row.plain) < 60:
            return PUBLICITIES.get(found["value"], found["value"]), row
    return None


def edited(head: Sequence[Row]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """The organs of lines that also bear the day, as bulletins and minutes have."""
    for row in head:
        if any(dates.all_in(row.plain)) and (named := marks.edited(row)):
            yield named, row
