"""No lie is believed (the long run is `make lie`)."""

import random
import sys

import pytest

from zhongshu.kernel.journal.verify import check

from . import lies


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_every_lie_is_refused_at_the_right_entry(seed: int) -> None:
    told, wrong = lies.tell(1500, seed)
    assert wrong == []
    assert set(told) == {kind.__name__ for kind in lies.KINDS}


def test_a_believed_lie_or_a_wrong_place_would_be_noticed() -> None:
    it = lies.truth(random.Random(1), "sha256", 4)
    assert check(it.lines, it.anchors).heads[-1].size == 4
    assert lies.judge(it, lies.Told([*it.lines], 0, 0)) == "believed"
    assert lies.judge(it, lies.Told([*it.lines[:2]], 3, 3)).startswith("blamed 1..1 (end)")


def test_the_command_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["lies", "200", "7"])
    assert lies.main() == 0
    assert "200 lies told" in capsys.readouterr().out
