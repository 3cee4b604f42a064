"""Footer, printable page, and the `zhongshu journal` command."""

from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from zhongshu.config.cli import main
from zhongshu.kernel.journal import tree, verify
from zhongshu.kernel.journal.export import growth, receipt
from zhongshu.kernel.journal.page import footer, page
from zhongshu.kernel.journal.verify import Head, head_code

from . import oracle

ENTRIES = oracle.sample(6)
NODES = oracle.nodes(tree.seal_batch(tree.Front("sha256"), ENTRIES))
HEADS = oracle.heads_at("sha256", ENTRIES, range(1, 7))
CODES = [head_code(head) for head in HEADS]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "export").write_bytes(b"".join(oracle.exported(ENTRIES, [2, 6])))
    proof = tree.answer("sha256", tree.inclusion_plan(3, 6), NODES)
    (tmp_path / "receipt").write_bytes(receipt(ENTRIES[3], 3, HEADS[5], proof))
    proof = tree.answer("sha256", tree.consistency_plan(2, 6), NODES)
    (tmp_path / "growth").write_bytes(growth(HEADS[1], HEADS[5], proof))
    (tmp_path / "bad").write_bytes((tmp_path / "export").read_bytes().replace(b'"p2"', b'"p3"'))
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["journal", *map(str, arguments)])


def test_verify_takes_all_three(files: Path) -> None:
    for name in ("export", "receipt", "growth"):
        done = run("verify", files / name, "--anchor", f"6:{CODES[5]}")
        lines = (files / name).read_bytes().splitlines(keepends=True)
        assert done.exit_code == 0
        assert done.output == verify.tell(verify.check(lines, [(6, CODES[5])])) + "\n"


def test_receipt_check(files: Path) -> None:
    done = run("receipt-check", files / "receipt")
    assert done.exit_code == 0 and "第 3 条" in done.output
    wrong = run("receipt-check", files / "export")
    assert wrong.exit_code == 2 and "这是 export，此命令要 receipt" in wrong.output


def test_heads(files: Path) -> None:
    said = f"2:{CODES[1]}\n6:{CODES[5]}\n"
    assert run("heads", files / "export").output == said
    assert run("heads", files / "growth", "--anchor", f"2:{CODES[1]}").output == said
    wrong = run("heads", files / "receipt")
    assert wrong.exit_code == 2 and "这是 receipt，此命令要 export" in wrong.output


def test_page(files: Path) -> None:
    done = run("page", files / "export", "--office", "某局<办公室>")
    last = "2026-11-24T08:05:00.000000Z"
    assert done.output == page(HEADS[5], "某局<办公室>", date(2026, 11, 24), last)
    done = run("page", files / "export", "--day", "2026-12-01")
    assert done.output == page(HEADS[5], "", date(2026, 12, 1), last)
    assert run("page", files / "receipt").exit_code == 2


def test_bad_journals_and_bad_calls(files: Path) -> None:
    bad = run("verify", files / "bad")
    assert bad.exit_code == 1
    assert "第 2 条 / first bad entry 2" in bad.output and verify.NEXT in bad.output
    for command in ("receipt-check", "heads", "page"):
        assert run(command, files / "bad").exit_code == 1
    for command in ("verify", "receipt-check", "heads", "page"):
        slip = run(command, files / "export", "--anchor", "6:ABC")
        assert slip.exit_code == 2 and "头码写错，请对照纸面重抄 / no SIZE:CODE" in slip.output
        lie = run(command, files / "export", "--anchor", f"6:{CODES[4]}")
        assert lie.exit_code == 1 and verify.WHY["anchor"] in lie.output
    assert run("verify", files / "missing").exit_code == 2
    huge = files / "huge"
    huge.write_bytes(b"x" * verify.LONGEST * 2)
    assert run("verify", huge).exit_code == 1


def test_a_file_that_cannot_be_read(files: Path) -> None:
    done = run("verify", files)
    assert done.exit_code in (1, 2)
    assert not done.exception or isinstance(done.exception, SystemExit)


def test_a_file_that_breaks_off(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def readline(self, size: int) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(click.File, "convert", lambda *_: Broken())
    done = run("verify", files / "export")
    assert done.exit_code == 1
    assert done.output == (
        "Error: 读不了文件：Input/output error，请检查路径和权限 / cannot read the file\n"
    )


def test_the_footer_is_one_line() -> None:
    assert footer(HEADS[5]) == f"日志 6 条　头码 {CODES[5]}"


def test_the_page_says_all_and_runs_nothing() -> None:
    head = Head("sha256", "ab" * 16, "0123456789abcdef" * 4, 77)
    text = page(head, "<script>局&", date(2026, 1, 2), "<b>")
    assert "&lt;script&gt;局&amp;" in text and "<script" not in text and "&lt;b&gt;" in text
    assert " ".join(["01234567 89abcdef"] * 4) in text
    for said in ("2026-01-02", "ab" * 16, "sha256", f'"code">{head_code(head)}<', "此前 77 条"):
        assert said in text
    assert f"verify.py 77:{head_code(head)} &lt; 文件" in text
    assert text.index("日志头留存页") < text.index("Head of the journal")
