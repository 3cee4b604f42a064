"""The verifier on exports, receipts and consistency proofs, and as a script."""

import ast
import hashlib
import io
import json
import runpy
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.journal import tree, verify
from zhongshu.kernel.journal.export import export, growth, receipt
from zhongshu.kernel.journal.tree import Front, seal_batch
from zhongshu.kernel.journal.verify import (
    Head,
    Lie,
    anchor,
    check,
    head_code,
    main,
    tell_lie,
    write,
)

from . import oracle

ENTRIES = oracle.sample(12)
BATCH = seal_batch(Front("sha256"), ENTRIES)
NODES = oracle.nodes(BATCH)
HEADS = oracle.heads_at("sha256", ENTRIES, range(1, 13))
LINES = oracle.exported(ENTRIES, [5, 12])
CODES = [head_code(head) for head in HEADS]


def made(index: int, size: int) -> bytes:
    plan = tree.inclusion_plan(index, size)
    return receipt(ENTRIES[index], index, HEADS[size - 1], tree.answer("sha256", plan, NODES))


def grown(old: int, new: int) -> bytes:
    proof = tree.answer("sha256", tree.consistency_plan(old, new), NODES)
    return growth(HEADS[old - 1], HEADS[new - 1], proof)


def refused(lines: list[bytes], *anchors: str) -> tuple[str, int, int, int]:
    with pytest.raises(Lie) as caught:
        check(lines, [anchor(text) for text in anchors])
    lie = caught.value
    assert lie.args[0] == lie.code and verify.WHY[lie.code] in tell_lie(lie)
    return lie.code, lie.first, lie.last, lie.line


def test_a_sound_export() -> None:
    verdict = check(LINES)
    assert (verdict.kind, verdict.anchored, verdict.place) == ("export", (), 11)
    assert verdict.heads == (HEADS[4], HEADS[11])
    assert write(verdict.entry) == ENTRIES[11]
    assert verdict.backward == ()


def test_anchors_of_any_size_are_compared() -> None:
    for size in range(1, 13):
        for mark in (CODES[size - 1], HEADS[size - 1].root):
            assert check(LINES, [(size, mark)]).anchored == (size,)
        low = 0 if size <= 5 else 5
        assert refused(LINES, f"{size}:{CODES[size % 12]}")[:3] == ("anchor", low, size - 1)
    assert check(LINES, [(3, CODES[2]), (2, CODES[1]), (3, HEADS[2].root)]).anchored == (2, 3)
    assert refused(LINES, f"7:{CODES[6]}", f"9:{CODES[1]}") == ("anchor", 7, 8, 11)
    assert refused(LINES, f"7:{CODES[6]}", f"7:{CODES[1]}")[0] == "anchor"


def test_a_fact_may_have_the_name_of_a_part_of_the_line() -> None:
    for name in ("entry", "index", "leaf"):
        entry = ENTRIES[3].replace(b'"facts":{', b'"facts":{"a":"1","%b":"9",' % name.encode())
        assert entry != ENTRIES[3]
        entry = write(json.loads(entry))
        assert check(oracle.exported([*ENTRIES[:3], entry], [4])).entry["facts"][name] == "9"


def test_an_anchor_beyond_the_end_shows_the_missing_tail() -> None:
    short = oracle.exported(ENTRIES[:9], [9])
    assert refused(short, f"12:{CODES[11]}", f"11:{CODES[10]}") == ("cut", 9, 11, 1)
    assert refused(short, f"10:{CODES[9]}") == ("cut", 9, 9, 1)


def test_sm3_journals() -> None:
    entries = oracle.sample(5, "sm3")
    verdict = check(oracle.exported(entries, [5], "sm3"))
    assert verdict.heads[0].root == oracle.mth("sm3", entries).hex()


def test_sm3_missing_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashlib, "algorithms_available", {"sha256"})
    lines = oracle.exported(oracle.sample(2, "sm3"), [2], "sm3")
    assert refused(lines) == ("sm3", -1, -1, 1)
    assert check(LINES).kind == "export"


def test_the_clock_running_backwards_is_reported_not_refused() -> None:
    entries = [*oracle.sample(12)[:2], oracle.sample(12, salt=1)[1], oracle.sample(9, salt=2)[8]]
    entries.append(oracle.sample(12, salt=3)[2])
    verdict = check(oracle.exported(entries, [5]))
    assert verdict.backward == (4,)
    assert "clock ran backwards before entries: (4,)" in verify.tell(verdict)


HEAD_5 = LINES[6]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], ("line", -1, -1, 1)),
        ([b"\n"], ("line", -1, -1, 1)),
        ([b"{}\n"], ("line", -1, -1, 1)),
        ([LINES[1]], ("line", -1, -1, 1)),
        ([b'{"export head heads":"1"}\n'], ("line", -1, -1, 1)),
        ([b'{"alg":"sha256","journal root size v":"1"}\n'], ("line", -1, -1, 1)),
        (
            [b'{"export":"1","head":{"alg journal root size v":"1"},"heads":"1"}\n'],
            ("head", -1, -1, 1),
        ),
        (
            [b'{"export":"1","head":{"alg":"sha256","journal root size v":"1"},"heads":"1"}\n'],
            ("head", -1, -1, 1),
        ),
        (LINES[:1], ("end", 0, 0, 1)),
        (LINES[:-1], ("end", 12, 12, 14)),
        (LINES[:7], ("end", 5, 5, 7)),
        ([LINES[0][:-1], *LINES[1:]], ("line", -1, -1, 1)),
        ([*LINES[:-1], LINES[-1][:-1]], ("line", 12, 12, 15)),
        ([*LINES[:3], LINES[3][:-1] + b"\r\n", *LINES[4:]], ("line", 2, 2, 4)),
        ([*LINES[:2], b"{}\n", *LINES[2:]], ("line", 1, 1, 3)),
        ([*LINES[:6], HEAD_5, *LINES[6:]], ("head", 5, 5, 8)),
        ([*LINES[:5], HEAD_5, *LINES[5:]], ("head", 4, 4, 6)),
        ([LINES[0], HEAD_5, *LINES[1:]], ("head", 0, 0, 2)),
        ([*LINES[:6], *LINES[7:]], ("end", 12, 12, 14)),
        ([*LINES, LINES[-1]], ("head", 12, 12, 16)),
        ([*LINES, LINES[-2]], ("index", 12, 12, 16)),
        ([*LINES[:2], *LINES[3:]], ("index", 1, 1, 3)),
        ([LINES[0].replace(b'"heads":"2"', b'"heads":"3"'), *LINES[1:]], ("end", 12, 12, 15)),
        ([LINES[0].replace(b'"export":"1"', b'"export":"2"'), *LINES[1:]], ("line", -1, -1, 1)),
        ([LINES[0].replace(b'"size":"12"', b'"size":"13"'), *LINES[1:]], ("end", 12, 12, 15)),
        ([LINES[0].replace(b'"size":"12"', b'"size":"11"'), *LINES[1:]], ("index", 11, 11, 14)),
        ([LINES[0].replace(b'"size":"12"', b'"size":"0"'), *LINES[1:]], ("head", -1, -1, 1)),
        ([LINES[0].replace(b"sha256", b"md5"), *LINES[1:]], ("head", -1, -1, 1)),
        ([LINES[0].replace(b"sha256", b"sm3"), *LINES[1:]], ("foreign", 0, 0, 2)),
        ([LINES[0].replace(b'"00112', b'"10112'), *LINES[1:]], ("foreign", 0, 0, 2)),
    ],
)
def test_misshapen_exports(lines: list[bytes], found: tuple[str, int, int, int]) -> None:
    assert refused(lines) == found


def test_an_edited_entry_is_named() -> None:
    lines = [*LINES]
    lines[4] = lines[4].replace(b'"p3"', b'"p4"')
    assert refused(lines) == ("leaf", 3, 3, 5)


def test_an_edited_entry_with_its_leaf_is_narrowed_to_the_next_head() -> None:
    entries = [*ENTRIES]
    entries[7] = entries[7].replace(b'"p2"', b'"p4"')
    forged = oracle.exported(entries, [5, 12])
    assert refused([*LINES[:9], *forged[9:-1], LINES[-1]]) == ("root", 5, 11, 15)
    assert refused(forged, f"12:{CODES[11]}") == ("anchor", 5, 11, 14)
    assert refused(forged, f"6:{CODES[5]}", f"9:{CODES[8]}") == ("anchor", 6, 8, 11)
    assert check(forged).anchored == ()  # only what was kept outside can tell


def test_a_false_head_over_entries_that_the_anchor_proves() -> None:
    found, lines = json.loads(HEAD_5), [*LINES]
    found["head"]["root"] = "0" * 64
    lines[6] = write(found) + b"\n"
    assert refused(lines) == ("root", 0, 4, 7)
    assert refused(lines, f"5:{CODES[4]}") == ("head", 5, 5, 7)


def test_heads_of_another_journal_or_algorithm() -> None:
    for old, new in ((b"sha256", b"sm3"), (b'"00112', b'"10112')):
        lines = [*LINES[:6], HEAD_5.replace(old, new), *LINES[7:]]
        assert refused(lines) == ("head", 5, 5, 7)


def test_only_entry_0_opens() -> None:
    entries = [*ENTRIES[:3], ENTRIES[0].replace(b'"id":"0', b'"id":"1')]
    assert refused(oracle.exported(entries, [4])) == ("index", 3, 3, 5)
    assert refused(oracle.exported(ENTRIES[1:], [11])) == ("index", 0, 0, 2)
    entries = [ENTRIES[0].replace(b'"alg":"sha256"', b'"alg":"sm3"'), *ENTRIES[1:]]
    assert refused(oracle.exported(entries, [12])) == ("foreign", 0, 0, 2)
    entries = [ENTRIES[0].replace(b'"alg":"sha256"', b""), *ENTRIES[1:]]
    assert refused(oracle.exported(entries, [12])) == ("foreign", 0, 0, 2)


def test_an_id_used_twice() -> None:
    assert refused(oracle.exported([*ENTRIES[:4], ENTRIES[2]], [5])) == ("twice", 4, 4, 6)


def test_entries_of_wrong_form() -> None:
    for bad in (b"{}", b"[]", b'""', b'"x"', b'["x"]', ENTRIES[2].replace(b'"v":"1"', b'"v":"2"')):
        assert refused(oracle.exported([*ENTRIES[:2], bad], [3])) == ("entry", 2, 2, 4)
    for bad in (b"x", b'{"a":"1","a":"1"}', b'"\\ud800"'):
        assert refused(oracle.exported([*ENTRIES[:2], bad], [3])) == ("line", 2, 2, 4)
    for old, new in (
        (b'"facts":{', b'"facts":{"A":"1",'),
        (b'"facts":{"amount":"200"', b'"facts":{"amount":200'),
        (b'"seals":{"payee":"', b'"seals":{"amount":"'),
        (b'"seals":{"payee":"', b'"seals":{"payee":"0'),
    ):
        bad = ENTRIES[2].replace(old, new)
        assert refused(oracle.exported([*ENTRIES[:2], bad], [3])) == ("entry", 2, 2, 4)


def test_a_line_may_be_just_so_long() -> None:
    line = write({"a": "x" * (verify.LONGEST - 9)}) + b"\n"
    assert len(line) == verify.LONGEST
    assert verify.read(line) == {"a": "x" * (verify.LONGEST - 9)}
    with pytest.raises(Lie, match="line"):
        verify.read(write({"a": "x" * (verify.LONGEST - 8)}) + b"\n")


def test_receipts() -> None:
    for size in range(1, 13):
        for index in range(size):
            verdict = check([made(index, size)], [(size, CODES[size - 1])])
            assert verdict[:3] == ("receipt", (HEADS[size - 1],), (size,))
            assert (write(verdict.entry), verdict.place) == (ENTRIES[index], index)
            assert check([made(index, size)]).anchored == ()


def test_wrong_receipts() -> None:
    good = made(3, 9)
    spelt = good.decode()
    assert refused([good.replace(b'"p3"', b'"p4"')]) == ("root", 3, 3, 1)
    assert refused([good.replace(b'"index":"3"', b'"index":"4"')]) == ("root", 4, 4, 1)
    assert refused([good.replace(b'"index":"3"', b'"index":"9"')]) == ("root", 9, 9, 1)
    assert refused([good.replace(b'"index":"3"', b'"index":"0"')])[0] == "index"
    assert refused([made(0, 9).replace(b'"index":"0"', b'"index":"1"')])[0] == "index"
    assert refused([good.replace(b'"index":"3"', b'"index":"03"')])[0] == "line"
    assert refused([good.replace(b'"receipt":"1"', b'"receipt":"2"')])[0] == "line"
    assert refused([good.replace(b'"size":"9"', b'"size":"8"')])[0] == "root"
    assert (
        refused([good.replace(b'"sha256","journal":"0', b'"sha256","journal":"1')])[0] == "foreign"
    )
    assert refused([good.replace(b'"sha256"', b'"sm3"')])[0] == "root"
    assert refused([good, good])[0] == "line"
    assert refused([good, b""])[0] == "line"
    assert refused([good], f"8:{CODES[7]}") == ("cut", -1, -1, 1)
    assert refused([good], f"9:{CODES[7]}")[0] == "anchor"
    assert refused([good], f"9:{CODES[8]}", f"8:{CODES[7]}")[0] == "cut"
    found = json.loads(spelt)
    for proof in (None, {}, [1], ["0" * 63], "0" * 64, [None]):
        assert refused([write({**found, "proof": proof}) + b"\n"])[0] == "line"
    for proof in ([], found["proof"][1:], [*found["proof"], "0" * 64]):
        assert refused([write({**found, "proof": proof}) + b"\n"])[0] == "root"
    assert refused([write({**found, "entry": {}}) + b"\n"])[0] == "entry"
    assert refused([write({**found, "head": []}) + b"\n"])[0] == "head"


def test_consistency_proofs() -> None:
    for new in range(1, 13):
        for old in range(1, new + 1):
            verdict = check([grown(old, new)], [(old, CODES[old - 1])])
            assert verdict == ("consistency", (HEADS[old - 1], HEADS[new - 1]), (old,), {}, -1, ())
    both = check([grown(5, 12)], [(12, CODES[11]), (5, CODES[4])])
    assert both.anchored == (5, 12)


def test_wrong_consistency_proofs() -> None:
    good = grown(5, 12)
    found = json.loads(good)
    assert refused([good.replace(b'"size":"5"', b'"size":"6"')]) == ("root", -1, -1, 1)
    assert refused([good.replace(b'"size":"5"', b'"size":"0"')])[0] == "head"
    assert refused([good.replace(b'"consistency":"1"', b'"consistency":"0"')])[0] == "line"
    assert (
        refused([write({**found, "old": found["new"], "new": found["old"]}) + b"\n"])[0] == "root"
    )
    assert refused([write({**found, "proof": found["proof"][1:]}) + b"\n"])[0] == "root"
    assert refused([good], f"7:{CODES[6]}")[0] == "cut"
    assert refused([good], f"5:{CODES[6]}")[0] == "anchor"


def test_the_head_code_is_this() -> None:
    head = Head("sha256", "ab" * 16, "cd" * 32, 1234)
    said = b"zhongshu head 1\n" + b"ab" * 16 + b"\nsha256\n1234\n" + b"cd" * 32 + b"\n"
    body = int(hashlib.sha256(said).hexdigest(), 16) % 27**26
    letters = []
    for number in (*((body // 27**place) % 27 for place in range(25, -1, -1)),):
        letters.append("23456789ACDEFGHJKMNPQRTVWXY"[number])
    code = head_code(head)
    assert code.replace("-", "")[:26] == "".join(letters)
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert anchor(f"1234:{code}") == (1234, code)
    for other in (head._replace(size=1235), head._replace(journal="ac" * 16)):
        assert head_code(other) != code
    assert head_code(head._replace(alg="sm3")) != code
    assert head_code(head._replace(root="ce" * 32)) != code


def test_anchors_as_people_type_them() -> None:
    code = CODES[6]
    for text in (f"7:{code}", f" 7 : {code.lower()} ", f"7:{code.replace('-', '')}"):
        assert anchor(text) == (7, code)
    assert anchor(f"7:{HEADS[6].root.upper()}") == (7, HEADS[6].root)
    for text in (
        "",
        code,
        f"0:{code}",
        f"07:{code}",
        f"x:{code}",
        "7:",
        f"7:{code}2",
        f"7:{code[:-1]}",
    ):
        with pytest.raises(ValueError):
            anchor(text)
    with pytest.raises(ValueError):
        anchor(f"x:{HEADS[6].root}")
    with pytest.raises(ValueError, match=f"^7:{code[:-1]}O$"):
        anchor(f"7:{code[:-1]}O")


def test_a_code_may_use_every_letter() -> None:
    assert set(code := "2YQM-XF8G-TK9H-VA57-RDJ6-NCPW-E324") == {*verify.LETTERS, "-"}
    assert anchor(f"7:{code}") == (7, code)


def test_a_code_of_leading_or_trailing_zeros_is_28_letters_long() -> None:
    for text in ("7:" + "2" * 27, "7:" + "2" * 29):
        with pytest.raises(ValueError, match="7:2"):
            anchor(text)
    assert anchor("7:" + "2" * 28) == (7, "-".join(["2222"] * 7))


@given(st.integers(1, 12), st.data())
def test_every_slip_of_the_pen_is_noticed(size: int, data: st.DataObject) -> None:
    letters = CODES[size - 1].replace("-", "")
    one = data.draw(st.integers(0, 27))
    two = data.draw(st.integers(0, 27))
    other = data.draw(st.sampled_from(verify.LETTERS))
    slips = {letters[:one] + other + letters[one + 1 :]}
    swapped = [*letters]
    swapped[one], swapped[two] = letters[two], letters[one]
    if max(one, two) < 26 or abs(one - two) == 1:
        slips.add("".join(swapped))
    for slip in slips - {letters}:
        with pytest.raises(ValueError):
            anchor(f"5:{slip}")


def test_words_of_the_verdict() -> None:
    told = main([f"5:{CODES[4]}"], LINES)
    assert told == (0, verify.tell(check(LINES, [(5, CODES[4])])))
    assert f"共 12 条 / entries, 头码 / head code {CODES[11]}" in told[1]
    assert "与外部头码相符 / agrees with the anchors at (5,)" in told[1]
    assert "itself only" not in told[1] and "第 " not in told[1] and "backwards" not in told[1]
    assert told[1].startswith(f"完好 / sound: export, 日志 / journal {oracle.JOURNAL}, sha256\n")
    alone = main([], [made(3, 9)])[1].split("\n")
    assert alone[1] == f"第 3 条 / entry: {ENTRIES[3].decode()}"
    assert alone[2] == f"共 9 条 / entries, 头码 / head code {CODES[8]}"
    assert alone[3].startswith("只证明文件自身一致") and alone[4].startswith(
        "It agrees with itself"
    )
    assert CODES[4] in main([], [grown(5, 12)])[1]
    three = verify.tell(check(oracle.exported(ENTRIES, [3, 5, 12])))
    assert [code in three for code in (CODES[2], CODES[4], CODES[11])] == [False, True, True]


def test_of_many_backward_clocks_the_first_nine_are_told() -> None:
    verdict = check(LINES)._replace(backward=tuple(range(20, 40)))
    assert "before entries: (20, 21, 22, 23, 24, 25, 26, 27, 28)\n" in verify.tell(verdict)


def test_words_of_a_refusal() -> None:
    status, words = main([], LINES[:7])
    assert status == 1
    assert words.split("\n")[0] == (
        f"不可信 / refused: 第 7 行 / line, 第 5 条 / first bad entry 5: {verify.WHY['end']}"
    )
    assert words.endswith(verify.NEXT)
    assert "bad entry 5..11:" in main([f"12:{CODES[10]}"], LINES)[1]
    assert main([], [])[1].startswith("不可信 / refused: 第 1 行 / line: ")
    status, words = main(["5:XYZ"], LINES)
    assert status == 2 and words.startswith("头码写错") and words.endswith("5:XYZ")
    assert main(["5:OOO"], LINES)[0] == 2
    assert main(["x:XYZ"], LINES)[1].endswith(": x:XYZ")
    first = oracle.exported([ENTRIES[0].replace(b'"v":"1"', b'"v":"2"')], [1])
    assert "第 2 行 / line, 第 0 条 / first bad entry 0: " in main([], first)[1]


def test_a_refusal_that_nobody_caught_says_all_too() -> None:
    assert str(Lie("leaf", 3, 4, 5)) == "('leaf', 3, 4, 5)"


def script(
    monkeypatch: pytest.MonkeyPatch, data: bytes, *arguments: str, encoding: str = "utf-8"
) -> tuple[object, str]:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "argv", ["verify.py", *arguments])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out, encoding=encoding))
    with pytest.raises(SystemExit) as left:
        runpy.run_path(verify.__file__, run_name="__main__")
    return left.value.code, out.getvalue().decode(encoding)


def test_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    assert script(monkeypatch, b"".join(LINES)) == (0, main([], LINES)[1] + "\n")
    status, words = script(monkeypatch, b"".join(LINES), f"5:{CODES[5]}", encoding="ascii")
    assert status == 1 and "first bad entry 0..4" in words and "\\u5916" in words
    assert script(monkeypatch, b"x" * (verify.LONGEST * 3))[0] == 1


@pytest.mark.slow  # reads its own source, which a mutant is not
def test_the_script_stands_alone_and_needs_python_3_9_only() -> None:
    with open(verify.__file__, encoding="utf-8") as file:
        tree_ = ast.parse(file.read(), feature_version=(3, 9))
    names = {
        name
        for node in ast.walk(tree_)
        for name in (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [part.name for part in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert names == {
        *("__future__", "collections.abc", "datetime", "hashlib", "json", "re", "sys", "typing"),
    }


def test_an_export_is_read_as_a_stream() -> None:
    entries = oracle.sample(3)
    leaves = seal_batch(Front("sha256"), entries).leaves
    seen = []

    def rows() -> Iterator[tuple[bytes, bytes]]:
        for number, row in enumerate(zip(entries, leaves, strict=True)):
            seen.append(number)
            yield row

    lines = export(rows(), oracle.heads_at("sha256", entries, [3]))
    next(lines)
    next(lines)
    assert seen == [0]
