"""Lying exports: every way we know to forge one, with the entries that the forgery touches.

Run as a module with a number, it tells that many lies and demands that each be refused, at the
right entry: `python -m tests.kernel.journal.lies 1000000`.
"""

import io
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from zhongshu.kernel.journal.tree import Front, seal_batch
from zhongshu.kernel.journal.verify import Lie, check, head_code, write

from . import oracle


class Truth(NamedTuple):
    """An honest export and what was kept outside."""

    alg: str
    entries: tuple[bytes, ...]
    sizes: tuple[int, ...]
    lines: tuple[bytes, ...]
    anchors: tuple[tuple[int, str], ...]
    where: dict[int, int]  # line -> entry that stands there, or the next one


class Told(NamedTuple):
    """A lie: its lines, and the entries at which it may be found; none if nobody can say."""

    lines: list[bytes]
    low: int
    high: int


def truth(dice: random.Random, alg: str, size: int) -> Truth:
    """An honest export with heads at random sizes and one or two anchors."""
    entries = tuple(oracle.sample(size, alg, salt=dice.randrange(1 << 60)))
    inner = dice.sample(range(1, size), min(size - 1, dice.randrange(3)))
    sizes = (*sorted(inner), size)
    lines = tuple(oracle.exported(entries, sizes, alg))
    marked = sorted({dice.randrange(1, size + 1), size})
    heads = oracle.heads_at(alg, entries, marked)
    anchors = tuple((h.size, dice.choice((h.root, head_code(h)))) for h in heads)
    where, place = {}, 0
    for number, line in enumerate(lines):
        where[number] = place
        place += line.startswith(b'{"entry"')
    return Truth(alg, entries, sizes, lines, anchors, where)


def rebuilt(it: Truth, entries: Sequence[bytes], low: int) -> Told:
    """All hashes made anew over other entries: only the anchors can tell."""
    sizes = sorted({min(size, len(entries)) for size in it.sizes[:-1]} | {len(entries)})
    return Told(oracle.exported(entries, sizes, it.alg), *window(it, low, len(entries)))


def window(it: Truth, low: int, size: int) -> tuple[int, int]:
    """The entries after the last anchor that still holds, up to the first that does not."""
    held = [mark for mark, _ in it.anchors if mark <= low]
    broken = [mark for mark, _ in it.anchors if mark > low]
    return (min([*held[-1:], size]) if held else 0), broken[0] - 1


def other(entry: bytes, dice: random.Random, **changes: str) -> bytes:
    """The same entry with one field changed, spelt lawfully."""
    found = json.loads(entry)
    found.update(changes or {"person": f"x{dice.randrange(1000)}"})
    return write(found)


def entry_lines(it: Truth) -> list[int]:
    """The numbers of the lines that hold entries."""
    return [number for number, line in enumerate(it.lines) if line.startswith(b'{"entry"')]


def flip(it: Truth, dice: random.Random) -> Told:
    """One bit anywhere."""
    number = dice.randrange(len(it.lines))
    line = bytearray(it.lines[number])
    line[dice.randrange(len(line))] ^= 1 << dice.randrange(8)
    return whole(it, number, bytes(line))


def splice(it: Truth, dice: random.Random) -> Told:
    """Some bytes of a line taken out, put in or doubled."""
    number = dice.randrange(len(it.lines))
    line = it.lines[number]
    start, end = sorted(dice.randrange(len(line) + 1) for _ in range(2))
    new = dice.choice([b"", bytes([dice.randrange(256)]), line[start:end] * 2, b"\\u0041", b" "])
    spoilt = line[:start] + new + line[end:]
    return whole(it, number, spoilt if spoilt != line else line + b" ")


def whole(it: Truth, number: int, line: bytes) -> Told:
    """One line replaced; nobody can say whether a head or the entries before it were touched."""
    lines = [*it.lines]
    lines[number] = line
    size = len(it.entries)
    if number not in entry_lines(it):
        return Told(lines, -1, size)
    place = it.where[number] + line.startswith(it.lines[number])  # else the line itself is whole
    return Told(io.BytesIO(b"".join(lines)).readlines(), place, place)


def drop(it: Truth, dice: random.Random) -> Told:
    """One line taken out."""
    number = dice.randrange(1, len(it.lines))
    lines = [*it.lines[:number], *it.lines[number + 1 :]]
    if number in entry_lines(it):
        return Told(lines, it.where[number], it.where[number])
    return Told(lines, -1, len(it.entries))


def double(it: Truth, dice: random.Random) -> Told:
    """One line twice."""
    number = dice.randrange(1, len(it.lines))
    place = it.where[number] + (number in entry_lines(it))
    return Told([*it.lines[: number + 1], *it.lines[number:]], place, place)


def swap(it: Truth, dice: random.Random) -> Told:
    """Two entries in each other's place, everything else left."""
    if len(it.entries) < 2:
        return drop(it, dice)
    one, two = sorted(dice.sample(entry_lines(it), 2))
    lines = [*it.lines]
    lines[one], lines[two] = lines[two], lines[one]
    return Told(lines, it.where[one], it.where[one])


def cut(it: Truth, dice: random.Random) -> Told:
    """The tail missing, or the file broken off inside a line."""
    text = b"".join(it.lines)
    text = text[: dice.randrange(len(text))]
    lines = io.BytesIO(text).readlines()
    reached = sum(line.startswith(b'{"entry"') for line in lines[:-1])
    return Told(lines, reached if len(lines) > 1 else -1, reached + 1)


def shorten(it: Truth, dice: random.Random) -> Told:
    """The tail missing and the first line made to agree: the clerk's favourite."""
    if len(it.entries) == 1:
        return drop(it, dice)
    size = dice.randrange(1, len(it.entries))
    return Told(oracle.exported(it.entries[:size], [size], it.alg), size, len(it.entries) - 1)


def edit(it: Truth, dice: random.Random) -> Told:
    """An entry edited in the store, its stored leaf hash left."""
    number = dice.choice(entry_lines(it))
    place = it.where[number]
    new = other(it.entries[place], dice)
    lines = [*it.lines]
    lines[number] = lines[number].replace(it.entries[place], new)
    return Told(lines, place, place)


def edit_leaf(it: Truth, dice: random.Random) -> Told:
    """An entry edited with its leaf hash, heads left: the next head or anchor tells."""
    number = dice.choice(entry_lines(it))
    place = it.where[number]
    new = other(it.entries[place], dice)
    leaf = seal_batch(Front(it.alg), [new]).leaves[0].hex()
    lines = [*it.lines]
    lines[number] = b'{"entry":%b,"index":"%d","leaf":"%b"}\n' % (new, place, leaf.encode())
    marks = sorted({*it.sizes, *(size for size, _ in it.anchors)})
    low = max([0, *(mark for mark in marks if mark <= place)])
    return Told(lines, low, min(mark for mark in marks if mark > place) - 1)


def rechain(it: Truth, dice: random.Random) -> Told:
    """An entry edited and the whole tree made anew."""
    place = dice.randrange(len(it.entries))
    entries = [*it.entries]
    entries[place] = other(entries[place], dice)
    return rebuilt(it, entries, place)


def remove(it: Truth, dice: random.Random) -> Told:
    """An entry taken out and the whole tree made anew; the length falls short of the anchor."""
    if len(it.entries) == 1:
        return drop(it, dice)
    place = dice.randrange(1, len(it.entries))
    entries = [*it.entries[:place], *it.entries[place + 1 :]]
    size = len(entries)
    return rebuilt(it, entries, place)._replace(low=size, high=size)


def insert(it: Truth, dice: random.Random) -> Told:
    """An entry slipped in among those under the anchor, the whole tree made anew."""
    place = dice.randrange(len(it.entries))
    new = other(it.entries[place], dice, id=f"{dice.randrange(1 << 127):032x}", verb="a.b")
    entries = [*it.entries[: place + 1], new, *it.entries[place + 1 :]]
    if place + 1 == len(it.entries):
        entries = [*it.entries[:place], new, it.entries[place]]
        return rebuilt(it, entries, place) if place else rechain(it, dice)
    return rebuilt(it, entries, place + 1)


def replay(it: Truth, dice: random.Random) -> Told:
    """An old entry once more at the end, lawfully sealed: the id gives it away."""
    if len(it.entries) == 1:
        return drop(it, dice)
    entries = [*it.entries, dice.choice(it.entries[1:])]
    size = len(it.entries)
    return Told(oracle.exported(entries, [size, size + 1], it.alg), size, size)


def stranger(it: Truth, dice: random.Random) -> Told:
    """Another journal in place of this one, or one of its entries."""
    name = f"{dice.randrange(1 << 127):032x}"
    if dice.randrange(2):
        entries = [other(entry, dice, journal=name) for entry in it.entries]
        lines = [
            line.replace(oracle.JOURNAL.encode(), name.encode())
            for line in oracle.exported(entries, it.sizes, it.alg)
        ]
        return Told(lines, *window(it, 0, len(entries)))
    place = dice.randrange(len(it.entries))
    entries = [*it.entries]
    entries[place] = other(entries[place], dice, journal=name)
    return Told(oracle.exported(entries, it.sizes, it.alg), place, place)


def mix(it: Truth, dice: random.Random) -> Told:
    """The name of the other algorithm on every line, or on one."""
    names = (b"sha256", b"sm3") if it.alg == "sha256" else (b"sm3", b"sha256")
    heads = [number for number, line in enumerate(it.lines) if b'"head"' in line]
    chosen = set(heads) if dice.randrange(2) else {dice.choice(heads)}
    lines = [x.replace(*names) if n in chosen else x for n, x in enumerate(it.lines)]
    return Told(lines, -1, len(it.entries))


def false_head(it: Truth, dice: random.Random) -> Told:
    """A head with another size or root."""
    heads = [number for number, line in enumerate(it.lines) if b'"head":{' in line]
    number = dice.choice(heads)
    found = json.loads(it.lines[number])
    name = dice.choice(("size", "root"))
    wrong = str(int(found["head"]["size"]) + dice.choice((1, 7, 1 << 40)))
    found["head"][name] = wrong if name == "size" else f"{dice.randrange(1 << 255):064x}"
    lines = [*it.lines]
    lines[number] = write(found) + b"\n"
    return Told(lines, -1, 1 << 41)


def renumber(it: Truth, dice: random.Random) -> Told:
    """Two entries swapped and numbered anew, ids and leaf hashes with them."""
    if len(it.entries) < 3:
        return drop(it, dice)
    one, two = sorted(dice.sample(range(1, len(it.entries)), 2))
    entries = [*it.entries]
    entries[one], entries[two] = entries[two], entries[one]
    told = oracle.exported(entries, it.sizes, it.alg)
    heads = iter([line for line in it.lines if line.startswith(b'{"head"')])
    lines = [it.lines[0], *(next(heads) if x.startswith(b'{"head"') else x for x in told[1:])]
    marks = sorted({*it.sizes, *(size for size, _ in it.anchors)})
    low = max([0, *(mark for mark in marks if mark <= one)])
    return Told(lines, low, min(mark for mark in marks if mark > one) - 1)


def trail(it: Truth, dice: random.Random) -> Told:
    """Something after the end."""
    extra = dice.choice([b"\n", b"{}\n", b" ", it.lines[0], it.lines[-1], it.lines[1]])
    return Told([*it.lines, extra], len(it.entries), len(it.entries))


KINDS: tuple[Callable[[Truth, random.Random], Told], ...] = (
    *(flip, splice, drop, double, swap, cut, shorten, edit, edit_leaf, rechain, remove, insert),
    *(replay, stranger, mix, false_head, renumber, trail),
)


def judge(it: Truth, told: Told) -> str:
    """What is wrong with the verifier's answer to this lie; empty if nothing."""
    try:
        check(told.lines, it.anchors)
    except Lie as lie:
        low, high = told.low, told.high
        if low >= 0 and not (lie.first <= high and low <= lie.last):
            return f"blamed {lie.first}..{lie.last} ({lie.code}) instead of {low}..{high}"
        return ""
    return "believed"


def tell(lies: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Tell so many lies; how many of each kind, and what went wrong."""
    dice, told, wrong = random.Random(seed), Counter[str](), []
    while told.total() < lies:
        it = truth(dice, dice.choice(("sha256", "sha256", "sm3")), dice.randrange(1, 9))
        check(it.lines, it.anchors)
        for _ in range(min(60, lies - told.total())):
            kind = dice.choice(KINDS)
            fault = judge(it, kind(it, dice))
            told[kind.__name__] += 1
            if fault:
                wrong.append(f"{kind.__name__}, seed {seed}: {fault}")
    return told, wrong


def main() -> int:
    """The command."""
    lies, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    start = time.perf_counter()
    told, wrong = tell(lies, seed)
    for name, count in sorted(told.items()):
        sys.stdout.write(f"{name:12}{count:>9}\n")
    spent = time.perf_counter() - start
    sys.stdout.write(f"{told.total()} lies told in {spent:.0f} s, {len(wrong)} not caught\n")
    sys.stdout.write("".join(f"{line}\n" for line in wrong[:20]))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
