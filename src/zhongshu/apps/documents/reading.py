"""From a stored file to what a machine found on it, as it is kept with the arrival. 识读结果的留存.

Each field of the registration has its value, how sure the reader was, and where it came from;
nothing is decided here. `signs` are words that speak of weight, found while the text is at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from zhongshu.kernel.papers import likeness, secrecy
from zhongshu.kernel.papers.layout import Layout
from zhongshu.kernel.papers.reading import Found, Reading
from zhongshu.kernel.papers.recognise.paper import LOOKED_AT, recognise
from zhongshu.kernel.triage.signs import Sign
from zhongshu.kernel.triage.urgency import Mark
from zhongshu.office.files import layouts
from zhongshu.office.refusal import refuse

from . import places, weighing

Sure = Literal["high", "mid", "low"]
HIGH, MID = 0.95, 0.8  # how sure is sure; below, a person is asked to look
MARKS = {"特提": Mark.FLASH, "特急": Mark.URGENT, "加急": Mark.PRESSING}


class Read(NamedTuple):
    """What is kept of one file: the JSON of the arrival, its text, and the sketch of that."""

    told: dict[str, Any]
    text: str
    sketch: int | None


def read(digest: str, name: str) -> Read:
    """Read a stored file. `Refusal` with a reason where it cannot be read."""
    return keep(layouts.stored(digest=digest), name)


def keep(layout: Layout, name: str) -> Read:
    """What is kept of a layout; of one that bears the mark of a state secret, nothing."""
    pages = ["\n".join(line.text for line in page.lines) for page in layout.pages[:LOOKED_AT]]
    verdict = secrecy.in_paper(name, pages)
    if verdict is secrecy.Verdict.MARK:
        raise refuse("secret_mark")
    found = recognise(layout)
    text = "\n".join(line.text for page in layout.pages for line in page.lines)
    title = found.title.value if found.title else ""
    told = {
        "form": layout.form,
        "pages": [[page.width, page.height] for page in layout.pages],
        "fields": {name: _spelt(value, one, layout) for name, value, one in _fields(found)},
        "signs": [list(sign) for sign in weighing.found_in(title, text)],
        "empty": not text.strip(),
        "doubt": verdict is secrecy.Verdict.DOUBT,
    }
    return Read(told, text, likeness.sketch(text))


def _fields(found: Reading) -> Iterator[tuple[str, str, Found[Any]]]:
    """The fields of the registration that this paper has, each as text."""
    words = {
        "title": found.title,
        "sort": found.kind,
        "publicity": found.publicity,
    }
    many = {
        "source": found.issuers,
        "addressee": found.addressees,
        "copied_to": found.copied_to,
        "signer": found.signers,
    }
    for name, one in words.items():
        if one:
            yield name, one.value, one
    for name, several in many.items():
        if several:
            yield name, "、".join(several.value), several
    if found.number:
        yield "document_no", found.number.value.verbatim, found.number
    if found.urgency:
        yield "urgency", MARKS.get(found.urgency.value, Mark.NORMAL), found.urgency
    if found.day:
        yield "dated", found.day.value.isoformat(), found.day
    yield from _wants(found)


def _wants(found: Reading) -> Iterator[tuple[str, str, Found[Any]]]:
    """What the paper asks: by when, of whom to learn more, for action or for information."""
    days = [(due.value.day, due) for due in found.due if due.value.day]
    if days:
        day, due = min(days, key=lambda pair: pair[0])
        yield "wanted_by", day.isoformat(), due
    if found.attachments:
        yield "enclosures", str(len(found.attachments.value)), found.attachments
    if found.contact:
        yield "contact", " ".join(filter(None, found.contact.value)), found.contact
    if found.purpose:
        yield "purpose", found.purpose.value.value, found.purpose


def _spelt(value: str, one: Found[Any], layout: Layout) -> dict[str, Any]:
    box = places.narrowed(layout, one.place, value)
    spelt = [round(side, 2) for side in box] if box else None
    return {"value": value, "sure": round(one.sure, 3), "page": one.place.page, "box": spelt}


class Shown(NamedTuple):
    """One field as it was read."""

    value: str = ""
    sure: Sure | Literal[""] = ""
    page: int = 0
    box: tuple[float, float, float, float] | None = None


def shown(told: Mapping[str, Any], name: str) -> Shown:
    """What was read for a field; nothing where the paper has no such element."""
    field = told.get("fields", {}).get(name)
    if field is None:
        return Shown()
    sure: Sure = "high" if field["sure"] >= HIGH else "mid" if field["sure"] >= MID else "low"
    return Shown(field["value"], sure, field["page"], field["box"] and tuple(field["box"]))


def signs(told: Mapping[str, Any]) -> tuple[Sign, ...]:
    """What words of the paper said of its weight when it was read."""
    return tuple(Sign(*sign) for sign in told.get("signs", ()))
