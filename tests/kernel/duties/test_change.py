"""Before and after a stand-in or an appointment, against a new look at both bureaus."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from zhongshu.kernel.duties import Undecided
from zhongshu.kernel.duties.from_flow import change as module
from zhongshu.kernel.duties.from_flow.absences import routes_of
from zhongshu.kernel.duties.from_flow.change import changes, granting
from zhongshu.kernel.duties.from_flow.checkup import check_up, each
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.people import Directory

from .bureaus import FEW, bureau


def blocked(flow: Definition, people: Directory, most: int) -> dict[tuple[str, Any], bool]:
    """Every absence of at most so many people, and whether it blocks a route."""
    found = {}
    for away in each(flow, people):
        for route, ways in routes_of(away.whole).items():
            for absent in range(1 << len(FEW)):
                if absent.bit_count() <= most:
                    key = (away.group.unit, (route, absent))
                    found[key] = away.plan(ways, absent) is None
    return found


def test_rights_given_and_taken_away() -> None:
    freed = fresh = 0
    for seed in range(80):
        flow, few = bureau(seed)
        rnd = Random(seed)
        more = granting(
            few,
            [tuple(rnd.sample(FEW, 2))],  # type: ignore[list-item]
            [(rnd.choice(FEW), "post")],
        )
        for before, after in ((few, more), (more, few)):
            (one,) = changes(flow, before, after, absences=2)
            assert (one.before,) == check_up(flow, before, absences=2)
            assert (one.after,) == check_up(flow, after, absences=2)
            truth = blocked(flow, before, 2), blocked(flow, after, 2)
            staff = next(each(flow, few)).whole.staff
            for blocks, there in ((one.before.blocks, truth[1]), (one.after.blocks, truth[0])):
                for block in blocks:
                    key = ("", (block.route, staff.crowd(block.absent)))
                    told = one.freed if blocks is one.before.blocks else one.fresh
                    assert (block in told) != there[key], seed
            freed, fresh = freed + len(one.freed), fresh + len(one.fresh)
    assert freed > 20
    assert fresh > 20


def test_what_was_there_stays() -> None:
    _, people = bureau(1)
    more = granting(people, [("li", "chen")], [("wang", "new"), ("wang", "new")])
    assert more.posts["new"] == ("wang",)
    assert more.posts["post"] == people.posts["post"]
    assert more.stand_ins[:-1] == people.stand_ins
    assert more.deputies["li"][-1].deputy == "chen"
    assert granting(people, [], []) == people


def test_what_is_left_open_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    flow, people = next(
        (flow, few) for flow, few in map(bureau, range(50)) if check_up(flow, few)[0].blocks
    )
    (away,), (calm,) = each(flow, people), changes(flow, people, people)
    assert calm.after.decided
    blocks = calm.before.blocks
    monkeypatch.setattr(away, "plan", lambda *_: Undecided(1))
    assert set(module._opened(away, blocks)) == {None}
    monkeypatch.setattr(module, "_opened", lambda *_: iter([None]))
    (one,) = changes(flow, people, people)
    assert not one.after.decided
    assert one.freed == one.fresh == ()
