"""Check a zhongshu journal (中枢日志) with nothing but Python 3.9 or later.

    python3 verify.py [SIZE:CODE ...] < FILE     SIZE:CODE is a head code kept outside, an "anchor"

FILE is an export (all entries in order, heads between them), a receipt (an entry, a head, the proof
that the one is under the other) or a consistency proof (two heads; the new one only adds). Hashes
form the Merkle tree of RFC 9162, section 2.1: leaf = H(00 entry), node = H(01 left right). A line
has exactly one lawful spelling. Without an anchor, "sound" means only that the file agrees with
itself: its keeper can rewrite all of it, but not a code that was printed and given away.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

LONGEST = 1 << 17  # bytes of one line
OPENING = "journal.open"  # the verb of entry 0 and of no other
LETTERS = "23456789ACDEFGHJKMNPQRTVWXY"  # no 0 O 1 I L, no B S U Z
WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
H: dict[str, Callable[[bytes], bytes]] = {
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sm3": lambda data: hashlib.new("sm3", data).digest(),
}
# Text may hold anything but characters that cannot be seen or that turn the writing round.
UNSEEN = "\0-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
SEEN = f"[^{UNSEEN}]"
NAME, TEXT, HASH = (re.compile(x) for x in ("[a-z][a-z0-9_]{0,39}", SEEN + "*", "[0-9a-f]{64}"))
FORMS = {
    "sha256|sm3": "alg",
    "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9][.][0-9]{6}Z": "at",
    "[0-9a-f]{32}": "id journal",
    "[0-9a-f]{64}": "leaf root",
    "0|[1-9][0-9]{0,14}": "index",
    "[1-9][0-9]{0,14}": "size heads",
    SEEN + "*": "behalf post",
    SEEN + "+": "person subject",
    "1": "v export receipt consistency",
    "[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)+": "verb",
}
FORM = {name: re.compile(form) for form, names in FORMS.items() for name in names.split()}
HEAD = ("alg", "journal", "root", "size", "v")
DOCUMENTS = {
    ("export", "head", "heads"): "export",
    ("entry", "head", "index", "proof", "receipt"): "receipt",
    ("consistency", "new", "old", "proof"): "consistency",
}
ENTRY = ("at", "behalf", "id", "journal", "person", "post", "subject", "v", "verb")
WHY = {
    "line": "不是规定写法的一行 / not a line in the one lawful spelling",
    "entry": "条目的字段不合规定 / the fields of the entry are not as laid down",
    "foreign": "属于另一本日志或另一种算法 / of another journal or another algorithm",
    "index": "此处有缺失、重复或调换 / entries are missing, repeated or swapped here",
    "leaf": "内容与封存时的摘要不符 / the content is not what was sealed",
    "twice": "编号与前面的条目重复 / its id was used by an earlier entry",
    "head": "日志头的写法或位置不对 / a head of wrong form or in a wrong place",
    "root": "推不出所写的根 / what is here does not lead to the root that is stated",
    "anchor": "与外部留存的头码不符 / not what the anchor was printed for",
    "cut": "缺外部头码所指的部分，未能比对 / the part that the anchor speaks of is not here",
    "end": "结尾与首行所称不符 / the end is not what the first line announces",
    "sm3": "本机的 Python 不含 SM3，请换一台 / this Python has no SM3, use another machine",
}
NEXT = """原样保存此文件；与外部留存的头码、回执核对；报安全审计员。
Keep this file as it is; compare with codes and receipts kept outside; tell the auditor."""


class Lie(Exception):
    """Why the file is refused, on which line, and the first bad entry or the range holding it."""

    def __init__(self, code: str, first: int = -1, last: int = -1, line: int = 1) -> None:
        super().__init__(code, first, last, line)
        self.code, self.first, self.last, self.line = code, first, max(first, last), line


class Head(NamedTuple):
    """The state of one journal: so many entries, this root."""

    alg: str
    journal: str
    root: str
    size: int


class Verdict(NamedTuple):
    """A sound file: what it is, its heads, the sizes at which it agreed with an anchor."""

    kind: str
    heads: tuple[Head, ...]
    anchored: tuple[int, ...]
    entry: dict[str, Any]  # that of a receipt, the last of an export, none of a consistency proof
    place: int  # number of that entry, -1 for none
    backward: tuple[int, ...] = ()  # entries stamped earlier than the one before them


def write(value: object) -> bytes:
    """The one lawful spelling: UTF-8, names sorted, no spaces, nothing escaped without need."""
    return WRITER.encode(value).encode("utf-8")


def read(line: bytes) -> dict[str, Any]:
    """The object that one line spells; no second spelling is accepted."""
    try:
        text = line.decode("utf-8")
        found = json.loads(text) if len(line) <= LONGEST else None
        if isinstance(found, dict) and WRITER.encode(found) + "\n" == text:
            return found
    except (ValueError, RecursionError):
        pass
    raise Lie("line")


def shaped(found: Any, names: tuple[str, ...]) -> bool:
    """Whether this is an object of exactly these names in order, each a text of its form."""
    if not isinstance(found, dict) or tuple(found) != names:
        return False
    fits = [isinstance(found[name], str) and FORM[name].fullmatch(found[name]) for name in names]
    return all(fits)


def texts(found: Any, form: re.Pattern[str]) -> bool:
    """Whether this is an object of any lawful names, each a text of this form."""
    if not isinstance(found, dict):
        return False
    fits = [isinstance(text, str) and form.fullmatch(text) for text in found.values()]
    return all(fits) and all(map(NAME.fullmatch, found))


def push(alg: str, peaks: list[bytes], size: int, leaf: bytes) -> None:
    """Add a leaf to the roots of the full subtrees of a tree of `size` leaves, largest first."""
    while size & 1:
        leaf, size = H[alg](b"\1" + peaks.pop() + leaf), size >> 1
    peaks.append(leaf)


def fold(alg: str, peaks: Iterable[bytes]) -> bytes:
    """The root over full subtrees, largest first (at least one)."""
    *rest, root = peaks
    for peak in reversed(rest):
        root = H[alg](b"\1" + peak + root)
    return root


def climb(alg: str, index: int, size: int, node: bytes, steps: list[bytes]) -> bytes:
    """The root of `size` leaves, from leaf `index` and its siblings, which are used up."""
    if size == 1:
        return node
    left = 1 << (size - 1).bit_length() - 1  # leaves on the left: the greatest such power of two
    if index < left:
        return H[alg](b"\1" + climb(alg, index, left, node, steps) + steps.pop(0))
    node = climb(alg, index - left, size - left, node, steps)
    return H[alg](b"\1" + steps.pop(0) + node)


def grow(alg: str, old: int, new: int, node: bytes, steps: list[bytes]) -> tuple[bytes, bytes]:
    """The roots over the first `old` and over all `new` leaves; `node` is the old one if full."""
    if old == new:
        return (node, node) if node else (steps[0], steps.pop(0))
    left = 1 << (new - 1).bit_length() - 1
    if old <= left:
        first, second = grow(alg, old, left, node, steps)
        return first, H[alg](b"\1" + second + steps.pop(0))
    first, second = grow(alg, old - left, new - left, b"", steps)
    side = b"\1" + steps.pop(0)
    return H[alg](side + first), H[alg](side + second)


def proven(run: Callable[[list[bytes]], bool], proof: Iterable[bytes]) -> bool:
    """Whether a check holds and needs the whole proof, no step more and no step less."""
    steps = list(proof)
    try:
        return run(steps) and not steps
    except IndexError:  # too few steps
        return False


def included(head: Head, index: int, leaf: bytes, proof: Iterable[bytes]) -> bool:
    """Whether the proof leads from leaf number `index` to the root of the head."""
    return (
        len(leaf) == 32
        and 0 <= index < head.size
        and proven(
            lambda steps: climb(head.alg, index, head.size, leaf, steps).hex() == head.root, proof
        )
    )


def consistent(old: Head, new: Head, proof: Iterable[bytes]) -> bool:
    """Whether the proof shows that `new` holds all of `old` unchanged and only adds to it."""
    full, roots = bytes.fromhex(old.root), [old.root, new.root]
    return (0 < old.size <= new.size and old[:2] == new[:2]) and proven(
        lambda steps: [r.hex() for r in grow(old.alg, old.size, new.size, full, steps)] == roots,
        proof,
    )


def head_code(head: Head) -> str:
    """28 letters for paper: 26 from the hash of the head, 2 that catch a slip of the pen."""
    said = f"zhongshu head 1\n{head.journal}\n{head.alg}\n{head.size}\n{head.root}\n"
    body = int.from_bytes(H[head.alg](said.encode("ascii")), "big") % 27**26
    number = body * 729 + body % 727
    letters = "".join(LETTERS[number // 27**place % 27] for place in range(27, -1, -1))
    return "-".join(letters[place : place + 4] for place in range(0, 28, 4))


def anchor(text: str) -> tuple[int, str]:
    """SIZE:CODE or SIZE:ROOT as a person types it; ValueError if it cannot be right."""
    size, _, mark = text.replace(" ", "").partition(":")
    code, number = mark.upper().replace("-", ""), 0
    if not FORM["size"].fullmatch(size):
        raise ValueError(text)
    if HASH.fullmatch(mark.lower()):
        return int(size), mark.lower()
    for letter in code:
        number = number * 27 + LETTERS.find(letter)
    if len(code) != 28 or not set(code) <= set(LETTERS) or number // 729 % 727 != number % 729:
        raise ValueError(text)
    return int(size), "-".join(code[place : place + 4] for place in range(0, 28, 4))


def kept(head: Head, anchors: Iterable[tuple[int, str]]) -> bool:
    """Whether an anchor speaks of this size; one that contradicts the head is a lie found."""
    marks = [mark for size, mark in anchors if size == head.size]
    if any(mark not in (head.root, head_code(head)) for mark in marks):
        raise Lie("anchor")
    return bool(marks)


def check_head(found: Any) -> Head:
    """The head that this object is."""
    if not shaped(found, HEAD):
        raise Lie("head")
    if found["alg"] not in hashlib.algorithms_available:
        raise Lie("sm3")
    return Head(found["alg"], found["journal"], found["root"], int(found["size"]))


def check_entry(found: Any, head: Head | None = None, index: int = -1) -> None:
    """Refuse an entry not of the form laid down, or not fit to be number `index` under `head`."""
    rest = dict(found) if isinstance(found, dict) else {}
    facts, seals = rest.pop("facts", None), rest.pop("seals", None)
    if not (shaped(rest, ENTRY) and texts(facts, TEXT) and texts(seals, HASH)):
        raise Lie("entry")
    if not facts.keys().isdisjoint(seals) or not moment(rest["at"]):
        raise Lie("entry")
    opens = rest["verb"] == OPENING
    if head and (rest["journal"] != head.journal or (opens and facts.get("alg") != head.alg)):
        raise Lie("foreign")
    if head and opens != (index == 0):
        raise Lie("index")


def moment(text: str) -> bool:
    """Whether the calendar has this moment, given in the form above."""
    try:
        return bool(datetime.fromisoformat(text[:-1]))
    except ValueError:
        return False


class Walk:
    """Along an export: what was read, and the size up to which it is known to be sound."""

    def __init__(self, goal: Head, anchors: list[tuple[int, str]]) -> None:
        self.goal, self.anchors, self.marked = goal, anchors, {size for size, _ in anchors}
        self.size, self.sound, self.entry = 0, 0, {"at": ""}
        self.peaks: list[bytes] = []
        self.ids: set[str] = set()
        self.heads: list[Head] = []
        self.backward: list[int] = []

    def take(self, line: bytes) -> None:
        """The next line: a head or an entry."""
        found = read(line)
        entry = found.pop("entry", None)
        if tuple(found) == ("head",) and entry is None:
            self.take_head(check_head(found["head"]))
        elif shaped(found, ("index", "leaf")):
            if found["index"] != str(self.size) or self.size == self.goal.size:
                raise Lie("index")
            check_entry(entry, self.goal, self.size)
            self.take_entry(entry, line[9 : line.rindex(b',"index":"')], found["leaf"])
        else:
            raise Lie("line")

    def take_head(self, head: Head) -> None:
        """A head: it must be that of the entries before it."""
        if head[:2] != self.goal[:2] or head.size != self.size or head in self.heads[-1:]:
            raise Lie("head")
        if head != self.here():
            raise Lie("root", self.sound, self.size - 1) if self.sound < self.size else Lie("head")
        self.sound = self.size
        self.heads.append(head)

    def take_entry(self, entry: dict[str, Any], spelt: bytes, sealed: str) -> None:
        """An entry: just as it was sealed, its id not seen before, and as the anchors say."""
        leaf = H[self.goal.alg](b"\0" + spelt)
        if leaf.hex() != sealed:
            raise Lie("leaf")
        if entry["id"] in self.ids:
            raise Lie("twice")
        if entry["at"] < self.entry["at"]:
            self.backward.append(self.size)
        self.ids.add(entry["id"])
        push(self.goal.alg, self.peaks, self.size, leaf)
        self.size, self.entry = self.size + 1, entry
        if self.size in self.marked:
            try:
                kept(self.here(), self.anchors)
            except Lie as lie:
                raise Lie(lie.code, self.sound, self.size - 1) from None
            self.sound = self.size

    def here(self) -> Head:
        """The head of what was read."""
        return self.goal._replace(root=fold(self.goal.alg, self.peaks).hex(), size=self.size)


def check_export(
    found: dict[str, Any], lines: Iterable[bytes], anchors: list[tuple[int, str]]
) -> Verdict:
    """An export, given its first line and the others."""
    goal, number = check_head(found.pop("head")), 1
    far = max([size for size, _ in anchors], default=0)
    if not shaped(found, ("export", "heads")):
        raise Lie("line")
    if far > goal.size:
        raise Lie("cut", goal.size, far - 1)
    walk = Walk(goal, anchors)
    for number, line in enumerate(lines, 2):
        try:
            walk.take(line)
        except Lie as lie:
            first = walk.size if lie.first < 0 else lie.first
            raise Lie(lie.code, first, lie.last, number) from None
    if walk.heads[-1:] != [goal] or str(len(walk.heads)) != found["heads"]:
        raise Lie("end", walk.size, line=number)
    sizes = tuple(sorted(walk.marked))
    return Verdict(
        "export", tuple(walk.heads), sizes, walk.entry, goal.size - 1, tuple(walk.backward)
    )


def check_receipt(found: dict[str, Any], steps: list[bytes]) -> Verdict:
    """A receipt: entry, head, index."""
    head, entry = check_head(found.pop("head")), found.pop("entry")
    if not shaped(found, ("index", "receipt")):
        raise Lie("line")
    index = int(found["index"])
    check_entry(entry, head, index)
    if not included(head, index, H[head.alg](b"\0" + write(entry)), steps):
        raise Lie("root", index)
    return Verdict("receipt", (head,), (), entry, index)


def check_growth(found: dict[str, Any], steps: list[bytes]) -> Verdict:
    """A consistency proof: old and new head."""
    old, new = check_head(found.pop("old")), check_head(found.pop("new"))
    if not shaped(found, ("consistency",)):
        raise Lie("line")
    if not consistent(old, new, steps):
        raise Lie("root")
    return Verdict("consistency", (old, new), (), {}, -1)


def check(lines: Iterable[bytes], anchors: Iterable[tuple[int, str]] = ()) -> Verdict:
    """What this file proves; `Lie` if it is refused. Each line ends with a line feed."""
    rest, marks = iter(lines), list(anchors)
    found = read(next(rest, b""))
    kind = DOCUMENTS.get(tuple(found))
    if kind == "export":
        return check_export(found, rest, marks)
    proof = found.pop("proof", None)
    lawful = isinstance(proof, list) and all(
        isinstance(x, str) and HASH.fullmatch(x) for x in proof
    )
    if kind is None or not lawful or next(rest, None) is not None:
        raise Lie("line")
    judge = check_receipt if kind == "receipt" else check_growth
    verdict = judge(found, [bytes.fromhex(step) for step in proof])
    anchored = {head.size for head in verdict.heads if kept(head, marks)}
    if anchored != {size for size, _ in marks}:
        raise Lie("cut")
    return verdict._replace(anchored=tuple(sorted(anchored)))


def tell(verdict: Verdict) -> str:
    """A sound file in words."""
    head = verdict.heads[-1]
    said = [f"完好 / sound: {verdict.kind}, 日志 / journal {head.journal}, {head.alg}"]
    if verdict.kind == "receipt":
        said.append(f"第 {verdict.place} 条 / entry: {write(verdict.entry).decode()}")
    said += [
        f"共 {h.size} 条 / entries, 头码 / head code {head_code(h)}" for h in verdict.heads[-2:]
    ]
    if verdict.backward:
        said.append(f"时钟倒退 / clock ran backwards before entries: {verdict.backward[:9]}")
    if verdict.anchored:
        said.append(f"与外部头码相符 / agrees with the anchors at {verdict.anchored}")
    else:
        said.append("只证明文件自身一致，未与外部头码核对。请把上面的头码与纸面留存的逐字核对。")
        said.append("It agrees with itself only: compare the code above with one kept on paper.")
    return "\n".join(said)


def tell_lie(lie: Lie) -> str:
    """A refusal in words: what, where, and what to do next."""
    where = f"第 {lie.line} 行 / line"
    if lie.first >= 0:
        span = f"{lie.first}" if lie.first == lie.last else f"{lie.first}..{lie.last}"
        where += f", 第 {span} 条 / first bad entry {span}"
    return f"不可信 / refused: {where}: {WHY[lie.code]}\n{NEXT}"


def main(arguments: Iterable[str], lines: Iterable[bytes]) -> tuple[int, str]:
    """Exit code (0 sound, 1 refused, 2 wrong call) and words."""
    try:
        anchors = [anchor(text) for text in arguments]
    except ValueError as wrong:
        return 2, f"头码写错，请对照纸面重抄 / no SIZE:CODE, look for a slip of the pen: {wrong}"
    try:
        return 0, tell(check(lines, anchors))
    except Lie as lie:
        return 1, tell_lie(lie)


if __name__ == "__main__":
    status, words = main(sys.argv[1:], iter(lambda: sys.stdin.buffer.readline(LONGEST + 1), b""))
    sys.stdout.buffer.write((words + "\n").encode(sys.stdout.encoding, "backslashreplace"))
    raise SystemExit(status)
