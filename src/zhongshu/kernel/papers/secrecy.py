"""Marks of state secrets, recognised so that the paper is refused. 涉密不上网，上网不涉密。

The mark is a level, 绝密 机密 or 秘密, a star and a term (GB/T 9704-2012, 7.2.2; article 22 of the
law, 2024). It stands on a line of its own at the head of the first page, beside the copy number
and the urgency. The words also occur in ordinary prose (保密工作, 商业秘密, 机密性), and there they
are no mark: what counts is where they stand and what stands beside them.

`MARK` is refused without question. `DOUBT` is refused until a person vouches that it is no state
secret: a bare 秘密 on a line, a starred mark in the middle of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import pairwise

HEAD_LINES = 12  # of a page, where the mark belongs; lines without text are not counted
LONGEST = 60  # characters of a mark with all that may stand beside it
SHORT = 4  # characters of a line that may be part of a mark written downwards
DOWNWARDS = 16  # lines of such a mark


class Verdict(IntEnum):
    """What was found; the greater wins."""

    FREE = 0
    DOUBT = 1
    MARK = 2


# Old and traditional shapes, and what people write when they have no star
SHAPES = str.maketrans("絕絶機祕級長個開啟啓號緊資", "绝绝机秘级长个开启启号紧资") | {
    ord(star): "★" for star in "☆✩✪✫✬✭✮✯✰⭐🌟⋆∗*✱✲✳✴✵✶٭⁎﹡"
}
UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
GAP = re.compile(r"\s+")
GAP_OF_ONE = re.compile(r"[^\S\t]+")  # tabs part cells
ORNAMENT = re.compile(r"[\[\](){}<>【】〔〕〖〗「」『』|/\\·•,;、_\-—–~=:.…]")

NUMBER = "[0-9〇零○一二三四五六七八九十廿卅百两]"
DAY = rf"{NUMBER}{{4}}年{NUMBER}{{1,3}}月(?:{NUMBER}{{1,3}}[日号])?(?:解密|前|止|起)?"
TERM = (
    rf"(?:{DAY}|{NUMBER}{{6,8}}(?:解密|前|止)?|{NUMBER}{{1,4}}年|{NUMBER}{{1,3}}个?月"
    rf"|{NUMBER}{{1,4}}[天日]|长期|永久|(?:启封|启用|开启|公开|考试|考|使用|解密)(?:之?前)?)"
)
LEVEL = "(?:绝密|机密|秘密)"
SERIAL = r"(?:第?[0-9]{1,8}[号份]?|No[0-9]{1,8})"
URGENCY = "(?:特急|加急|特提|平急|急件|平件|特件|限时送达)"
LABEL = "(?:(?:文件)?密级(?:[和及与]?保密期限)?|秘密等级|保密等级|涉密等级|保密期限)"
BESIDE = f"(?:{SERIAL}|{URGENCY}|{LABEL}|份号|编号|紧急程度|缓急程度|等级)"

# A whole line without gaps and ornaments. Possessive, so that no line takes longer than it is long.
WHOLE = re.compile(
    f"(?P<before>(?>{BESIDE})*+)(?P<level>{LEVEL})(?:级|件|文件|资料|材料|电报)?(?P<star>★)?"
    f"(?P<term>{TERM})?!?(?>{BESIDE})*+"
)
STAR_ALONE = re.compile(f"★{TERM}")
CIPHER = re.compile(f"(?>{BESIDE})*+(密码电报|密电|机要件|机要文件|核心秘密)(?>{BESIDE})*+")
LABEL_LAST = re.compile(f"{LABEL}$")

# Within a line that says more, gaps kept
SPACED = r"(?:绝\s*密|机\s*密|秘\s*密)"
AT_A_GAP = re.compile(rf"(?:^|[\s0-9])[\[(【〔]?\s*{SPACED}\s*级?\s*★")
ANYWHERE = re.compile(rf"{SPACED}\s*级?\s*★\s*{NUMBER}")
LABEL_WITHIN = re.compile(rf"(?:^|\s){LABEL}\s*[::]\s*{SPACED}(?![级]?(?:以|或|及|、|/))")

EDGE = r"[\s_\-—–·.,;、+\[\](){}【】〔〕<>&#@!=~|0-9]"
IN_NAME = re.compile(
    rf"(?:^|{EDGE})({SPACED})\s*(?:级|件|文件|资料|材料)?(?:[\s(★\[]*({TERM}))?(?=$|{EDGE})"
)
NAME_STARRED = re.compile(rf"(?:^|{EDGE}){SPACED}\s*级?\s*★")


def on_page(text: str) -> Verdict:
    """The first page of a paper, as text, one line a line; cells of a table apart by tabs."""
    lines = [line for line in map(_plain, text.splitlines()) if line.strip()]
    found = Verdict.FREE
    for place, line in enumerate(lines):
        found = max(found, _line(line, head=place < HEAD_LINES))
    for joined, place in _joined([_compact(line) for line in lines]):
        found = max(found, _whole(joined, head=place < HEAD_LINES))
    return found


def in_name(name: str) -> Verdict:
    """The name of a file; its suffix says nothing."""
    stem, dot, _suffix = name.rpartition(".")
    return in_title(stem if dot else name)


def in_title(title: str) -> Verdict:
    """A title somebody typed."""
    plain = _plain(title)
    found = IN_NAME.search(plain)
    if NAME_STARRED.search(plain):
        return Verdict.MARK
    if found is not None:
        sure = found[2] or _compact(found[1]) != "秘密"
        return Verdict.MARK if sure else Verdict.DOUBT
    return Verdict.DOUBT if ANYWHERE.search(plain) else Verdict.FREE


def in_paper(name: str, pages: Iterable[str]) -> Verdict:
    """A file by its name and its first pages."""
    return max((in_name(name), *map(on_page, pages)))


def _plain(text: str) -> str:
    """One shape for every letter: full width, traditional and odd stars are the usual ones."""
    shaped = UNSEEN.sub("", unicodedata.normalize("NFKC", text).translate(SHAPES))
    return GAP_OF_ONE.sub(" ", shaped)


def _compact(line: str) -> str:
    """A line without gaps and ornaments."""
    return ORNAMENT.sub("", GAP.sub("", line))


def _line(line: str, *, head: bool) -> Verdict:
    """One line, or one row of a table."""
    cells = [cell for cell in line.split("\t") if cell.strip()]
    if len(cells) > 1:
        pairs = (_whole(_compact(left + right), head=False) for left, right in pairwise(cells))
        return max((*pairs, *(_within(cell, head=head) for cell in cells)))
    return max(_whole(_compact(line), head=head), _within(line, head=head))


def _whole(line: str, *, head: bool) -> Verdict:
    """A line that holds a mark and what belongs beside it, and nothing else."""
    if len(line) > LONGEST:
        return Verdict.FREE
    found = WHOLE.fullmatch(line)
    if found is None:
        return _odd(line, head=head)
    if found["star"] or LABEL_LAST.search(found["before"]):
        return Verdict.MARK
    if not head:
        return Verdict.FREE
    return Verdict.MARK if found["term"] or found["level"] != "秘密" else Verdict.DOUBT


def _odd(line: str, *, head: bool) -> Verdict:
    """Other words that say as much as a mark, at the head of a page."""
    if not head:
        return Verdict.FREE
    cipher = CIPHER.fullmatch(line)
    if STAR_ALONE.fullmatch(line) or (cipher and cipher[1] in ("密码电报", "密电")):
        return Verdict.MARK
    return Verdict.DOUBT if cipher else Verdict.FREE


def _within(line: str, *, head: bool) -> Verdict:
    """A mark in a line that says other things too."""
    if head and (AT_A_GAP.search(line) or LABEL_WITHIN.search(line)):
        return Verdict.MARK
    return Verdict.DOUBT if ANYWHERE.search(line) else Verdict.FREE


def _joined(lines: list[str]) -> Iterator[tuple[str, int]]:
    """Lines that belong together, and where they end: written downwards, or broken in two."""
    run: list[str] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        run = [*run, line] if len(line) <= SHORT else []
        if 1 < len(run) <= DOWNWARDS:
            yield "".join(run), place
        run = run[-DOWNWARDS * 2 :]
        yield from _with_star(run, place)
        if line.startswith("★") or before.endswith("★") or LABEL_LAST.fullmatch(before):
            yield before + line, place


def _with_star(run: list[str], place: int) -> Iterator[tuple[str, int]]:
    """The ends of a run of short lines, as long as they hold a star: other words stand above."""
    joined = ""
    for line in reversed(run[-DOWNWARDS:]):
        joined = line + joined
        if "★" in joined:
            yield joined, place
