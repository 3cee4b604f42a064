"""`zhongshu papers read`: from a file to what stands on it, or to a reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.office.files import good
from zhongshu.config import papers
from zhongshu.kernel.papers.record import FIELDS

LINES = (
    "临江市水利局文件",
    "临水发〔2026〕5号",
    "关于做好防汛工作的通知",
    "各科室：",
    "请于2026年4月10日前将方案报送办公室。",
    "附件：防汛责任人名单",
    "临江市水利局",
    "2026年3月5日",
    "（联系人：王建国，电话：2345678）",
)


def run(*words: str) -> Result:
    """The command, as the shell calls it."""
    return CliRunner().invoke(papers.papers, ["read", *words])


def paper(folder: Path, name: str = "通知.docx", lines: tuple[str, ...] = LINES) -> str:
    """A file with these lines."""
    path = folder / name
    path.write_bytes(good.docx(lines) if name.endswith("docx") else good.pdf(["\n".join(lines)]))
    return str(path)


def rows(result: Result) -> list[dict[str, Any]]:
    """One object a line."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_flat_object_a_line(tmp_path: Path) -> None:
    word, portable = paper(tmp_path), paper(tmp_path, "通知.pdf")
    result = run("--json", word, portable)
    assert result.exit_code == 0, result.output
    for found, path in zip(rows(result), (word, portable), strict=True):
        assert set(found) == {"file", *FIELDS, "confidence", "places", "refused", "error"}
        assert found["file"] == path
        assert found["title"] == "关于做好防汛工作的通知"
        assert found["number"] == found["number_normalised"] == "临水发〔2026〕5号"
        assert (found["issuer"], found["date"]) == ("临江市水利局", "2026-03-05")
        assert found["addressee"] == ["各科室"]
        assert found["attachments"] == ["防汛责任人名单"]
        assert found["due_dates"] == [{"date": "2026-04-10", "text": LINES[4]}]
        assert found["contact"] == {"name": "王建国", "phone": "2345678", "mail": None}
        assert found["purpose"] == "action"
        assert found["urgency"] is found["signer"] is found["refused"] is found["error"] is None


def test_people_get_a_table(tmp_path: Path) -> None:
    result = run(paper(tmp_path))
    assert result.exit_code == 0, result.output
    for words in ("标题", "关于做好防汛工作的通知", "批办", "2026-04-10", "王建国", "%"):
        assert words in result.output
    assert "规范字号" not in result.output  # it is the number itself


def test_a_term_without_a_day_is_told(tmp_path: Path) -> None:
    lines = (*LINES[:4], "请在收到通知之日起5个工作日内反馈。", *LINES[6:])
    assert "视收到之日" in run(paper(tmp_path, lines=lines)).output


def test_a_state_secret_is_refused_and_nothing_of_it_is_shown(tmp_path: Path) -> None:
    secret = paper(tmp_path, "a.docx", ("机密★10年", *LINES))
    for words in (("--json", secret), (secret,), ("--lang", "en", secret)):
        result = run(*words)
        assert result.exit_code == 1
        assert not any(line in result.output for line in LINES)
    found = rows(run("--json", secret))[0]
    assert "国家秘密" in found["refused"]
    assert all(found[field] is None for field in FIELDS)
    assert found["confidence"] == found["places"] == {}


def test_what_cannot_be_read_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    missing = tmp_path / "无.pdf"
    result = run("--json", str(broken), str(missing), paper(tmp_path))
    assert result.exit_code == 1
    found = rows(result)
    assert "损坏" in found[0]["error"]
    assert "打不开文件" in found[1]["error"]
    assert found[2]["error"] is None
    assert found[2]["title"] == LINES[2]
    assert "cannot open" in run("--lang", "en", str(missing)).output


def test_it_needs_neither_a_database_nor_a_data_folder(tmp_path: Path) -> None:
    environment = {key: word for key, word in os.environ.items() if not key.startswith("DJANGO")}
    environment["ZHONGSHU_HOME"] = str(tmp_path / "nothing here")
    done = subprocess.run(
        [sys.executable, "-m", "zhongshu.config", "papers", "read", "--json", paper(tmp_path)],
        capture_output=True,
        check=False,
        env=environment | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["title"] == LINES[2]
    assert not (tmp_path / "nothing here").exists()


def test_many_files_show_where_one_is(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(papers, "_watched", lambda: True)
    result = run("--json", paper(tmp_path), paper(tmp_path, "b.docx"))
    assert "1/2" in result.stderr
    assert "2/2" in result.stderr
    assert len(rows(result)) == 2
