"""Each element of a paper, from where it may stand. 各要素.

Every function answers None where the paper has no such element.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from zhongshu.kernel.papers.layout import Layout
from zhongshu.kernel.papers.reading import Contact, Found, Number, Place, Value

from . import (
    addressees,
    annexes,
    confidence,
    contact,
    dates,
    heading,
    issuer,
    kinds,
    marks,
    organs,
    parts,
)
from .outline import Outline
from .rows import Row

NOWHERE = Place(1)
FULL = 0.8  # of the width, from which a line is full
TO = ("主送", "发往单位", "收件单位", "收文单位", "收电单位", "收报单位", "收件", "呈送")
BY_HEAD = (("令", "命令"), ("函", "函"), ("电报", "电报"), ("明电", "电报"))
NOT_COPIED = ("主送", "发送", "呈")


class Printed(NamedTuple):
    """The line of an imprint that says who printed the paper, and when."""

    day: date
    organ: str
    row: Row


def found(field: str, value: Value, rule: str, row: Row | None) -> Found[Value]:
    """A value with its place and how sure it is."""
    sure = confidence.of(field, rule, row.sure if row else 1.0)
    return Found(value, rule, sure, row.place if row else NOWHERE)


def title(paper: Outline) -> Found[str] | None:
    """The title; minutes, bulletins and commands without one are called by their head."""
    titled = paper.title
    if titled is None:
        mast = heading.masthead(paper.head) or next(
            (row for row in paper.head if kinds.kind(row.plain)), None
        )
        return _by_mast(paper.head, mast) if mast else None
    row = paper.main[titled.start]
    text = titled.text(paper.main)
    if titled.rule == "labelled":
        begun = next(value for label, value in marks.fields(row) if label in marks.TITLED)
        below = paper.main[titled.start + 1 : titled.end]
        text = "".join([begun, *(line.text for line in below)])
    return found("title", text, titled.rule, row)


def _by_mast(head: Sequence[Row], mast: Row) -> Found[str]:
    """The name in the masthead, and the organ when it stands on the line above."""
    at = head.index(mast)
    above = head[at - 1].text if at and organs.is_name(head[at - 1].text) else ""
    return found("title", above + mast.text, "masthead", mast)


def kind(paper: Outline, named: Found[str] | None) -> Found[str] | None:
    """The kind: of a bulletin by its masthead, else by the title, else by the head."""
    mast = heading.masthead(paper.head)
    by_mast = kinds.kind(mast.plain) if mast else ""
    by_title = kinds.kind(named.value) if named else ""
    if named and by_title and by_mast not in kinds.BULLETINS:
        return Found(by_title, "title", confidence.of("kind", "title"), named.place)
    if by_mast:
        return found("kind", by_mast, "masthead", mast)
    for row in paper.head:
        for word, by_head in BY_HEAD:
            if row.plain.endswith(word):
                return found("kind", by_head, "head", row)
    return None


def number(paper: Outline) -> Found[Number] | None:
    """The number of the paper itself."""
    hit = heading.find_number(paper.near)
    return found("number", *hit) if hit else None


def urgency(paper: Outline) -> Found[str] | None:
    """The level its head marks."""
    hit = heading.find_urgency(paper.head)
    return found("urgency", *hit) if hit else None


def addressed(paper: Outline) -> Found[tuple[str, ...]] | None:
    """Under the title, or in a form, or moved to the imprint."""
    if paper.addressed:
        row = paper.main[paper.text - 1]
        return found("addressee", paper.addressed, "under the title", row)
    for row in [*paper.head, *paper.imprint]:
        for label, value in marks.fields(row):
            if label in TO and value:
                return found("addressee", addressees.parted(value), "labelled", row)
    return None


def copied(paper: Outline) -> Found[tuple[str, ...]] | None:
    """Every copied-to entry of the imprint, or of a form."""
    blocks = _copied([*paper.head, *paper.imprint], len(paper.head))
    names = [
        name for block in blocks for name in addressees.parted("".join(row.text for row in block))
    ]
    if not names:
        return None
    return found("copied_to", tuple(dict.fromkeys(names)), "imprint", blocks[0][0])


def _copied(rows: Sequence[Row], head: int) -> list[list[Row]]:
    """The entries, each with the lines it runs on; the first `head` lines run on nowhere."""
    blocks: list[list[Row]] = []
    running = False
    for at, row in enumerate(rows):
        starts = bool(parts.COPIED.fullmatch(row.plain))
        if starts and not row.plain.startswith(NOT_COPIED):
            blocks.append([row])
            running = at >= head
        elif running and not starts and not parts.PRINTED.fullmatch(row.plain):
            blocks[-1].append(row)
        else:
            running = False
    return blocks


def signers(paper: Outline) -> Found[tuple[str, ...]] | None:
    """Of the head of an upward paper, or of the signature stamp of a command or a bill."""
    hit = heading.find_signers(paper.head)
    if hit:
        return found("signer", *hit)
    end = paper.closing
    if not end.stamped:
        return None
    return found("signer", end.stamped, "stamp", paper.main[end.signed_at])


def day(paper: Outline) -> Found[date] | None:
    """成文日期: by the signature, else in the head, else alone at the end, else of printing."""
    end = paper.closing
    if end.day and (end.signed or end.stamped):
        return found("date", end.day, "signed", paper.main[end.day_at])
    for row in paper.near:
        for one, _, _ in dates.all_in(row.plain):
            return found("date", one, "head", row)
    if end.day:
        return found("date", end.day, "alone", paper.main[end.day_at])
    by_print = printed(paper)
    return found("date", by_print.day, "printed", by_print.row) if by_print else None


def issuers(paper: Outline, named: Found[str] | None) -> Found[tuple[str, ...]] | None:
    """The organ or organs that issued it, the lead first."""
    chosen = issuer.choose(list(_claims(paper, named)))
    return found("issuer", *chosen) if chosen else None


def _claims(paper: Outline, named: Found[str] | None) -> Iterator[issuer.Claim]:
    """What each place says, the most trusted first."""
    end = paper.closing
    if end.signed:
        yield issuer.Claim(end.signed, "signature", paper.main[end.signed_at])
    if hit := heading.find_organs(paper.head):
        yield issuer.Claim(*hit)
    yield from _by_masthead(paper)
    under = [row for row in paper.main[paper.begins : paper.text] if organs.is_name(row.text)]
    if under:
        yield issuer.Claim(tuple(row.text for row in under), "under the title", under[0])
    if named and paper.title:
        first = paper.main[paper.title.start]
        of_title = issuer.of_lines(first.raw) or issuer.of_title(named.value)
        if of_title:
            yield issuer.Claim(of_title, "title", first)
    by_print = printed(paper)
    if by_print and organs.is_name(name := by_print.organ.removesuffix("办公室")):
        yield issuer.Claim((name,), "imprint", by_print.row)


def _by_masthead(paper: Outline) -> Iterator[issuer.Claim]:
    """The organ in the name of minutes or a bulletin, and the one that edits it."""
    mast = heading.masthead(paper.head)
    if mast and (leading := organs.leading(mast.text)):
        yield issuer.Claim((leading,), "masthead", mast)
    for names, row in heading.edited(paper.head):
        yield issuer.Claim(names, "edited", row)


def attachments(paper: Outline, layout: Layout) -> Found[tuple[str, ...]] | None:
    """By the list under the text, else by the annexes, else by the files enclosed."""
    start, stop = paper.closing.listed
    names = annexes.listed(paper.main[start:stop])
    if names:
        return found("attachments", names, "listed", paper.main[start])
    names = annexes.titles(paper.annex)
    if names:
        return found("attachments", names, "annexes", paper.annex[0])
    return found("attachments", layout.enclosed, "enclosed", None) if layout.enclosed else None


def asked(paper: Outline) -> Found[Contact] | None:
    """Whom to ask: in the notes first, then in the text, then in a form."""
    main = paper.main
    for run in (main[paper.closing.text_end :], main[paper.text :], paper.head):
        ends = ["" if _runs_on(row) else "\n" for row in run]
        text = "".join(row.text + end for row, end in zip(run, ends, strict=True))
        hit = contact.find(text)
        if hit:
            starts = list(
                accumulate(len(row.text) + len(end) for row, end in zip(run, ends, strict=True))
            )
            return found("contact", hit[0], "labelled", run[bisect(starts, hit[1])])
    return None


def _runs_on(row: Row) -> bool:
    """Whether a line is full, so that a word, a name or a number may go on below."""
    return row.place.box is not None and row.fill > FULL and row.room < 1


def publicity(paper: Outline) -> Found[str] | None:
    """公开属性, in the note, in a form, or in the imprint."""
    end = paper.main[paper.closing.text_end :]
    hit = heading.publicity([*end, *paper.head, *paper.imprint])
    return found("publicity", hit[0], "labelled", hit[1]) if hit else None


def printed(paper: Outline) -> Printed | None:
    """印发机关 and 印发日期."""
    rows = [row for row in paper.imprint if parts.PRINTED.fullmatch(row.plain)]
    days = [(row, one, start) for row in rows for one, start, _ in dates.all_in(row.plain)]
    if not days:
        return None
    row, one, start = days[0]
    return Printed(one, row.text[:start].strip(), row)
