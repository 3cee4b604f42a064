"""Random mixes of all rules against OR-Tools CP-SAT, where that is installed."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

from zhongshu.kernel.duties import Plan, find_plan

from .oracle import process

pytest.importorskip("ortools", reason="the peer is not installed")
sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))
peer: Any = importlib.import_module("wsp_cpsat")


def test_both_say_the_same() -> None:
    seen = set()
    for seed in range(10_000, 10_150):
        one = process(seed, most_steps=8, most_people=7)
        for way in one.ways:
            theirs, *_ = peer.ask(one, way)
            assert isinstance(find_plan(one, way), Plan) == theirs, seed
            seen.add(theirs)
    assert seen == {True, False}
