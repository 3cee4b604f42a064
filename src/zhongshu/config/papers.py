"""`zhongshu papers`: read papers from the shell, without a database. 识读公文."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import click

from zhongshu.kernel.errors import Reason, Refused
from zhongshu.kernel.papers.recognise.paper import read
from zhongshu.kernel.papers.record import empty, record
from zhongshu.office.files import layouts
from zhongshu.office.files.refusal_words import sentence
from zhongshu.office.refusal import Refusal

Language = Literal["zh", "en"]
SECRET = ("secret_mark", "secret_doubt")
SHOWN = {
    "title": "标题",
    "issuer": "发文机关",
    "number": "发文字号",
    "number_normalised": "规范字号",
    "kind": "文种",
    "urgency": "紧急程度",
    "addressee": "主送",
    "copied_to": "抄送",
    "signer": "签发人",
    "date": "成文日期",
    "attachments": "附件",
    "due_dates": "时限",
    "requests": "事项",
    "contact": "联系人",
    "publicity": "公开属性",
    "printed_by": "印发机关",
    "printed_on": "印发日期",
    "purpose": "办理",
    "purpose_reason": "理由",
}
PURPOSES = {"action": "批办", "information": "阅知"}


@click.group()
def papers() -> None:
    """公文：识读。 Papers: read them."""


@papers.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="每件一行，供程序读取 one object a line")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 language")
def read_command(files: Sequence[Path], lang: Language, *, as_json: bool) -> None:
    """识读文件：标题、发文机关、字号、主送、时限等，连同把握和所在位置；不需要数据库。

    Read papers: title, issuer, number, addressees, due dates and so on, each with how sure it is
    and where it stands. Needs no database. A paper that bears a mark of a state secret is refused
    and nothing of it is shown. Exit code 1 when any file could not be read.
    """
    bad = False
    for at, path in enumerate(files, 1):
        if len(files) > 1 and _watched():
            click.echo(f"\r{at}/{len(files)}", nl=at == len(files), err=True)
        found = look(path, lang)
        bad = bad or bool(found["refused"] or found["error"])
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(told(found)))
    sys.exit(1 if bad else 0)


def look(path: Path, lang: Language = "zh") -> dict[str, Any]:
    """The record of one file; `refused` or `error` says why there is nothing else in it."""
    refused = error = None
    values = empty()
    try:
        reading = read(path.name, layouts.at(path))
        if isinstance(reading, Refused):
            refused = _said(reading.reasons, lang)
        else:
            values = record(reading)
    except Refusal as refusal:
        error = _said(refusal.refused.reasons, lang)
    except OSError as wrong:
        error = _cannot_open(wrong, lang)
    return {"file": str(path), **values, "refused": refused, "error": error}


def _watched() -> bool:
    """Whether somebody sees the progress."""
    return sys.stderr.isatty()


def _said(reasons: Sequence[Reason], lang: Language) -> str:
    """The sentences of a refusal."""
    return "; ".join(sentence(reason, lang) for reason in reasons)


def _cannot_open(wrong: OSError, lang: Language) -> str:
    """What the system says, and what to do."""
    if lang == "en":
        return f"cannot open the file ({wrong.strerror}); check its path and your rights"
    return f"打不开文件（{wrong.strerror}）。请检查路径和权限"


def told(found: dict[str, Any]) -> Iterator[str]:
    """A record as a table for people."""
    yield click.style(found["file"], bold=True)
    trouble = found["refused"] or found["error"]
    if trouble:
        yield click.style(f"  {trouble}", fg="red")
    for name, label in SHOWN.items():
        value = found[name]
        if value is None or (name == "number_normalised" and value == found["number"]):
            continue
        sure = found["confidence"].get(name)
        yield f"  {label}{'　' * (4 - len(label))}  {_shown(name, value)}" + (
            f"  [{sure:.0%}]" if sure else ""
        )


def _shown(name: str, value: Any) -> str:
    """A value as people write it."""
    if name == "due_dates":
        return "；".join(f"{one['date'] or '视收到之日'}（{one['text']}）" for one in value)
    if name == "contact":
        return "　".join(part for part in value.values() if part)
    if name == "purpose":
        return PURPOSES[value]
    return "；".join(value) if isinstance(value, list) else str(value)
