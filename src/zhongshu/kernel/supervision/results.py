"""What counts as a report, as a result, as an end. 报告、报结、核查.

That "going on well" is no result, and that what falls short goes back to the same lead, is in the
rules of single places ([V~]); the words to look for are a bureau's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from zhongshu.kernel.errors import Reason, Refused, reason

from .rules import Rules


@dataclass(frozen=True, slots=True)
class Report:
    """A report of progress: how far, in what words, how many papers prove it, how far before, and
    if that was further, why it fell."""

    progress: int
    text: str
    evidence: int
    before: int = 0
    why_less: str = ""


def refuse_report(report: Report) -> Refused | None:
    """Why this report is not taken."""
    return _all(_against_report(report))


def _against_report(report: Report) -> Iterator[Reason]:
    if not report.text.strip():
        yield reason("text_needed")
    if not 0 <= report.progress <= 100:
        yield reason("percent")
        return
    if report.progress == 100 and not report.evidence:
        yield reason("hundred_is_result")
    fell = report.before - report.progress
    if fell > 0 and not report.why_less.strip():
        yield reason("progress_back", points=fell)


@dataclass(frozen=True, slots=True)
class Result:
    """What the lead hands in as the end: words, how many papers, numbers of parts still open."""

    text: str
    evidence: int
    open_parts: Sequence[str] = ()


def refuse_result(result: Result, rules: Rules) -> Refused | None:
    """Why this is no end."""
    return _all(_against_result(result, rules))


def _against_result(result: Result, rules: Rules) -> Iterator[Reason]:
    if not result.text.strip():
        yield reason("text_needed")
    for word in rules.unfinished:
        if word in result.text:
            yield reason("unfinished", word=word)
    if not result.evidence:
        yield reason("evidence_needed")
    if result.open_parts:
        numbers = "、".join(result.open_parts[:5])
        yield reason("children_open", count=len(result.open_parts), numbers=numbers)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a task that is split: by what is to be delivered, with one lead."""

    title: str
    lead: str


def refuse_split(parts: Sequence[Part]) -> Refused | None:
    """Why a task may not be split like this."""
    return _all(_against_split(parts))


def _against_split(parts: Sequence[Part]) -> Iterator[Reason]:
    if len(parts) < 2 or not all(part.title.strip() and part.lead for part in parts):
        yield reason("two_pieces")
    if len(set(parts)) < len(parts):
        yield reason("same_piece")


MARKS = ("好", "较好", "一般", "差")
"""How a section did its part, the best first: the same words for who leads and who assists."""


def refuse_mark(mark: str, *, own: bool) -> Refused | None:
    """Why this mark is not taken: `own` when somebody would mark his own section."""
    return _all(_against_mark(mark, own=own))


def _against_mark(mark: str, *, own: bool) -> Iterator[Reason]:
    if mark not in MARKS:
        yield reason("mark_unknown", marks="、".join(MARKS))
    if own:
        yield reason("own_mark")


def refuse_judging(assistants: Sequence[str], marked: Collection[str]) -> Refused | None:
    """Why a task is not judged yet: a section that assisted has no mark of its own, and without
    one nobody helps ([V~])."""
    missing = "、".join(one for one in assistants if one not in marked)
    return Refused((reason("assistants_unmarked", names=missing),)) if missing else None


def _all(reasons: Iterator[Reason]) -> Refused | None:
    found = tuple(reasons)
    return Refused(found) if found else None
