"""The story is told from the kernel: who is asked, refused and why, and it comes to its end."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from zhongshu.config import story
from zhongshu.config.cli import main


def test_the_story_tells_a_case_to_its_end() -> None:
    result = CliRunner().invoke(main, ["story"])
    assert result.exit_code == 0, result.output
    for words in (
        "王小满是拟稿人，不能审批自己的事项",
        "张明远已办“科室负责人审核”，不得再办“分管领导审批”",
        "限 11月24日 17:30 前办理",
        "事项结束：已批准",
        "重放，结果与现状一致",
    ):
        assert words in result.output


def test_a_replay_that_differs_is_said_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "apply", lambda case, event: case)
    result = CliRunner().invoke(main, ["story"])
    assert result.exit_code == 1
    assert "不一致" in result.output
