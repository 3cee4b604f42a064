"""A few walks whose every answer is known to the last word (see conftest.py)."""

from __future__ import annotations

import random

import pytest

from zhongshu.kernel.errors import Refused
from zhongshu.kernel.flow.codec import dump_case, dump_event

from .walk import Walk
from .world import RECORD


@pytest.mark.parametrize("seed", range(100, 116))
def test_a_known_walk_goes_as_it_went(seed: int) -> None:
    walk = Walk(random.Random(seed))
    for _ in range(70):
        _, command, _, result = walk.step()
        if isinstance(result, Refused):
            RECORD.append(f"{type(command).__name__} {result.reasons}")
        else:
            told = dump_event(result.event) if result.event else "nothing"
            RECORD.append(f"{type(command).__name__} {told} {result.asked} {result.effects}")
    RECORD.append(dump_case(walk.case))
