"""`zhongshu flow check --people`: how few can finish a process, and whose absence blocks it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhongshu.config.checkup import marks
from zhongshu.config.cli import main
from zhongshu.kernel import duties
from zhongshu.kernel.duties.from_flow import checkup as checkups

PEOPLE = """
[people]
wang = { unit = "water" }
zhang = { unit = "water", rank = 2 }
chen = { unit = "finance", rank = 2 }
zhao = { rank = 3, unit = "bureau" }
wu = { rank = 4, unit = "bureau" }
huang = { unit = "office" }
sun = { unit = "office", rank = 2 }
zhou = { unit = "office" }
[posts]
finance_head = ["chen"]
records_clerk = ["huang"]
office_head = ["sun"]
director = ["wu"]
legal_officer = ["zhou"]
personnel_head = ["sun"]
supervision = ["zhou"]
overseer = ["zhou", "wu"]
[units]
water = { head = "zhang", leader = "zhao", parent = "bureau" }
finance = { head = "chen", leader = "zhao", parent = "bureau" }
office = { head = "sun", leader = "zhao", parent = "bureau" }
bureau = { head = "wu" }
"""
ALONE = """
format = 1
id = "alone"
name = "一个人的流程"
version = 1
min_deciders = 0
[[nodes]]
id = "draft"
name = "起草"
kind = "draft"
next = "pay"
[[nodes]]
id = "pay"
name = "付款"
kind = "task"
seats = [{ post = "finance_head" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""


def run(folder: Path, text: str, *options: str, people: str = PEOPLE) -> Result:
    flow, who = folder / "flow.toml", folder / "people.toml"
    flow.write_text(text, encoding="utf-8")
    who.write_text(people, encoding="utf-8")
    return CliRunner().invoke(main, ["flow", "check", str(flow), "--people", str(who), *options])


@pytest.fixture
def request_flow() -> str:
    return files("zhongshu.config").joinpath("flows", "request.toml").read_text(encoding="utf-8")


def test_fewest_people_and_absences_are_told(tmp_path: Path, request_flow: str) -> None:
    result = run(tmp_path, request_flow)
    assert result.exit_code == 0, result.output
    assert "最少 4 人可以办完" in result.output
    assert "无人可办，sun兜底科室负责人审核" in result.output
    assert "zhao不在，有 16 条路线办不下去" in result.output
    assert "没有人能办完" in result.output, "nobody is in charge of the bureau's own people"
    english = run(tmp_path, request_flow, "--lang", "en", "--absent", "2").output
    assert "4 people can finish it" in english
    assert "without zhao 16 routes are blocked" in english
    assert "with everybody there 16 routes are blocked" in english


def test_somebody_alone_is_refused_with_the_story(tmp_path: Path) -> None:
    result = run(tmp_path, ALONE)
    assert result.exit_code == 1
    assert "一人办完，不能发布" in result.output
    assert "chen起草；chen付款。" in result.output


def test_nobody_at_all_is_refused(tmp_path: Path) -> None:
    empty = PEOPLE.replace('finance_head = ["chen"]', "")
    result = run(tmp_path, ALONE.replace("finance_head", "director"), people=empty)
    assert result.exit_code == 1
    gone = PEOPLE.replace("wu = { rank = 4,", "wu = { gone = true, rank = 4,")
    result = run(tmp_path, ALONE.replace("finance_head", "director"), people=gone)
    assert result.exit_code == 1


def test_too_many_ways_are_not_called_safe(tmp_path: Path) -> None:
    branches = "".join(
        f'[[nodes]]\nid = "b{i}"\nname = "会签{i}"\nkind = "decide"\nrule = {{ count = 1 }}\n'
        'seats = [{ post = "finance_head" }, { post = "office_head" }, { post = "director" }]\n'
        'next = "join"\n'
        for i in range(9)
    )
    edges = ", ".join(f'{{ to = "b{i}" }}' for i in range(9))
    text = (
        ALONE.replace('next = "pay"', 'next = "split"')
        + f'[[nodes]]\nid = "split"\nname = "并行"\nkind = "split"\nnext = [{edges}]\n'
        + branches
        + '[[nodes]]\nid = "join"\nname = "汇合"\nkind = "join"\nsplit = "split"\nnext = "pay"\n'
    )
    result = run(tmp_path, text)
    assert result.exit_code == 1, result.output
    assert "未能判定" in result.output
    report = json.loads(run(tmp_path, text, "--json").output)
    assert report["duties"]["decided"] is False


def test_programs_get_json(tmp_path: Path, request_flow: str) -> None:
    report = json.loads(run(tmp_path, request_flow, "--json").output)
    assert report["refused"] is False
    water = next(one for one in report["duties"] if one["unit"] == "water")
    assert water["fewest"] == 4
    assert {"route", "absent"} == water["blocked"][0].keys()
    assert water["groups"][0]["en"]
    plain = run(tmp_path, "format = 2", "--json")
    assert plain.exit_code == 1
    assert "duties" not in json.loads(plain.output)


def test_the_drawing_marks_the_weak_places(tmp_path: Path, request_flow: str) -> None:
    run(tmp_path, request_flow)
    target = tmp_path / "weak.svg"
    options = ["--people", str(tmp_path / "people.toml"), "-o", str(target)]
    result = CliRunner().invoke(main, ["flow", "draw", str(tmp_path / "flow.toml"), *options])
    assert result.exit_code == 0, result.output
    svg = target.read_text(encoding="utf-8")
    assert "离不开chen" in svg
    assert "离不开zhao" in svg


def test_a_search_that_was_cut_off_is_not_called_safe(
    tmp_path: Path, request_flow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkups, "fewest", lambda process: duties.Undecided(1))
    result = run(tmp_path, request_flow)
    assert result.exit_code == 1
    assert "未能判定，不能视为安全" in result.output
    assert marks("more than 4096 ways") == {}
