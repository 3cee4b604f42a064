"""How a text becomes what is searched for. 切分: pure functions, the same for every database.

A text is folded (compatibility forms, case, unseen characters) and cut into *runs*: Han, kana and
other wide scripts, words, numbers. Its **spelling** is its runs with one blank between and around
them. A term is found where its own spelling is part of a spelling: from one character on, across
punctuation, words from their beginning. `tokens` are only the index to that question: of wide runs
every character and every pair, of words the word; where they cannot decide, the spelling does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

WIDE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\ue000-\uf8ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00017000-\U00018cff\U00020000-\U0003ffff\U000f0000-\U0010fffd"
)  # without the middle dots of names, which part words; with private forms of rare characters
RUN = re.compile(f"[{WIDE}]+|\\d+|[^\\W\\d_{WIDE}]+")
UNSEEN = re.compile(
    "[\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)  # variants of a glyph, joiners, directions: nobody types them
PLAIN = re.compile(
    "[ -~\n\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff5e·—‘’“”]*"
)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
WORD = 64  # characters of a word that the index keeps
LONGEST = 64  # characters of a term; what is typed beyond is not looked at
MOST = 8  # terms of a question
PIECE = 8000  # characters of a text in one row of the index
OVERLAP = 400  # of them also in the row before, so that no term falls between two


class Term(NamedTuple):
    """One thing to find. `tokens` with whether only their beginning is given; where they do not
    decide alone (`exact`), the spelling must hold `pattern`."""

    pattern: str
    tokens: tuple[tuple[str, bool], ...]
    exact: bool

    def whole(self) -> Term:
        """The same, where a word at its end is a whole word and not the beginning of one."""
        if is_wide(self.pattern[-1]):
            return self
        tokens = tuple((token, False) for token, _ in self.tokens)
        return Term(f"{self.pattern} ", tokens, self.exact)


def storable(text: str) -> str:
    """The text without what no database can keep."""
    return UNSTORABLE.sub("\ufffd", text)


def fold(text: str) -> str:
    """The text as it is compared: one form for what looks alike, small letters."""
    seen = UNSEEN.sub("", UNSTORABLE.sub(" ", text))
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())


def spelling(text: str) -> str:
    """The runs of a text, parted and surrounded by a blank; "" if it says nothing."""
    runs = RUN.findall(fold(text))
    return f" {' '.join(runs)} " if runs else ""


def is_wide(char: str) -> bool:
    """Whether this character belongs to a script that is written without blanks."""
    return re.match(f"[{WIDE}]", char) is not None


def tokens(spelt: str) -> list[str]:
    """What the index keeps of a spelling, each once, in order."""
    found: set[str] = set()
    for run in spelt.split():
        if is_wide(run[0]):
            found.update(run)
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.add(run[:WORD])
    return sorted(found)


def terms(text: str) -> tuple[Term, ...]:
    """What somebody typed, as terms: parted by blanks, each once, at most eight."""
    spelt = (" ".join(RUN.findall(part))[:LONGEST].strip() for part in fold(text).split())
    return tuple(_term(one) for one in list(dict.fromkeys(filter(None, spelt)))[:MOST])


def _term(spelt: str) -> Term:
    runs = spelt.split()
    found: dict[str, bool] = {}
    for run in runs:
        if not is_wide(run[0]):
            found[run[:WORD]] = False
        else:
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            found.update(dict.fromkeys(pairs or [run], False))
    if not is_wide(spelt[0]):
        spelt = f" {spelt}"
    last = runs[-1]
    if not is_wide(last[0]) and last not in runs[:-1]:
        found[last[:WORD]] = True
    return Term(spelt, tuple(found.items()), len(spelt) <= 2 and is_wide(spelt[0]))


def pieces(text: str) -> Iterator[str]:
    """A text in rows of the index, with an overlap, no word cut in two at a beginning."""
    text = re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text)).strip()
    start = 0
    while start == 0 or start + OVERLAP < len(text):
        yield text[start : start + PIECE]
        start = _beginning(text, start + PIECE - OVERLAP)


def _beginning(text: str, at: int) -> int:
    """A place at or a little before this one where no word is going on."""
    for back in range(min(WORD, OVERLAP // 2)):
        before = text[at - back - 1 : at - back]
        if not before.isalnum() or is_wide(before):
            return at - back
    return at


def marked(text: str, wanted: Sequence[Term]) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is something that was looked for."""
    spelt, places = _spelt_with_places(text)
    spans = sorted(
        (places[at + len(term.pattern) - len(term.pattern.lstrip())], at + len(term.pattern) - 1)
        for term in wanted
        for at in _occurrences(spelt, term.pattern)
    )
    return _parts(text, [(start[0], places[last][1]) for start, last in spans])


def _occurrences(spelt: str, pattern: str) -> Iterator[int]:
    at = spelt.find(pattern)
    while at >= 0:
        yield at
        at = spelt.find(pattern, at + 1)


def _spelt_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The spelling, and of each of its characters where it comes from in the text."""
    folded, origin = _folded_with_places(text)
    spelt, places = [" "], [(0, 0)]
    for run in RUN.finditer(folded):
        spelt += [*run.group(), " "]
        places += [*origin[run.start() : run.end()], origin[run.end() - 1]]
    return "".join(spelt), places


def _folded_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, a character with its accents at a time where not each stays one."""
    if PLAIN.fullmatch(text):
        return fold(text), [(at, at + 1) for at in range(len(text))]
    folded: list[str] = []
    origin: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        for char in fold(text[start:end]):
            folded.append(char)
            origin.append((start, end))
        start = end
    return "".join(folded), origin


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    done = 0
    for start, end in spans:
        if end <= done:
            continue
        if start > done:
            parts.append((text[done:start], False))
        begin = max(start, done)
        if parts and parts[-1][1] and begin == done:
            begin, done = done, end
            parts[-1] = (parts[-1][0] + text[begin:end], True)
        else:
            parts.append((text[begin:end], True))
        done = end
    if done < len(text):
        parts.append((text[done:], False))
    return parts


def excerpt(parts: Sequence[tuple[str, bool]], width: int = 90) -> list[tuple[str, bool]]:
    """The neighbourhood of the first thing found, with an ellipsis where it was cut."""
    flat = [(char, hit) for text, hit in parts for char in text]
    first = next((at for at, (_, hit) in enumerate(flat) if hit), 0)
    start = max(0, first - width // 3)
    kept = [(" " if char.isspace() else char, hit) for char, hit in flat[start : start + width]]
    found: list[tuple[str, bool]] = [("…", False)] if start else []
    for char, hit in kept:
        if found and found[-1][1] == hit:
            found[-1] = (found[-1][0] + char, hit)
        else:
            found.append((char, hit))
    if start + width < len(flat):
        found.append(("…", False))
    return found
