"""The stored-node tree and the proof checks against the recursive definitions."""

import base64
import itertools
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.journal import tree
from zhongshu.kernel.journal.tree import Front, seal_batch
from zhongshu.kernel.journal.verify import Head, consistent, included

from . import oracle

DATA = [f"leaf {number}".encode() for number in range(70)]
ALG = "sha256"
BATCH = seal_batch(Front(ALG), DATA)
NODES = oracle.nodes(BATCH)
ROOTS = [b"", *(oracle.mth(ALG, DATA[:size]) for size in range(1, 71))]
HEADS = [Head(ALG, "j", root.hex(), size) for size, root in enumerate(ROOTS)]


def leaf(index: int) -> bytes:
    return oracle.hashed(ALG, b"\0", DATA[index])


def test_known_hashes() -> None:
    batch = seal_batch(Front(ALG), [b"L123456"])
    assert batch.leaves[0].hex() == (
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    assert batch.front == Front(ALG, 1, batch.leaves) and batch.nodes == ()


def test_nodes_are_those_of_the_definition() -> None:
    assert BATCH.leaves == tuple(map(leaf, range(70)))
    assert len(BATCH.nodes) == sum(70 >> level for level in range(1, 7))
    for (level, index), node in NODES.items():
        assert node == oracle.mth(ALG, DATA[index << level : index + 1 << level])


@pytest.mark.parametrize("alg", ["sha256", "sm3"])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 70])
def test_root_at_each_size(size: int, alg: str) -> None:
    front = seal_batch(Front(alg), DATA[:size]).front
    assert tree.head(front, "j") == Head(alg, "j", oracle.mth(alg, DATA[:size]).hex(), size)


@given(st.lists(st.integers(0, 70), max_size=6))
def test_batches_of_any_cut_give_the_same_tree(cuts: list[int]) -> None:
    front, leaves, nodes = Front(ALG), [], []
    marks = [0, *sorted(cuts), 70]
    for start, end in itertools.pairwise(marks):
        batch = seal_batch(front, DATA[start:end])
        front, leaves, nodes = batch.front, [*leaves, *batch.leaves], [*nodes, *batch.nodes]
    assert (front, tuple(leaves), tuple(nodes)) == BATCH


def test_front_can_be_rebuilt_from_nodes() -> None:
    for size in range(71):
        assert tree.front_at(ALG, size, NODES) == seal_batch(Front(ALG), DATA[:size]).front


def test_inclusion_proofs_are_those_of_the_definition() -> None:
    for size in range(1, 71):
        for index in range(size):
            plan = tree.inclusion_plan(index, size)
            proof = tree.answer(ALG, plan, {key: NODES[key] for key in tree.keys(plan)})
            assert list(proof) == oracle.path(ALG, index, DATA[:size])
            assert included(HEADS[size], index, leaf(index), proof)


def test_consistency_proofs_are_those_of_the_definition() -> None:
    for new in range(1, 71):
        for old in range(1, new + 1):
            plan = tree.consistency_plan(old, new)
            proof = tree.answer(ALG, plan, {key: NODES[key] for key in tree.keys(plan)})
            assert list(proof) == oracle.subproof(ALG, old, DATA[:new])
            assert consistent(HEADS[old], HEADS[new], proof)


def test_a_proof_of_a_million_needs_few_nodes() -> None:
    assert len(tree.keys(tree.inclusion_plan(123_456, 1 << 20))) == 20
    assert len(tree.keys(tree.inclusion_plan(123_456, 1_000_000))) <= 40


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (1, 1), (0, 0)])
def test_no_proof_for_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"^no leaf {index} in a tree of {size}$"):
        tree.inclusion_plan(index, size)
    assert not included(Head(ALG, "j", leaf(0).hex(), size), index, leaf(0), [])


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 5), (6, 5), (-1, 5)])
def test_no_proof_from_nothing_or_backwards(old: int, new: int) -> None:
    with pytest.raises(ValueError, match=f"^no proof from {old} to {new}$"):
        tree.consistency_plan(old, new)
    lower, upper = HEADS[5]._replace(size=old), HEADS[5]._replace(size=new)
    assert not consistent(lower, upper, [])
    assert not consistent(lower._replace(root=""), upper, [])


@given(st.data())
def test_a_wrong_inclusion_is_refused(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    proof = oracle.path(ALG, index, DATA[:size])
    other = data.draw(st.integers(0, 69).filter(lambda number: number != index))
    assert not included(HEADS[size], other, leaf(index), proof)
    assert not included(HEADS[size], index, leaf(other), proof)
    wrong = data.draw(st.integers(1, 70).filter(lambda number: number != size))
    assert not included(HEADS[wrong], index, leaf(index), proof)
    for bad in spoilt(data, proof):
        assert not included(HEADS[size], index, leaf(index), bad)


@given(st.data())
def test_a_wrong_consistency_is_refused(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 70))
    old = data.draw(st.integers(1, new))
    proof = oracle.subproof(ALG, old, DATA[:new])
    wrong = data.draw(st.integers(1, 70).filter(lambda number: number not in (old, new)))
    assert not consistent(HEADS[wrong], HEADS[new], proof)
    assert not consistent(HEADS[old], HEADS[wrong], proof)
    assert old == new or not consistent(HEADS[new], HEADS[old], proof)
    assert not consistent(HEADS[old]._replace(journal="k"), HEADS[new], proof)
    assert not consistent(HEADS[old]._replace(alg="sm3"), HEADS[new], proof)
    assert old == new or not consistent(
        HEADS[old]._replace(root=ROOTS[new].hex()), HEADS[new], proof
    )
    assert not consistent(HEADS[old], HEADS[new]._replace(root=ROOTS[wrong].hex()), proof)
    for bad in spoilt(data, proof):
        assert not consistent(HEADS[old], HEADS[new], bad)


def spoilt(data: st.DataObject, proof: list[bytes]) -> list[list[bytes]]:
    bad = [[*proof, b""], [*proof, ROOTS[9]], [ROOTS[9], *proof], [b"", *proof]]
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        flipped = bytes([proof[place][0] ^ 1]) + proof[place][1:]
        bad += [proof[:place] + proof[place + 1 :], proof[:-1], proof[1:]]
        bad += [[*proof[:place], flipped, *proof[place + 1 :]]]
    return bad


VECTORS = os.environ.get("ZHONGSHU_MERKLE_VECTORS", "")


def unpack(text: str | None) -> bytes:
    return base64.b64decode(text or "")


@pytest.mark.skipif(not VECTORS, reason="ZHONGSHU_MERKLE_VECTORS names no folder")
def test_published_vectors() -> None:
    seen = {"inclusion": 0, "consistency": 0, "subtreeinclusion": 0, "subtreeconsistency": 0}
    for path in sorted(Path(VECTORS).glob("*/**/*.json")):
        kind = path.relative_to(VECTORS).parts[0]
        case = json.loads(path.read_text(encoding="utf-8"))
        proof = [unpack(step) for step in case["proof"] or []]
        if kind == "inclusion":
            top = Head(ALG, "j", unpack(case["root"]).hex(), case["treeSize"])
            good = included(top, case["leafIdx"], unpack(case["leafHash"]), proof)
        elif kind == "consistency":
            good = consistent(
                Head(ALG, "j", unpack(case["root1"]).hex(), case["size1"]),
                Head(ALG, "j", unpack(case["root2"]).hex(), case["size2"]),
                proof,
            )
        elif kind == "subtreeinclusion":
            start, size = case["start"], case["end"] - case["start"]
            aligned = size > 0 and start % (1 << (size - 1).bit_length()) == 0
            top = Head(ALG, "j", unpack(case["root"]).hex(), size)
            index = case["leafIdx"] - start
            good = aligned and included(top, index, unpack(case["leafHash"]), proof)
        else:
            continue
        seen[kind] += 1
        assert good != case["wantErr"], path
    assert (seen["inclusion"], seen["consistency"], seen["subtreeinclusion"]) == (98, 98, 204)
