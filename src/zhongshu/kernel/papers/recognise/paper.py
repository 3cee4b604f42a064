"""From the layout of a paper to all that is recognised on it. 识读.

`read` refuses a paper that is or may be a state secret, and keeps nothing of it (`secrecy`). Any
other layout gives a reading, however odd it is: what is not recognised is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhongshu.kernel.errors import Refused, reason
from zhongshu.kernel.papers import secrecy
from zhongshu.kernel.papers.layout import Layout
from zhongshu.kernel.papers.reading import Due, Found, Purpose, Reading

from . import confidence, demands, elements, kinds, purpose
from .outline import Outline, outline
from .rows import rows
from .sentences import sentences

LOOKED_AT = 3  # first pages that may bear a mark of secrecy
CODES = {secrecy.Verdict.MARK: "secret_mark", secrecy.Verdict.DOUBT: "secret_doubt"}


def read(name: str, layout: Layout) -> Reading | Refused:
    """Everything recognised, or the refusal of what bears, or may bear, a mark of secrecy."""
    pages = ["\n".join(line.text for line in page.lines) for page in layout.pages[:LOOKED_AT]]
    verdict = secrecy.in_paper(name, pages)
    if verdict in CODES:
        return Refused((reason(CODES[verdict]),))
    return recognise(layout)


def recognise(layout: Layout) -> Reading:
    """Everything recognised on a paper that bears no mark of secrecy."""
    paper = outline(rows(layout))
    title = elements.title(paper)
    kind = elements.kind(paper, title)
    day = elements.day(paper)
    requests, due = _wanted(paper, day.value if day else None)
    printed = elements.printed(paper)
    return Reading(
        title=title,
        issuers=elements.issuers(paper, title),
        number=elements.number(paper),
        kind=kind,
        urgency=elements.urgency(paper),
        addressees=elements.addressed(paper),
        copied_to=elements.copied(paper),
        signers=elements.signers(paper),
        day=day,
        attachments=elements.attachments(paper, layout),
        due=due,
        requests=requests,
        contact=elements.asked(paper),
        publicity=elements.publicity(paper),
        printed_by=elements.found("printed_by", printed.organ, "imprint", printed.row)
        if printed and printed.organ
        else None,
        printed_on=elements.found("printed_on", printed.day, "imprint", printed.row)
        if printed
        else None,
        purpose=_purpose(title, kind, requests, due),
    )


def _wanted(
    paper: Outline, today: date | None
) -> tuple[tuple[Found[str], ...], tuple[Found[Due], ...]]:
    """The sentences that ask, and the days they set."""
    requests: list[Found[str]] = []
    due: list[Found[Due]] = []
    for sentence in sentences(paper.main[paper.text : paper.closing.text_end]):
        if demands.request(sentence):
            requests.append(elements.found("requests", sentence.text, "sentence", sentence.row))
        for one in demands.due(sentence, today):
            due.append(elements.found("due_dates", one, "sentence", sentence.row))
    return tuple(requests), tuple(dict.fromkeys(due))


def _purpose(
    title: Found[str] | None,
    kind: Found[str] | None,
    requests: Sequence[Found[str]],
    due: Sequence[Found[Due]],
) -> Found[Purpose] | None:
    """What the paper is for, standing where what decided it stands; None of an empty paper."""
    places = [*(one.place for one in due), *(one.place for one in requests)]
    places += [title.place] if title else []
    if not places:
        return None
    why = purpose.judge(
        kind.value if kind else "",
        kinds.end(title.value) if title else "",
        [one.value for one in requests],
        [one.value.text for one in due],
    )
    return Found(why, why.value, confidence.of("purpose", why.value), places[0])
