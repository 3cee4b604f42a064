"""`zhongshu flow`: what it says, how it ends, and that it never ends in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhongshu.config.cli import main
from zhongshu.config.flow import examine
from zhongshu.kernel.flow.text.format import LARGEST

GOOD = """
format = 1
id = "t"
name = "试"
[posts]
head = "boss"
override = "boss"
[[nodes]]
id = "draft"
name = "拟稿"
kind = "draft"
next = "x"
[[nodes]]
id = "x"
name = "审批"
kind = "decide"
seats = [{ post = "boss" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""
WARNED = GOOD.replace('override = "boss"', "")
BAD = GOOD.replace('next = "end"', 'next = "nowhere"')
CSV = "person,posts\nli,boss\nwu,boss\n"


def run(*args: object) -> Result:
    result = CliRunner().invoke(main, ["flow", *(str(one) for one in args)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def put(folder: Path, text: str, name: str = "t.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_good_is_said_in_both_languages(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD)
    told = run("check", path)
    assert (told.exit_code, told.output) == (0, "可以发布：0 处错误，0 处提醒。\n")
    told = run("check", path, "--lang", "en")
    assert (told.exit_code, told.output) == (0, "may be published: 0 errors, 0 warnings.\n")


def test_a_warning_does_not_refuse(tmp_path: Path) -> None:
    told = run("check", put(tmp_path, WARNED))
    assert told.exit_code == 0
    assert told.output.splitlines() == [
        "提醒  posts：没有写明谁可两人同行强制处理，遇到卡住无人能解。",
        "可以发布：0 处错误，1 处提醒。",
    ]


def test_errors_refuse(tmp_path: Path) -> None:
    path = put(tmp_path, BAD)
    told = run("check", path)
    assert told.exit_code == 1
    assert "错误  “审批”[x]：去向（next）指向不存在的节点 nowhere。" in told.output
    assert told.output.splitlines()[-1].startswith("不能发布：")
    told = run("check", path, "--lang", "en")
    assert told.exit_code == 1
    assert "error  审批 [x]: next names nowhere, which is no node." in told.output
    assert told.output.splitlines()[-1].startswith("refused: ")


def test_programs_get_json(tmp_path: Path) -> None:
    told = run("check", put(tmp_path, BAD), "--json")
    assert told.exit_code == 1
    data = json.loads(told.output)
    assert data["refused"] is True
    assert data["findings"][0] == {
        "severity": "error",
        "code": "unknown_node",
        "where": "x",
        "about": {"key": "next", "node": "nowhere"},
        "witness": [],
    }
    told = run("check", put(tmp_path, GOOD), "--json")
    assert told.exit_code == 0
    assert json.loads(told.output) == {"refused": False, "findings": []}


def test_what_is_no_definition_is_refused_with_reasons(tmp_path: Path) -> None:
    told = run("check", put(tmp_path, "= 1"))
    assert told.exit_code == 1
    assert told.output.startswith("错误  不是正确的 TOML：")
    told = run("check", put(tmp_path, "#" * (LARGEST + 9)))
    assert told.exit_code == 1
    assert "文件过大" in told.output


def test_a_mark_at_the_start_of_the_file_does_no_harm(tmp_path: Path) -> None:
    assert run("check", put(tmp_path, "\ufeff" + GOOD)).exit_code == 0


@pytest.mark.parametrize("verb", ["check", "draw"])
def test_unreadable_files_give_two(tmp_path: Path, verb: str) -> None:
    told = run(verb, tmp_path / "none.toml")
    assert told.exit_code == 2
    assert "读不了" in told.output
    told = run(verb, tmp_path, "--lang", "en")
    assert told.exit_code == 2
    assert "cannot read" in told.output
    raw = tmp_path / "raw.toml"
    raw.write_bytes(b"\xff\xfe\x00")
    assert run(verb, raw).exit_code == 2


def test_people_are_asked(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD)
    assert run("check", path, "--people", put(tmp_path, CSV, "us.csv")).exit_code == 0
    told = run("check", path, "--people", put(tmp_path, "person\nli\n", "us.csv"))
    assert told.exit_code == 1
    assert "席位写的 post boss 不存在" in told.output
    told = run("check", path, "--people", put(tmp_path, "who\nli\n", "us.csv"))
    assert told.exit_code == 2
    assert "us.csv" in told.output


def test_drawing_goes_beside_the_file_or_where_it_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD)
    told = run("draw", path)
    assert (told.exit_code, told.output) == (0, f"{tmp_path / 't.svg'}\n")
    svg = (tmp_path / "t.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert run("draw", path, "-o", tmp_path / "u.svg").exit_code == 0
    assert (tmp_path / "u.svg").read_text(encoding="utf-8") == svg
    assert run("draw", path, "--output", "-").output == svg
    told = run("draw", path, "-o", tmp_path / "none" / "u.svg")
    assert told.exit_code == 2
    assert "写不了" in told.output
    told = run("draw", path, "-o", tmp_path, "--lang", "en")
    assert told.exit_code == 2
    assert "cannot write" in told.output


def test_a_drawing_never_overwrites_its_source(tmp_path: Path) -> None:
    path = put(tmp_path, GOOD, "t.svg")
    assert run("draw", path).exit_code == 0
    assert path.read_text(encoding="utf-8") == GOOD
    assert (tmp_path / "t.svg.svg").exists()


def test_what_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    told = run("draw", put(tmp_path, "= 1"))
    assert told.exit_code == 1
    assert "不是正确的 TOML" in told.output
    empty = put(tmp_path, 'format = 1\nid = "t"\n')
    told = run("draw", empty)
    assert told.exit_code == 1
    assert "看不清" in told.output
    assert "too many" in run("draw", empty, "--lang", "en").output


def test_a_wrong_definition_can_be_drawn(tmp_path: Path) -> None:
    assert run("draw", put(tmp_path, BAD)).exit_code == 0


def test_examine() -> None:
    definition, findings = examine(GOOD)
    assert definition is not None
    assert findings == ()
    assert examine("= 1")[0] is None
