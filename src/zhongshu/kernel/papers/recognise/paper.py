"""From the layout of a paper to all that is recognised on it. 识读.

`read` refuses a paper that is or may be a state secret, and keeps nothing of it (`secrecy`). Any
other layout gives a reading, however odd it is: what is not recognised is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from zhongshu.kernel.errors import Refused, reason
from zhongshu.kernel.papers import secrecy
from zhongshu.kernel.papers.layout import Layout
from zhongshu.kernel.papers.reading import Contact, Due, Found, Number, Place, Purpose, Reading, Value

from . import (
    addressees,
    annexes,
    closing,
    confidence,
    contact,
    dates,
    demands,
    heading,
    issuer,
    kinds,
    marks,
    organs,
    parts,
    purpose,
    title,
)
from .rows import Row, rows
from .sentences import Sentence, sentences

NOWHERE = Place(1)
LOOKED_AT = 3  # first pages that may bear a mark of secrecy


class Outline(NamedTuple):
    """The runs of lines that the elements stand in."""

    head: Sequence[Row]
    title: title.Titled | None
    main: Sequence[Row]
    begins: int
    addressed: tuple[str, ...]
    text: int
    closing: closing.Closing
    annex: Sequence[Row]
    imprint: Sequence[Row]


def read(name: str, layout: Layout) -> Reading | Refused:
    """Everything recognised, or the refusal of what bears, or may bear, a mark of secrecy."""
    pages = ["\n".join(line.text for line in page.lines) for page in layout.pages[:LOOKED_AT]]
    verdict = secrecy.in_paper(name, pages)
    if verdict is secrecy.Verdict.MARK:
        return Refused((reason("secret_mark"),))
    if verdict is secrecy.Verdict.DOUBT:
        return Refused((reason("secret_doubt"),))
    return recognise(layout)


def recognise(layout: Layout) -> Reading:
    """Everything recognised on a paper that bears no mark of secrecy."""
    lines = rows(layout)
    sizes = sorted((row.size, len(row.plain)) for row in lines if row.size)
    outline = _outline(lines, _body(sizes))
    named = _title(outline)
    kind = _kind(named, outline)
    number = _with("number", heading.find_number(_head_and_below(outline)))
    day = _day(outline)
    asked, due = _asked(outline, day.value if day else None)
    text = kinds.end(named.value) if named else ""
    known = kind.value if kind else ""
    why = purpose.judge(known, text, [one.value for one in asked], [one.value.text for one in due])
    return Reading(
        title=named,
        issuers=_issuers(outline, named),
        number=number,
        kind=kind,
        urgency=_with("urgency", heading.find_urgency(outline.head)),
        addressees=_addressees(outline),
        copied_to=_copied(outline),
        signers=_signers(outline),
        day=day,
        attachments=_attachments(outline, layout),
        due=due,
        requests=asked,
        contact=_contact(outline),
        publicity=_publicity(outline),
        **_printed(outline),
        purpose=_purpose(why, named, asked, due),
    )


def _body(sizes: Sequence[tuple[float, int]]) -> float:
    """The size most letters have; 0 where no size is known."""
    counted: dict[float, int] = {}
    for size, letters in sizes:
        counted[round(size * 2) / 2] = counted.get(round(size * 2) / 2, 0) + letters
    return max(counted, key=lambda size: counted[size]) if counted else 0.0


def _outline(lines: Sequence[Row], body: float) -> Outline:
    """Where everything stands."""
    begins = title.text_begins(lines[: title.LOOKED_AT], body)
    named = title.find(lines, body)
    start = named.end if named else begins
    split = parts.split(lines, max(start, min(begins, len(lines))))
    main = split.main
    start = min(start, len(main))
    addressed, taken = addressees.found(_below(main, start))
    skip = len(main) - start - len(_below(main, start))
    text = start + skip + taken
    head = main[: named.start] if named else main[:begins]
    ending = closing.find(main, text)
    return Outline(head, named, main, start, addressed, text, ending, split.annex, split.imprint)


def _below(main: Sequence[Row], start: int) -> Sequence[Row]:
    """The lines under the title, without notes, numbers and days between it and the text."""
    at = start
    while at < len(main) and (
        title.NOTE.fullmatch(main[at].plain) or dates.whole(main[at].plain) or heading.number.parse(main[at].text)
    ):
        at += 1
    return main[at:]


def _head_and_below(outline: Outline) -> Sequence[Row]:
    """Where the number may stand: the head, and between title and text."""
    return [*outline.head, *outline.main[outline.begins : outline.text]]


def _found(field: str, value: Value, rule: str, row: Row | None) -> Found[Value]:
    """A value with its place and how sure it is."""
    sure = confidence.of(field, rule, row.sure if row else 1.0)
    return Found(value, rule, sure, row.place if row else NOWHERE)


def _with(field: str, hit: tuple[Value, str, Row] | None) -> Found[Value] | None:
    """The same, from what a rule answered."""
    return _found(field, *hit) if hit else None


def _title(outline: Outline) -> Found[str] | None:
    """The title; minutes, bulletins and commands without one are called by their head."""
    if outline.title:
        text, row = outline.title.text(outline.main), outline.main[outline.title.start]
        if outline.title.rule == "labelled":
            text = text[text.replace("：", ":").index(":") + 1 :]
        return _found("title", text, outline.title.rule, row)
    mast = heading.masthead(outline.head)
    if mast is None:
        mast = next((row for row in outline.head if kinds.kind(row.plain)), None)
    return _found("title", mast.text, "masthead", mast) if mast else None


def _kind(named: Found[str] | None, outline: Outline) -> Found[str] | None:
    """The kind, by the title or else by the head."""
    mast = heading.masthead(outline.head)
    by_mast = kinds.kind(mast.plain) if mast else ""
    if mast and by_mast in ("简报", "信息"):
        return _found("kind", by_mast, "masthead", mast)
    by_title = kinds.kind(named.value) if named else ""
    if named and by_title:
        return Found(by_title, "title", confidence.of("kind", "title", named.sure), named.place)
    if mast and by_mast:
        return _found("kind", by_mast, "masthead", mast)
    for row in outline.head:
        by_head = next((kind for word, kind in (("令", "命令"), ("函", "函"), ("电报", "电报"), ("明电", "电报"))
                        if row.plain.endswith(word)), "")  # fmt: skip
        if by_head:
            return _found("kind", by_head, "head", row)
    return None


def _addressees(outline: Outline) -> Found[tuple[str, ...]] | None:
    """Under the title, or in a form, or moved to the imprint."""
    if outline.addressed:
        return _found("addressee", outline.addressed, "under the title", outline.main[outline.text - 1])
    for label in ("主送", "发往单位", "收件单位", "收文单位", "收电单位", "收报单位", "收件", "呈送"):
        for row in [*outline.head, *outline.imprint]:
            found = marks.FIELD.fullmatch(row.plain)
            if found and found["label"] == label and found["value"]:
                return _found("addressee", addressees.parted(row.text[found.start("value") :]), "labelled", row)
    return None


def _copied(outline: Outline) -> Found[tuple[str, ...]] | None:
    """Every copied-to line of the imprint, or of a form."""
    names: list[str] = []
    first = None
    for block in _blocks(outline):
        names += addressees.parted("".join(row.text for row in block))
        first = first or block[0]
    return _found("copied_to", tuple(dict.fromkeys(names)), "imprint", first) if first else None


def _blocks(outline: Outline) -> list[list[Row]]:
    """The copied-to entries, each with the lines it runs on."""
    blocks: list[list[Row]] = []
    running = False
    for row in [*outline.head, *outline.imprint]:
        if parts.COPIED.fullmatch(row.plain) and not row.plain.startswith(("主送", "发送", "呈")):
            blocks.append([row])
            running = not row.plain.endswith("。")
        elif running and not parts.PRINTED.fullmatch(row.plain) and row in outline.imprint:
            blocks[-1].append(row)
            running = not row.plain.endswith("。")
        else:
            running = False
    return blocks


def _signers(outline: Outline) -> Found[tuple[str, ...]] | None:
    """Of the head of an upward paper, or of the signature stamp of a command or a bill."""
    found = _with("signer", heading.find_signers(outline.head))
    if found or not outline.closing.stamped:
        return found
    row = outline.main[outline.closing.signed_at]
    return _found("signer", outline.closing.stamped, "stamp", row)


def _day(outline: Outline) -> Found[date] | None:
    """成文日期: by the signature, else in the head, else under the title, else of printing."""
    end = outline.closing
    if end.day and (end.signed or end.stamped):
        return _found("date", end.day, "signed", outline.main[end.day_at])
    near = [*outline.head, *outline.main[outline.begins : outline.text]]
    for row in near:
        for day, _, _ in dates.all_in(row.plain):
            return _found("date", day, "head", row)
    if end.day:
        return _found("date", end.day, "alone", outline.main[end.day_at])
    printed = _printed_row(outline)
    return _found("date", printed[0], "printed", printed[1]) if printed else None


def _issuers(outline: Outline, named: Found[str] | None) -> Found[tuple[str, ...]] | None:
    """The organ or organs that issued it, the lead first."""
    claims: list[issuer.Claim] = []
    end = outline.closing
    if end.signed:
        claims.append(issuer.Claim(end.signed, "signature", outline.main[end.signed_at]))
    hit = heading.find_organs(outline.head)
    if hit:
        claims.append(issuer.Claim(*hit))
    if named and outline.title and (of_title := issuer.of_title(named.value)):
        claims.append(issuer.Claim(of_title, "title", outline.main[outline.title.start]))
    claims += [issuer.Claim(names, "edited", row) for names, row in heading.edited(outline.head)]
    mast = heading.masthead(outline.head)
    if mast and (leading := organs.leading(mast.text)):
        claims.append(issuer.Claim((leading,), "masthead", mast))
    chosen = issuer.choose(claims)
    return _found("issuer", *chosen) if chosen else None


def _attachments(outline: Outline, layout: Layout) -> Found[tuple[str, ...]] | None:
    """By the list under the text, else by the annexes, else by the files enclosed."""
    start, stop = outline.closing.listed
    rows_listed = outline.main[start:stop]
    names = annexes.listed(rows_listed)
    if names:
        return _found("attachments", names, "listed", rows_listed[0])
    names = annexes.titles(outline.annex)
    if names:
        return _found("attachments", names, "annexes", outline.annex[0])
    return _found("attachments", layout.enclosed, "enclosed", None) if layout.enclosed else None


def _asked(
    outline: Outline, today: date | None
) -> tuple[tuple[Found[str], ...], tuple[Found[Due], ...]]:
    """The sentences that ask, and the days they set."""
    requests: list[Found[str]] = []
    due: list[Found[Due]] = []
    for sentence in sentences(outline.main[outline.text : outline.closing.text_end]):
        requests += _request(sentence)
        due += [_found("due_dates", one, "sentence", sentence.row) for one in demands.due(sentence, today)]
    return tuple(requests), tuple(dict.fromkeys(due))


def _request(sentence: Sentence) -> list[Found[str]]:
    """The sentence, when it asks."""
    asks = demands.request(sentence)
    return [_found("requests", sentence.text, "sentence", sentence.row)] if asks else []


def _contact(outline: Outline) -> Found[Contact] | None:
    """In the notes first, then in the text, then in a form."""
    main = outline.main
    for run in (main[outline.closing.text_end :], main[outline.text :], outline.head):
        text = "\n".join(row.text for row in run)
        found = contact.find(text)
        if found:
            row = run[text.count("\n", 0, found[1])]
            return _found("contact", found[0], "labelled", row)
    return None


def _publicity(outline: Outline) -> Found[str] | None:
    """In the note or in a form."""
    found = heading.publicity([*outline.main[outline.closing.text_end :], *outline.head, *outline.imprint])
    return _found("publicity", found[0], "labelled", found[1]) if found else None


def _printed_row(outline: Outline) -> tuple[date, Row, str] | None:
    """The day of printing, its line, and the organ before it."""
    for row in outline.imprint:
        if parts.PRINTED.fullmatch(row.plain):
            for day, start, _ in dates.all_in(row.plain):
                return day, row, row.text[:start].strip()
    return None


def _printed(outline: Outline) -> dict[str, Found[str] | Found[date] | None]:
    """印发机关 and 印发日期."""
    printed = _printed_row(outline)
    if printed is None:
        return {}
    day, row, organ = printed
    return {
        "printed_on": _found("printed_on", day, "imprint", row),
        "printed_by": _found("printed_by", organ, "imprint", row) if organ else None,
    }


def _purpose(
    why: Purpose,
    named: Found[str] | None,
    asked: Sequence[Found[str]],
    due: Sequence[Found[Due]],
) -> Found[Purpose] | None:
    """The purpose, standing where what decided it stands."""
    if named is None and not asked and not due:
        return None
    place = due[0].place if due else asked[0].place if asked else named.place if named else NOWHERE
    return Found(why, "words", confidence.of("purpose", why.value), place)
