"""How well papers are read: precision and recall of every field, on papers invented from a seed.

    python benchmarks/reading.py                  # the held-out seed, which no rule was tuned on
    python benchmarks/reading.py --seed 7 --count # counts how often each rule was right

Every paper is made anew, written as a file, and read through the jail as any file is. Scans are
read where the optical reader is installed. A value that is wrong is both a false positive and a
miss; lists count by their items.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from papers import compose, ofd, pdf, scan, text, word
from papers.draw import Press

from zhongshu.config.doors import house

house()

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.papers.reading import Found, Reading
from zhongshu.kernel.papers.recognise.paper import read
from zhongshu.kernel.papers.record import record
from zhongshu.office.files import jail, layouts

HELD_OUT = "held-out"
AIM = ("number", "date", "title", "issuer")
FORMS: Mapping[str, tuple[str, Callable[[compose.Paper, Random], bytes]]] = {
    "pdf": ("pdf", lambda paper, r: pdf.write(Press(paper, r).run(), r)),
    "ofd": ("ofd", lambda paper, r: ofd.write(Press(paper, r).run(), r)),
    "docx": ("docx", word.write),
    "text": ("txt", text.write),
    "scan": ("pdf", lambda paper, r: scan.write(Press(paper, r).run(), r)),
}

# Widths no eye can tell apart
FOLD = str.maketrans("（），：；［］０１２３４５６７８９", "(),:;[]0123456789")


class Tally(NamedTuple):
    """Right, wrong and missed."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]


def items(value: Any) -> list[str]:
    """What is compared: the items of a list, or the one value."""
    if value is None or value == []:
        return []
    if isinstance(value, list):
        return [one for part in value for one in items(part)]
    if isinstance(value, dict):
        if "date" in value:
            return [str(value["date"])]
        phone = re.sub(r"[()（）\s-]", "", value["phone"] or "")
        return [f"{value['name']} {phone}"]
    return [re.sub(r"\s", "", str(value)).translate(FOLD)]


def compare(truth: Mapping[str, Any], found: Mapping[str, Any], tally: Tally) -> list[str]:
    """Count one paper; the fields that are not right."""
    bad = []
    for field in compose.FIELDS:
        wanted = truth[field]
        if field == "due_dates" and wanted:
            wanted = [{"date": day} for day in wanted]
        want, got = Counter(items(wanted)), Counter(items(found[field]))
        tally.right[field] += (want & got).total()
        tally.wrong[field] += (got - want).total()
        tally.missed[field] += (want - got).total()
        if want != got:
            bad.append(field)
    return bad


def papers(seed: str, count: int) -> Iterator[tuple[int, compose.Paper]]:
    """The papers of a seed."""
    for at in range(count):
        yield at, compose.paper(f"{seed}-{at}")


def rules(reading: Reading) -> Iterator[tuple[str, str]]:
    """Field and rule of all that was found."""
    names = {
        "issuers": "issuer",
        "addressees": "addressee",
        "signers": "signer",
        "day": "date",
        "due": "due_dates",
    }
    for field, found in reading._asdict().items():
        for one in [found] if isinstance(found, Found) else found or ():
            yield names.get(field, field), one.rule


class Bench:
    """One run."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def form(self, form: str) -> Tally | None:
        """All papers in one form."""
        if form == "scan" and not jail.can_see():
            print(
                '\nscan: skipped, the optical reader is not installed; pip install "zhongshu[ocr]"'
            )
            return None
        tally = Tally(Counter(), Counter(), Counter())
        suffix, write = FORMS[form]
        count = self.asked.scans if form == "scan" else self.asked.papers
        with tempfile.TemporaryDirectory() as folder:
            for at, paper in papers(f"{self.asked.seed}-{form}", count):
                file = Path(folder) / f"{form}-{at}.{suffix}"
                file.write_bytes(write(paper, Random(f"{self.asked.seed}-{form}-{at}")))
                reading = read(file.name, layouts.at(file))
                if isinstance(reading, Refused):
                    print(f"{file.name}: {reading.codes}")
                    continue
                found = record(reading)
                bad = compare(paper.truth, found, tally)
                self.count(reading, bad)
                self.show(file, paper, found, bad)
                if self.asked.keep:
                    (Path(self.asked.keep) / file.name).write_bytes(file.read_bytes())
        return tally

    def count(self, reading: Reading, bad: list[str]) -> None:
        """How often each rule was right."""
        for field, rule in rules(reading):
            if field in compose.FIELDS:
                self.counts[f"{field}: {rule}"][field in bad] += 1

    def show(
        self, file: Path, paper: compose.Paper, found: Mapping[str, Any], bad: list[str]
    ) -> None:
        """What was not right."""
        for field in bad:
            if self.asked.show and (
                self.asked.show == "all" or field in self.asked.show.split(",")
            ):
                want, got = (
                    json.dumps(one[field], ensure_ascii=False) for one in (paper.truth, found)
                )
                print(f"  {file.name} {paper.style} {field}: {want} != {got}")


def told(name: str, tally: Tally) -> None:
    """The table of one form."""
    print(f"\n{name:20} precision  recall    found  of")
    for field in compose.FIELDS:
        right, wrong, missed = tally.right[field], tally.wrong[field], tally.missed[field]
        precision = right / (right + wrong) if right + wrong else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        aim = (0.95 if name == "scan" else 0.98) if field in AIM else 0.0
        mark = "" if min(precision, recall) >= aim else "  below the aim"
        print(f"{field:20} {precision:9.4f} {recall:7.4f} {right:8} {right + missed:5}{mark}")


def main() -> None:
    """All forms asked for."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seed", default=HELD_OUT)
    ask.add_argument("--papers", type=int, default=200, help="of each form that is not a scan")
    ask.add_argument("--scans", type=int, default=60)
    ask.add_argument("--forms", default="pdf,ofd,docx,text,scan")
    ask.add_argument("--show", default="", help="fields whose mistakes are printed, or all")
    ask.add_argument("--keep", default="", help="a folder to leave the files in")
    ask.add_argument("--count", action="store_true", help="print how often each rule was right")
    asked = ask.parse_args()
    bench = Bench(asked)
    print(f"seed {asked.seed}")
    for form in asked.forms.split(","):
        before = time.perf_counter()
        tally = bench.form(form)
        if tally:
            told(form, tally)
            print(f"{form}: {time.perf_counter() - before:.1f} s")
    if asked.count:
        for name, (right, wrong) in sorted(bench.counts.items()):
            print(f'    "{name}": ({right}, {wrong}),')


if __name__ == "__main__":
    main()
